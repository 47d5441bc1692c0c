/** The worker that has canvases of a page: one for all of them. */
import type { Told } from './given';
import { MAKERS, type Kind, type Painter } from './makers';

const painters = new Map<number, Painter<Kind>>();

onmessage = ({ data }: MessageEvent<Told>) => {
  switch (data.type) {
    case 'canvas':
      painters.set(data.id, MAKERS[data.kind](data.canvas) as Painter<Kind>);
      break;
    case 'order':
      painters.get(data.id)?.take(data.order as never);
      break;
    case 'end':
      painters.get(data.id)?.end();
      painters.delete(data.id);
  }
};
