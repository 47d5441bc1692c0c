/** A picture that no gallery has, drawn by the browser. */
import type { Page } from 'playwright-core';

/** What a drawing is made of; sizes in px. */
export interface Drawing {
  width?: number;
  height?: number;
  type?: 'image/png' | 'image/jpeg' | 'image/webp';
  /** Any CSS colour. */
  colour?: string;
}

/** The bytes of its file. */
export async function drawing(page: Page, given: Drawing = {}): Promise<Buffer> {
  const bytes = await page.evaluate(
    async ({ width = 90, height = 60, type = 'image/png', colour = 'teal' }) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('there is no canvas');
      context.fillStyle = colour;
      context.fillRect(0, 0, width, height);
      context.fillStyle = 'gold';
      context.fillRect(width / 5, height / 6, width / 3, height / 2);
      const blob = await canvas.convertToBlob({ type });
      return [...new Uint8Array(await blob.arrayBuffer())];
    },
    given,
  );
  return Buffer.from(bytes);
}
