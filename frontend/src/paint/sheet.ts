/**
 * A sheet: all maps of one layer below each other, as an image that style sheets can show. Made of the same pixels as an atlas; for what the
 * compositor moves, where a canvas for each map would keep the page waiting.
 */
import type { LayerMaps } from '../data/overview';
import { colourise, type Scale } from './scale';

/** Maps of one layer in one column. */
export interface Sheet {
  /** Address of the image; given back with `URL.revokeObjectURL`. */
  url: string;
  /** Size of one map in pixels. */
  width: number;
  height: number;
}

/** Most pixels of a sheet from top to bottom that every browser decodes. */
const HEIGHT_MOST_PX = 16_384;
/** Length of a bitmap's headers: of the file, of the image, and three masks. */
const HEADER_BYTES = 14 + 40 + 12;

/** The sheet of a layer's maps; those that have no room on it are left out. */
export function sheetOf(
  maps: Pick<LayerMaps, 'values'>,
  scale: Scale,
  size: { width: number; height: number },
): Sheet {
  const each = size.width * size.height;
  const count = Math.min(maps.values.length / each, Math.floor(HEIGHT_MOST_PX / size.height));
  const pixels = new Uint32Array(count * each);
  colourise(scale, maps.values.subarray(0, pixels.length), pixels);
  const image = new Blob([header(size.width, count * size.height), pixels], { type: 'image/bmp' });
  return { url: URL.createObjectURL(image), ...size };
}

/** The headers of an uncompressed bitmap of RGBA pixels, from the first row down (Microsoft, *Bitmap Storage*: `BITMAPINFOHEADER`). */
function header(width: number, height: number): ArrayBuffer {
  const bytes = new DataView(new ArrayBuffer(HEADER_BYTES));
  const set = (at: number, value: number) => bytes.setUint32(at, value, true);
  bytes.setUint16(0, 0x424d);
  set(2, HEADER_BYTES + width * height * 4);
  set(10, HEADER_BYTES);
  set(14, 40);
  set(18, width);
  // Negative: the first row is the uppermost.
  bytes.setInt32(22, -height, true);
  bytes.setUint16(26, 1, true);
  bytes.setUint16(28, 32, true);
  // Colours as the three masks say.
  set(30, 3);
  for (const [i, mask] of [0xff, 0xff00, 0xff0000].entries()) set(54 + 4 * i, mask);
  return bytes.buffer;
}
