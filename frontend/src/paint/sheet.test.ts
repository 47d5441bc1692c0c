import { resolveObjectURL } from 'node:buffer';

import { expect, test } from 'vitest';

import { colourise, diverging } from './scale';
import { sheetOf } from './sheet';
import { paletteOf } from './testing';

test('a sheet has the pixels of all maps, one below the other', async () => {
  const values = Float32Array.from({ length: 2 * 3 * 4 }, (_, i) => i - 11);
  const scale = diverging(paletteOf('light').activation, 12);
  const sheet = sheetOf({ values }, scale, { width: 4, height: 3 });
  const bytes = new DataView((await resolveObjectURL(sheet.url)?.arrayBuffer()) ?? new ArrayBuffer(0));
  expect([bytes.getInt32(18, true), bytes.getInt32(22, true)]).toEqual([4, -6]);
  expect(bytes.getUint32(2, true)).toBe(bytes.byteLength);
  const expected = new Uint32Array(values.length);
  colourise(scale, values, expected);
  const from = bytes.getUint32(10, true);
  expect(Array.from(values, (_, i) => bytes.getUint32(from + 4 * i, true))).toEqual([...expected]);
});
