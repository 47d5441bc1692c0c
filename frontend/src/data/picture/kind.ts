/** What kind of file a picture is, told from its first bytes: names and types are what somebody called it. Does not decode. */

/** How many of the first bytes are looked at. */
export const LOOK_BYTES = 64;

/** Brands of HEIF files whose pictures are HEVC (ISO/IEC 23008-12, annex B), as phones take them. */
const HEVC = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx']);

/** Whether a file that begins with `start` is HEIC, which most browsers cannot read. */
export function isHeic(start: Uint8Array): boolean {
  const word = (at: number) => String.fromCharCode(...start.subarray(at, at + 4));
  if (word(4) !== 'ftyp' || start.length < 12) return false;
  // The box `ftyp`: its length, its name, the major brand, a version, and any number of compatible brands.
  const [a = 0, b = 0, c = 0, d = 0] = start;
  const end = Math.min(((a << 24) | (b << 16) | (c << 8) | d) >>> 0, start.length);
  if (HEVC.has(word(8))) return true;
  for (let at = 16; at + 4 <= end; at += 4) if (HEVC.has(word(at))) return true;
  return false;
}
