/** The worker that has the canvas of what travels: a message with the canvas first, then orders. */
import { Travel, type Order } from '../../paint/travel';

let travel: Travel | null = null;

onmessage = ({ data }: MessageEvent<OffscreenCanvas | Order>) => {
  if (data instanceof OffscreenCanvas) travel = new Travel(data);
  else travel?.take(data);
};
