/** What a camera writes beside a photo: how it was held, and where. */

const ORIENTATION = 0x0112;
const GPS = 0x8825;
const LATITUDE_REF = 0x0001;
const [ASCII, SHORT, LONG] = [2, 3, 4];

/** A JPEG file that says that the camera was held upright (turn it by 90° clockwise) somewhere on the northern half of the earth. */
export function withExif(jpeg: Buffer): Buffer {
  // One directory after the header of 8 bytes, with 2 entries of 12 bytes between their number and the place of the next.
  const gpsAt = 8 + 2 + 2 * 12 + 4;
  const tiff = Buffer.concat([
    Buffer.from('II*\0\u0008\0\0\0', 'latin1'),
    directory([
      [ORIENTATION, SHORT, 1, 6],
      [GPS, LONG, 1, gpsAt],
    ]),
    directory([[LATITUDE_REF, ASCII, 2, 'N'.charCodeAt(0)]]),
  ]);
  const content = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)]);
}

/** Entries of tag, type, count and value. */
function directory(entries: readonly (readonly [number, number, number, number])[]): Buffer {
  const bytes = Buffer.alloc(2 + entries.length * 12 + 4);
  bytes.writeUInt16LE(entries.length);
  for (const [i, [tag, type, count, value]] of entries.entries()) {
    bytes.writeUInt16LE(tag, 2 + i * 12);
    bytes.writeUInt16LE(type, 4 + i * 12);
    bytes.writeUInt32LE(count, 6 + i * 12);
    bytes.writeUInt32LE(value, 10 + i * 12);
  }
  return bytes;
}
