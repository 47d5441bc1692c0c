/**
 * A canvas that is given away: to the worker of the page, where browsers can do that, so that painting takes no time of the page's; else the
 * page paints it.
 */
import { whenIdle } from '../../ui/idle';
import { part } from '../../ui/part';
import type { Kind, Painted } from './makers';

/** What the worker is told of a canvas, by its number. */
export type Told = { id: number } & (
  | { type: 'canvas'; kind: Kind; canvas: OffscreenCanvas }
  | { type: 'order'; order: Painted[Kind] }
  | { type: 'end' }
);

/** The worker of this page, once something needs it, and how many canvases it was given. */
let worker: Promise<Worker> | null = null;
let canvases = 0;

/** How long a page is left to itself before the worker is loaded, in ms: first comes what is seen without it. */
const SETTLE_MS = 300;

function ofPage(): Promise<Worker> {
  return (worker ??= new Promise((resolve) => {
    whenIdle(() => {
      resolve(new Worker(new URL('./painters.worker.ts', import.meta.url), { type: 'module' }));
    }, SETTLE_MS);
  }));
}

/** Whether canvases can be given away here, as far as is known. */
let isAble =
  typeof OffscreenCanvas !== 'undefined' && 'transferControlToOffscreen' in HTMLCanvasElement.prototype;

/** A canvas that is painted somewhere. */
export class Given<K extends Kind> {
  readonly send: (order: Painted[K], transferred?: Transferable[]) => void;
  /** Nothing is painted any more. */
  readonly end: () => void;

  /** `failed`: told if nothing will be painted; the next canvas is painted by the page. */
  constructor(canvas: HTMLCanvasElement, kind: K, failed: () => void) {
    if (!isAble) {
      const painter = part(() => import('./makers')).then(({ MAKERS }) => MAKERS[kind](canvas));
      this.send = (order) => {
        void painter.then((here) => here.take(order));
      };
      this.end = () => {
        void painter.then((here) => here.end());
      };
      return;
    }
    const fail = () => {
      isAble = false;
      failed();
    };
    const id = (canvases += 1);
    const to = ofPage().then((worker) => {
      worker.addEventListener('error', fail);
      const given = canvas.transferControlToOffscreen();
      worker.postMessage({ id, type: 'canvas', kind, canvas: given } satisfies Told, [given]);
      return worker;
    });
    this.send = (order, transferred = []) => {
      void to.then((worker) => {
        worker.postMessage({ id, type: 'order', order } satisfies Told, transferred);
      });
    };
    this.end = () => {
      void to.then((worker) => {
        worker.removeEventListener('error', fail);
        worker.postMessage({ id, type: 'end' } satisfies Told);
      });
    };
  }
}
