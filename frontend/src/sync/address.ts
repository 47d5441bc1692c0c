/**
 * The address of a view: what is shown, as the query of a URL, so that it can be shared, bookmarked and gone back to. Not who looks at
 * it, and nothing that moves: a kernel under way is written as the step it stood at.
 */
import type { Focus, KernelEdit, KernelWeights, Stage } from '../protocol/classroom';
import { outputSide, SIZES } from '../views/arithmetic/hyperparameters';
import { stepAt } from './playback';

/** Everything of a stage that an address can say. A part that is absent is for the reader to choose. */
export type View = Partial<Pick<Stage, 'network' | 'picture'>> &
  Pick<Stage, 'focus' | 'scale' | 'detail' | 'receptiveField' | 'edit'> & { step: number };

/** Most weights of an edited kernel, and the largest of them and of biases, in thousandths: as the server takes them. */
const EDITED_WEIGHTS = 512;
const EDITED_MOST = 100_000;

/** The view that a stage shows at `now` (ms of the class clock). */
export function viewOf(stage: Stage, now: number): View {
  const { network, picture, focus, scale, detail, receptiveField, edit } = stage;
  return {
    network,
    picture,
    focus,
    scale,
    detail,
    receptiveField,
    edit,
    step: stepAt(stage.playback, now, Number.MAX_SAFE_INTEGER),
  };
}

/** A link that opens what a stage shows at `now` alone, on the server at `origin`. */
export function linkTo(stage: Stage, now: number, origin = location.origin): string {
  return `${origin}/explore?${encodeView(viewOf(stage, now))}`;
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
  writeFocus(query, view.focus);
  if (view.step > 0) query.set('step', String(view.step));
  if (view.scale !== 'block') query.set('scale', view.scale);
  if (view.detail) query.set('detail', '1');
  if (view.receptiveField) query.set('field', '1');
  if (view.edit) query.set('edit', editText(view.edit));
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
    step: count(query.get('step')) ?? 0,
    scale: scale === 'module' || scale === 'global' ? scale : 'block',
    detail: query.get('detail') === '1',
    receptiveField: query.get('field') === '1',
    edit: editOf(query.get('edit')),
  };
}

const NAMES = ['network', 'picture', 'layer', 'class', 'sizes', 'step', 'scale', 'detail', 'field', 'edit'];

/** Whether a query names a view at all. */
export function hasView(search: string): boolean {
  const query = new URLSearchParams(search);
  return NAMES.some((name) => query.has(name));
}

/** Hyperparameters are written as one, `sizes=6.1.3.2.1`: none of them means anything without the others. */
function writeFocus(query: URLSearchParams, focus: Focus): void {
  if (focus.kind === 'hyperparameters') query.set('sizes', SIZES.map((name) => focus[name]).join('.'));
  else for (const [name, value] of Object.entries(focus)) if (name !== 'kind') query.set(name, String(value));
}

function focusOf(query: URLSearchParams): Focus {
  const layer = query.get('layer');
  const unit = count(query.get('unit'));
  const input = count(query.get('input'));
  const index = count(query.get('class'));
  if (!layer && index !== null) return { kind: 'class', class: index };
  if (!layer) return sizesOf(query.get('sizes')) ?? { kind: 'overview' };
  if (unit === null) return { kind: 'layer', layer };
  return input === null ? { kind: 'unit', layer, unit } : { kind: 'link', layer, unit, input };
}

function sizesOf(text: string | null): Focus | null {
  const numbers = text?.split('.').map(count) ?? [];
  const [input, padding, kernel, stride, dilation, ...more] = numbers.map((number) => number ?? Number.NaN);
  if (input === undefined || padding === undefined || kernel === undefined) return null;
  if (stride === undefined || dilation === undefined || more.length > 0) return null;
  const sizes = { input, padding, kernel, stride, dilation };
  return outputSide(sizes) === null ? null : { kind: 'hyperparameters', ...sizes };
}

/** An edited kernel as JSON without names: `["conv_1_1",3,null,[[0,[0,1000,0]]]]`, layer, unit, bias and kernels by input. */
function editText({ layer, unit, bias, kernels }: KernelEdit): string {
  return JSON.stringify([layer, unit, bias, kernels.map(({ input, weights }) => [input, weights])]);
}

function editOf(text: string | null): KernelEdit | null {
  if (text === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(value)) return null;
  const [layer, unit, bias, list, ...more] = value as unknown[];
  const isNamed = typeof layer === 'string' && layer !== '' && isCount(unit) && more.length === 0;
  if (!isNamed || !Array.isArray(list) || !(bias === null || isWeight(bias))) return null;
  const kernels = list.map(kernelOf).filter((kernel) => kernel !== null);
  const weights = kernels.reduce((sum, kernel) => sum + kernel.weights.length, 0);
  const isSorted = kernels.every(({ input }, i) => input > (kernels[i - 1]?.input ?? -1));
  if (kernels.length < list.length || weights > EDITED_WEIGHTS || !isSorted) return null;
  return { layer, unit, kernels, bias };
}

function kernelOf(value: unknown): KernelWeights | null {
  if (!Array.isArray(value) || value.length !== 2) return null;
  const [input, weights] = value as unknown[];
  if (!isCount(input) || !Array.isArray(weights) || !weights.every(isWeight)) return null;
  return { input, weights };
}

/** Thousandths, of either sign; JSON knows a zero with a sign, which no kernel does. */
function isWeight(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(Number(value)) <= EDITED_MOST && !Object.is(value, -0);
}

/** Numbers of the wire have 32 bits. */
function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 32 && !Object.is(value, -0);
}

function count(text: string | null): number | null {
  const value = text !== null && /^\d+$/u.test(text) ? Number(text) : Number.NaN;
  return isCount(value) ? value : null;
}
