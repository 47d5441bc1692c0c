import fc from 'fast-check';
import { expect, test } from 'vitest';

import { SIDE, sizesThrough } from './small';

test.each([
  ['a photo', 4032, 3024, ['2048×1536', '1024×768', '512×384']],
  ['upright', 1080, 1920, ['576×1024', '288×512']],
  ['just too large', 513, 300, ['512×299']],
  ['as large as may be', 512, 512, ['512×512']],
  ['small', 64, 48, ['64×48']],
  ['a line', 4000, 1, ['2048×1', '1024×1', '512×1']],
])('%s, %d×%d', (_, width, height, expected) => {
  expect(sizesThrough({ width, height }).map((size) => `${size.width}×${size.height}`)).toEqual(expected);
});

test('what is sent is at most 512 px long, never larger than it was, and of the same shape', () => {
  const side = fc.integer({ min: 1, max: 20_000 });
  fc.assert(
    fc.property(side, side, (width, height) => {
      const sizes = sizesThrough({ width, height });
      const last = sizes.at(-1) ?? { width: 0, height: 0 };
      expect(Math.max(last.width, last.height)).toBe(Math.min(SIDE, Math.max(width, height)));
      const exact = (last.width / width) * height;
      expect(Math.abs(last.height - exact)).toBeLessThanOrEqual(Math.max(1, exact / last.width));
      for (const [i, size] of sizes.entries()) {
        expect(Math.min(size.width, size.height)).toBeGreaterThanOrEqual(1);
        expect(size.width).toBeLessThanOrEqual(sizes[i - 1]?.width ?? width);
      }
    }),
  );
});
