import { expect, test } from 'vitest';

import { isHeic } from './kind';

/** The beginning of a file: a box `ftyp` with these brands, the major one first, and the next box. */
function boxed(major: string, ...compatible: string[]): Uint8Array {
  const brands = compatible.join('');
  const length = String.fromCharCode(0, 0, 0, 16 + brands.length);
  return bytes(`${length}ftyp${major}\0\0\0\0${brands}\0\0\0\u0010metaheic`);
}

function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

test.each([
  ['a photo of a phone', boxed('heic', 'mif1', 'heic'), true],
  ['a burst', boxed('hevc', 'msf1'), true],
  ['one whose kind stands among the compatible brands', boxed('mif1', 'miaf', 'heix'), true],
  ['the same with another coding', boxed('mif1', 'avif', 'miaf'), false],
  ['AVIF', boxed('avif', 'mif1', 'miaf'), false],
  ['a film', boxed('mp42', 'isom'), false],
  ['a JPEG', bytes('\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0heic'), false],
  ['text', bytes('the word ftypheic stands here'), false],
  ['a cut file', bytes('\0\0\0\u0018ftyp'), false],
  ['nothing', bytes(''), false],
])('%s', (_, start, expected) => {
  expect(isHeic(start)).toBe(expected);
});
