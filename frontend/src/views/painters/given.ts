/**
 * A canvas that is given away: to the worker of the page, where browsers can do that, so that painting takes no time of the page's; else the
 * page paints it.
 */
import { MAKERS, type Kind, type Painted } from './makers';

/** What the worker is told of a canvas, by its number. */
export type Told = { id: number } & (
  | { type: 'canvas'; kind: Kind; canvas: OffscreenCanvas }
  | { type: 'order'; order: Painted[Kind] }
  | { type: 'end' }
);

/** The worker of this page, once something needs it, and how many canvases it was given. */
let worker: Worker | null = null;
let canvases = 0;

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
      const painter = MAKERS[kind](canvas);
      this.send = (order) => {
        painter.take(order);
      };
      this.end = () => {
        painter.end();
      };
      return;
    }
    const to = (worker ??= new Worker(new URL('./painters.worker.ts', import.meta.url), { type: 'module' }));
    const fail = () => {
      isAble = false;
      failed();
    };
    to.addEventListener('error', fail);
    const id = (canvases += 1);
    const tell = (told: Told, transferred: Transferable[]) => {
      to.postMessage(told, transferred);
    };
    const offscreen = canvas.transferControlToOffscreen();
    tell({ id, type: 'canvas', kind, canvas: offscreen }, [offscreen]);
    this.send = (order, transferred = []) => {
      tell({ id, type: 'order', order }, transferred);
    };
    this.end = () => {
      to.removeEventListener('error', fail);
      tell({ id, type: 'end' }, []);
    };
  }
}
