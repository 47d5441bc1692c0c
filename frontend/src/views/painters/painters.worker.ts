/** The worker that has the canvases of what travels: one of a page, for all of its pictures. */
import { Travel } from '../../paint/travel';
import type { Told } from './painter';

const travels = new Map<number, Travel>();

onmessage = ({ data: { id, what } }: MessageEvent<Told>) => {
  if (what === null) travels.delete(id);
  else if (what instanceof OffscreenCanvas) travels.set(id, new Travel(what));
  else travels.get(id)?.take(what);
};
