/**
 * How a view looks, compared with a small reference picture that is committed: its layout, not its letters.
 *
 * A screenshot is made grey, scaled down to a third, and seen through cells of 24 × 24 px of the screen. Another machine has other fonts,
 * which make text lighter, darker, longer or shorter: that changes the mean of a cell a little. A tile, map, legend, control or panel that
 * moves or goes changes the mean of some cells a lot. `look.test.ts` proves both on the machine at hand, with fonts as different as serif
 * and with parts taken away.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';

import type { Page } from 'playwright-core';

const FOLDER = new URL('look/', import.meta.url);

/** How much smaller a reference is than the screen. */
const SCALE = 3;
/** Side of a cell, in px of the reference. */
const CELL = 8;
/** Shades of grey that a reference has: few make a small file. */
const SHADES = 16;
/** By how much the mean of a cell (0 to 255) may differ. */
const CELL_TOLERANCE = 20;
/** How many cells may differ by more. Serif letters change 11, most in the bar above; a missing row of labels 25, one of pictures 85. */
const CELLS_TOLERATED = 16;

/** The mean shade of every cell, 0 to 255, row by row. */
interface Cells {
  columns: number;
  means: number[];
}

/** Compares a page with its reference; says what differs, or nothing. `UPDATE_LOOK=1` makes the reference anew. */
export async function difference(page: Page, name: string): Promise<string | null> {
  const shot = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  const file = new URL(`${name}.png`, FOLDER);
  if (process.env['UPDATE_LOOK']) {
    await mkdir(FOLDER, { recursive: true });
    await writeFile(file, Buffer.from((await shrunk(page, shot, SCALE)).png, 'base64'));
    return null;
  }
  if (!existsSync(file)) return `${name}.png is missing: look at the view, then make it with UPDATE_LOOK=1`;
  return compared(await shrunk(page, shot, SCALE), await shrunk(page, await readFile(file), 1));
}

function compared(now: Cells, then: Cells): string | null {
  if (now.columns !== then.columns || now.means.length !== then.means.length)
    return `${now.columns} cells in a row instead of ${then.columns}, ${now.means.length} instead of ${then.means.length}`;
  const differing = now.means
    .map((mean, i) => ({
      x: (i % now.columns) * CELL * SCALE,
      y: Math.floor(i / now.columns) * CELL * SCALE,
      by: Math.round(Math.abs(mean - (then.means[i] ?? 0))),
    }))
    .filter(({ by }) => by > CELL_TOLERANCE);
  if (differing.length <= CELLS_TOLERATED) return null;
  const most = differing.sort((a, b) => b.by - a.by).slice(0, 8);
  return `${differing.length} cells differ, most at ${most.map(({ x, y, by }) => `(${x}, ${y}) by ${by}`).join(', ')}`;
}

/** Makes a picture grey and `scale` times smaller, in the browser; `png` is that as a file of few shades, in base64. */
function shrunk(page: Page, file: Buffer, scale: number): Promise<Cells & { png: string }> {
  return page.evaluate(
    async ({ base64, scale, side, shades }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const [width, height] = [Math.round(picture.width / scale), Math.round(picture.height / scale)];
      const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      if (!context) throw new Error('there is no canvas');
      context.imageSmoothingQuality = 'high';
      context.drawImage(picture, 0, 0, width, height);
      const image = context.getImageData(0, 0, width, height);
      const [columns, rows] = [Math.ceil(width / side), Math.ceil(height / side)];
      const sums = Array.from({ length: columns * rows }, () => ({ sum: 0, count: 0 }));
      for (let i = 0; i < width * height; i += 1) {
        const [red = 0, green = 0, blue = 0] = image.data.subarray(i * 4, i * 4 + 3);
        const shade = Math.round(((0.3 * red + 0.59 * green + 0.11 * blue) / 255) * (shades - 1));
        const grey = (shade * 255) / (shades - 1);
        image.data.set([grey, grey, grey], i * 4);
        const cell = sums[Math.floor(i / width / side) * columns + Math.floor((i % width) / side)];
        if (!cell) continue;
        cell.sum += grey;
        cell.count += 1;
      }
      context.putImageData(image, 0, 0);
      const png = new Uint8Array(await (await context.canvas.convertToBlob()).arrayBuffer());
      return {
        columns,
        means: sums.map(({ sum, count }) => sum / count),
        png: btoa(png.reduce((text, byte) => text + String.fromCharCode(byte), '')),
      };
    },
    { base64: file.toString('base64'), scale, side: CELL, shades: SHADES },
  );
}
