import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { isWhole } from './whole';

const png = readFileSync(new URL('../../../../models/tiny-vgg/gallery/koala-1.png', import.meta.url));
/** Only its frame: a thumbnail with an end of its own, a table, a scan of two bytes, the end. */
const jpeg = [
  [0xff, 0xd8],
  [0xff, 0xe1, 0, 6, 0xff, 0xd8, 0xff, 0xd9],
  [0xff, 0xff, 0xdb, 0, 3, 7],
  [0xff, 0xda, 0, 2, 1, 0xff, 0, 2],
  [0xff, 0xd9],
].flat();
const webp = [...Buffer.from('RIFF'), 8, 0, 0, 0, ...Buffer.from('WEBPVP8 ')].slice(0, 16);

test.each<[string, Iterable<number>]>([
  ['PNG', png],
  ['JPEG', jpeg],
  ['WebP', webp],
])('a %s is whole to its last byte and beyond, and cut off anywhere before', (_, content) => {
  const file = Uint8Array.from(content);
  expect(isWhole(file)).toBe(true);
  expect(isWhole(Uint8Array.of(...file, 0, 0))).toBe(true);
  const cuts = [8, 12, 14, 200, file.length >> 1, file.length - 1].filter((cut) => cut < file.length);
  for (const cut of cuts) expect(isWhole(file.subarray(0, cut)), `after ${cut} bytes`).toBe(false);
});

test('of what has no such end nothing is known', () => {
  expect(isWhole(Uint8Array.from(Buffer.from('GIF89a')))).toBe(true);
  expect(isWhole(new Uint8Array())).toBe(true);
});
