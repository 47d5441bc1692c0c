/** What watches a page from inside: every frame, when its script ran, when it was painted, and what it showed. Changes nothing. */
import type { Page } from 'playwright-core';

/** One frame of the page's main thread. Times are in ms since the navigation began. */
export interface Frame {
  /** When the browser asked for it: `requestAnimationFrame`'s timestamp. */
  asked: number;
  /** When the main thread had painted it: a message posted in the frame's first callback, which arrives after painting. */
  painted: number;
  /** Whether anything drew on a canvas since the frame before. */
  drawn: boolean;
  /** What the explorer says it shows, and with which picture. */
  focus: string;
  picture: string;
  /** Whether the card with the formula and the products of the step, in numbers, is there and at least half opaque. */
  formula: boolean;
}

/** What a page has seen. */
export interface Sight {
  frames: Frame[];
  /** When each click began: the time of the input event, not of its handling. */
  clicks: number[];
  /** When the last byte of each overview had arrived. */
  answers: number[];
}

/** The parts of a formula's card that have to be there: what is typeset, and its numbers. */
const FORMULA = ['article.panel math', 'article.panel .products'];

/** Lets a page be watched from its first script on. */
export async function install(page: Page): Promise<void> {
  await page.addInitScript(watch, FORMULA);
}

/** What it has seen so far. */
export function sightOf(page: Page): Promise<Sight> {
  return page.evaluate(() => (globalThis as unknown as { sight: Sight }).sight);
}

/** Lets a page begin anew with what it saw. */
export function forget(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { sight } = globalThis as unknown as { sight: Sight };
    Object.assign(sight, { frames: [], clicks: [], answers: [] });
  });
}

/** Runs in the page. */
function watch(formula: readonly string[]): void {
  const sight: Sight = { frames: [], clicks: [], answers: [] };
  Object.assign(globalThis, { sight });
  let drawn = false;
  for (const name of ['clearRect', 'drawImage', 'stroke'] as const) {
    const original = CanvasRenderingContext2D.prototype[name] as (...given: unknown[]) => void;
    Object.assign(CanvasRenderingContext2D.prototype, {
      [name](this: CanvasRenderingContext2D, ...given: unknown[]) {
        drawn = true;
        original.apply(this, given);
      },
    });
  }
  addEventListener('click', (event) => sight.clicks.push(event.timeStamp), true);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as PerformanceResourceTiming[])
      if (entry.name.includes('/api/overviews/')) sight.answers.push(entry.responseEnd);
  }).observe({ type: 'resource' });

  /** Opacity of an element with everything around it. */
  const opacity = (element: Element | null): number =>
    element ? Number(getComputedStyle(element).opacity) * opacity(element.parentElement) : 1;

  const frame = (asked: number) => {
    const { focus = '', picture = '' } =
      document.querySelector<HTMLElement>('[data-focus]')?.dataset ?? ({} as DOMStringMap);
    const shown = formula.map((part) => document.querySelector(part));
    const seen: Frame = {
      asked,
      painted: 0,
      drawn,
      focus,
      picture,
      formula: shown.every((part) => part !== null && opacity(part) >= 0.5),
    };
    drawn = false;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      seen.painted = performance.now();
      performance.mark(`painted ${seen.painted}`);
      sight.frames.push(seen);
      port1.close();
    };
    port2.postMessage(null);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
