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
      if (!copy) throw new Error('there is no canvas');
      copy.drawImage(canvas, ...at, ...size, 0, 0, ...size);
      return copy.getImageData(0, 0, ...size).data;
    }, rect);
  return Array.from({ length: bytes.length / 4 }, (_, i) => {
    const [red = 0, green = 0, blue = 0, opacity = 0] = bytes.subarray(i * 4, i * 4 + 4);
    return [red, green, blue, opacity];
  });
}

/** Whether a pixel is neither white, grey nor black. */
export function isColoured([red, green, blue, opacity]: Pixel): boolean {
  return opacity > 0 && Math.max(red, green, blue) - Math.min(red, green, blue) > 24;
}

/** Frames in which nothing changes on a screen that is at rest: a sixth of a second. */
const STILL_FRAMES = 10;

/** Waits until the newest picture of a network is there, and its screen at rest. */
export async function settled(person: Person): Promise<void> {
  await person.page.locator('[data-focus][aria-busy="false"]').waitFor();
  await atRest(person);
}

/** Waits until all pictures in sight are there and, for some frames, nothing has come or gone or been on its way, and the canvas, where there is one, has been the same. */
export async function atRest({ page }: Person): Promise<void> {
  await page.evaluate(async (frames) => {
    const [width, height] = [96, 96];
    const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (!copy) throw new Error('there is no canvas');
    /** What the canvas shows, or nothing while something is on its way. */
    const look = () => {
      const isMoving = document
        .getAnimations()
        .some(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
      const isComing = [...document.images].some((image) => {
        const { top, bottom, left, right } = image.getBoundingClientRect();
        const isInSight = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
        return image.src === '' || (isInSight && !image.complete);
      });
      if (isMoving || isComing || document.querySelector('[aria-busy="true"]')) return null;
      copy.clearRect(0, 0, width, height);
      const canvas = document.querySelector('canvas');
      // A diagram has none.
      if (!canvas) return new Uint32Array();
      if (canvas.width === 0) return null;
      copy.drawImage(canvas, 0, 0, width, height);
      return new Uint32Array(copy.getImageData(0, 0, width, height).data.buffer);
    };
    let isChanged = false;
    const changes = new MutationObserver(() => (isChanged = true));
    changes.observe(document.body, { childList: true, subtree: true, characterData: true });
    let before: Uint32Array | null = null;
    for (let still = 0; still < frames;) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = look();
      const isSame =
        now !== null && now.length === before?.length && now.every((pixel, i) => pixel === before?.[i]);
      still = isSame && !isChanged ? still + 1 : 0;
      [before, isChanged] = [now, false];
    }
    changes.disconnect();
  }, STILL_FRAMES);
}
