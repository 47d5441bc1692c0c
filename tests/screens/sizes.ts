/** The sizes of screens that everything must be at home on, in CSS px. */
import type { BrowserContextOptions } from 'playwright-core';

/** A kind of screen. */
export interface Size {
  name: string;
  /** Whether fingers touch it. */
  touch: boolean;
  device: BrowserContextOptions;
}

function size(width: number, height: number, touch: boolean): Size {
  const viewport = { width, height };
  return {
    name: `${width}×${height}`,
    touch,
    device: { viewport, hasTouch: touch, isMobile: touch, deviceScaleFactor: 1 },
  };
}

/** The smallest phone, a usual one, the same on its side, a tablet, a projector, a laptop, a wall of 4K. */
export const SIZES: readonly Size[] = [
  size(360, 640, true),
  size(390, 844, true),
  size(844, 390, true),
  size(768, 1024, true),
  size(1024, 768, false),
  size(1440, 900, false),
  size(3840, 2160, false),
];
