/**
 * Whether a picture's file goes on to its end. Browsers paint what came of a file that was cut off and say nothing; the server says that it
 * is damaged, so it is the one to be asked then. Looks at lengths and markers only; does not decode.
 */

/** Whether a file is not cut off, as far as its format says so: PNG, JPEG and WebP do. */
export function isWhole(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (startsWith(bytes, 0, PNG)) return endsAsPng(view);
  if (startsWith(bytes, 0, [0xff, 0xd8])) return endsAsJpeg(bytes, view);
  // The length in a RIFF file counts from behind itself.
  if (startsWith(bytes, 0, RIFF) && bytes.length >= 8) return view.getUint32(4, true) + 8 <= bytes.length;
  return true;
}

const PNG = [0x89, 0x50, 0x4e, 0x47];
const RIFF = [0x52, 0x49, 0x46, 0x46];
/** Name of the last chunk of a PNG: `IEND`. */
const IEND = 0x49454e44;

function startsWith(bytes: Uint8Array, at: number, expected: readonly number[]): boolean {
  return expected.every((byte, i) => bytes[at + i] === byte);
}

/** Chunks of length, name, content and check sum, up to the last one. */
function endsAsPng(view: DataView): boolean {
  for (let at = 8; at + 12 <= view.byteLength; at += 12 + view.getUint32(at))
    if (view.getUint32(at + 4) === IEND) return true;
  return false;
}

/** Segments up to the scan; in what follows, the marker of the end stands for nothing else. */
function endsAsJpeg(bytes: Uint8Array, view: DataView): boolean {
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda)
    // Bytes that fill up may stand before a marker.
    at += bytes[at + 1] === 0xff ? 1 : 2 + view.getUint16(at + 2);
  for (let end = bytes.indexOf(0xff, at + 2); end >= 0; end = bytes.indexOf(0xff, end + 1))
    if (bytes[end + 1] === 0xd9) return true;
  return false;
}
