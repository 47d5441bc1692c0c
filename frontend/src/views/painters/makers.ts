/** Who paints a canvas of which kind, and what each is told. On the page or in its worker. */
import { FlowsCanvas, type Flows } from '../../paint/flows';
import type { Steps } from '../../paint/step';
import { StepsCanvas } from '../../paint/steps';
import { Travel, type Order } from '../../paint/travel';

/** What each kind is told. */
export interface Painted {
  travel: Order;
  steps: Steps;
  flows: Flows;
}
export type Kind = keyof Painted;

/** Who paints. */
export interface Painter<K extends Kind> {
  take: (order: Painted[K]) => void;
  /** Nothing is to be painted any more. */
  end: () => void;
}

type Canvas = HTMLCanvasElement | OffscreenCanvas;

/** Makes the painter of a canvas. */
export const MAKERS: { readonly [K in Kind]: (canvas: Canvas) => Painter<K> } = {
  travel: (canvas) => new Travel(canvas),
  steps: (canvas) => new StepsCanvas(canvas),
  flows: (canvas) => new FlowsCanvas(canvas),
};
