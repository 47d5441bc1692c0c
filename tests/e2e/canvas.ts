/** What is painted on the canvas below the picture of a network. */
import type { Person } from './person';

/** A rectangle of the page, in CSS px. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A pixel: red, green, blue and opacity, 0 to 255. */
export type Pixel = readonly [number, number, number, number];

/** The pixels of the canvas below a rectangle, row by row. */
export async function pixels({ page }: Person, rect: Rect): Promise<Pixel[]> {
  const bytes = await page
    .getByRole('region', { name: 'Network explorer' })
    .locator('canvas')
    .first()
    .evaluate((canvas, { x, y, width, height }) => {
      if (!(canvas instanceof HTMLCanvasElement)) throw new Error('this is no canvas');
      const box = canvas.getBoundingClientRect();
      const [across, down] = [canvas.width / box.width, canvas.height / box.height];
      const size = [Math.max(Math.round(width * across), 1), Math.max(Math.round(height * down), 1)] as const;
      const at = [Math.round((x - box.x) * across), Math.round((y - box.y) * down)] as const;
      // A copy is read: reading the canvas itself would change how the browser keeps it.
      const copy = new OffscreenCanvas(...size).getContext('2d', { willReadFrequently: true });
      copy?.drawImage(canvas, ...at, ...size, 0, 0, ...size);
      return [...(copy?.getImageData(0, 0, ...size).data ?? [])];
    }, rect);
  return Array.from({ length: bytes.length / 4 }, (_, i) => {
    const [red = 0, green = 0, blue = 0, opacity = 0] = bytes.slice(i * 4, i * 4 + 4);
    return [red, green, blue, opacity];
  });
}

/** Whether a pixel is neither white, grey nor black. */
export function isColoured([red, green, blue, opacity]: Pixel): boolean {
  return opacity > 0 && Math.max(red, green, blue) - Math.min(red, green, blue) > 24;
}

/** Waits until the newest picture is there, and for ten frames the canvas has been the same and nothing has been on its way. */
export async function settled({ page }: Person): Promise<void> {
  await page.locator('[data-focus][aria-busy="false"]').waitFor();
  await page.evaluate(async () => {
    const [width, height] = [96, 96];
    const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    const look = () => {
      const canvas = document.querySelector('canvas');
      if (document.getAnimations().some(({ effect }) => effect?.getComputedTiming().endTime !== Infinity))
        return '';
      // A diagram has none.
      if (!canvas) return 'no canvas';
      if (canvas.width === 0 || !copy) return '';
      copy.clearRect(0, 0, width, height);
      copy.drawImage(canvas, 0, 0, width, height);
      return copy.getImageData(0, 0, width, height).data.join();
    };
    for (let [before, still] = ['', 0]; still < 10;) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = look();
      still = now === before && now !== '' ? still + 1 : 0;
      before = now;
    }
  });
}
