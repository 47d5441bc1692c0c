/**
 * The address of a view: what is shown, as the query of a URL, so that it can be shared, bookmarked and gone back to. Not who looks at
 * it, and nothing that moves: a kernel under way is written as the step it stood at.
 */
import type { Focus, Stage } from '../protocol/classroom';
import { stepAt } from './playback';

/** Everything of a stage that an address can say. A part that is absent is for the reader to choose. */
export type View = Partial<Pick<Stage, 'network' | 'picture'>> &
  Pick<Stage, 'focus' | 'scale' | 'detail'> & { step: number };

/** The view that a stage shows at `now` (ms of the class clock). */
export function viewOf(stage: Stage, now: number): View {
  const { network, picture, focus, scale, detail } = stage;
  return {
    network,
    picture,
    focus,
    scale,
    detail,
    step: stepAt(stage.playback, now, Number.MAX_SAFE_INTEGER),
  };
}

/** `stage` with a view put onto it. */
export function showView(stage: Stage, view: View): Stage {
  const { step, ...shown } = view;
  return { ...stage, ...shown, playback: { kind: 'paused', step } };
}

/** The query of a view, without the question mark. What is as on an empty address is left out. */
export function encodeView(view: View): string {
  const query = new URLSearchParams();
  if (view.network !== undefined) query.set('network', view.network);
  if (view.picture !== undefined) query.set('picture', view.picture);
  for (const [name, value] of Object.entries(view.focus)) if (name !== 'kind') query.set(name, String(value));
  if (view.step > 0) query.set('step', String(view.step));
  if (view.scale !== 'block') query.set('scale', view.scale);
  if (view.detail) query.set('detail', '1');
  return query.toString();
}

/** The view of a query. Total: what cannot be read is as if it were not there. */
export function decodeView(search: string): View {
  const query = new URLSearchParams(search);
  const network = query.get('network');
  const picture = query.get('picture');
  const scale = query.get('scale');
  return {
    ...(network ? { network } : {}),
    ...(picture ? { picture } : {}),
    focus: focusOf(query),
    step: count(query, 'step') ?? 0,
    scale: scale === 'module' || scale === 'global' ? scale : 'block',
    detail: query.get('detail') === '1',
  };
}

/** Whether a query names a view at all. */
export function hasView(search: string): boolean {
  const query = new URLSearchParams(search);
  return ['network', 'picture', 'layer', 'class', 'step', 'scale', 'detail'].some((name) => query.has(name));
}

function focusOf(query: URLSearchParams): Focus {
  const layer = query.get('layer');
  const unit = count(query, 'unit');
  const input = count(query, 'input');
  const index = count(query, 'class');
  if (!layer) return index === null ? { kind: 'overview' } : { kind: 'class', class: index };
  if (unit === null) return { kind: 'layer', layer };
  return input === null ? { kind: 'unit', layer, unit } : { kind: 'link', layer, unit, input };
}

/** Numbers of the wire have 32 bits. */
function count(query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  const value = text !== null && /^\d+$/u.test(text) ? Number(text) : NaN;
  return value < 2 ** 32 ? value : null;
}
