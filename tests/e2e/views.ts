/** Views that a network can be shown in, one of each kind: what everything that must hold in every view is tried on. */
import { encodeView, type View } from '../../frontend/src/sync/address';
import type { Focus, KernelEdit, NetworkId } from '../../frontend/src/protocol/classroom';
import type { Description, Layer } from '../../frontend/src/protocol/network';
import { describe } from './tensors';

/** A view and what it is called in a table. */
export interface NamedView {
  name: string;
  network: NetworkId;
  picture: string;
  focus: Focus;
  receptiveField: boolean;
  edit: KernelEdit | null;
  /** What the explorer says it shows then. */
  shows: string;
  /** The step at which it is shown; 0 where it has none. */
  step: number;
  /** Path and query that show it to someone who explores alone. */
  address: string;
}

/** The network whose arithmetic can be done by head. */
const TINY = 'tiny-example';

/** Step at which views with steps are shown: far enough that something lies behind the kernel. */
const STEP = 130;

/** Edges by an unmistakable kernel, in thousandths. */
const EDGES = [-1000, -1000, -1000, 0, 0, 0, 1000, 1000, 1000];

/** At most `STEP`, and no further than the middle of the operation. */
function stepOf(focus: Focus, { layers }: Description): number {
  if (focus.kind !== 'unit' && focus.kind !== 'link') return 0;
  const layer = layers.find(({ id }) => id === focus.layer);
  if (!layer || layer.op.type === 'input' || layer.shape.length < 3) return 0;
  const [, rows = 1, columns = 1] = layer.shape;
  return Math.min(STEP, Math.floor((rows * columns) / 2));
}

/** Every kind of view: those of the server's first network, and the tiny example. */
export async function everyView(server: string): Promise<NamedView[]> {
  const tiny = viewsOf(await describe(server, TINY))
    .filter(({ name }) => ['overview', 'unit of conv'].includes(name))
    .map((view) => ({ ...view, name: `tiny example, ${view.name}` }));
  return [...viewsOf(await describe(server)), ...tiny];
}

/**
 * The overview, a layer, a unit and (where it reads several) a link of every operation, a class, hyperparameters, what a unit sees, and an
 * edited kernel in the lab and in the overview.
 */
export function viewsOf(network: Description): NamedView[] {
  const views: Partial<NamedView>[] = [{ focus: { kind: 'overview' } }];
  const seen = new Set<string>();
  for (const { id, op, shape } of network.layers) {
    if (seen.has(op.type)) continue;
    seen.add(op.type);
    const unit = Math.min(1, (shape[0] ?? 1) - 1);
    if (op.type === 'conv') views.push({ focus: { kind: 'layer', layer: id } });
    views.push({ focus: { kind: 'unit', layer: id, unit } });
    if (['conv', 'dense'].includes(op.type))
      views.push({ focus: { kind: 'link', layer: id, unit, input: 0 } });
    if (op.type === 'maxPool')
      views.push({ name: 'receptive field', focus: { kind: 'unit', layer: id, unit }, receptiveField: true });
    if (op.type !== 'conv') continue;
    const edit = { layer: id, unit, kernels: [{ input: 0, weights: EDGES }], bias: null };
    views.push({ name: 'kernel lab', focus: { kind: 'unit', layer: id, unit }, edit });
    views.push({ name: 'overview of an edited kernel', focus: { kind: 'overview' }, edit });
  }
  views.push({ focus: { kind: 'class', class: 1 } });
  views.push({ focus: { kind: 'hyperparameters', input: 7, padding: 1, kernel: 3, stride: 3, dilation: 1 } });
  const [first] = network.gallery;
  return views.map((view) => {
    const focus = view.focus ?? { kind: 'overview' };
    const { receptiveField = false, edit = null } = view;
    const step = edit ? 0 : stepOf(focus, network);
    const what = {
      network: network.id,
      picture: first?.picture ?? '',
      focus,
      receptiveField,
      edit,
      step,
    };
    const name = view.name ?? nameOf(focus, network);
    return {
      ...what,
      name,
      shows: Object.values(focus).join(' '),
      address: addressOf(focus, what),
    };
  });
}

/** What an address says where it says nothing. */
const PLAIN = {
  scale: 'block',
  detail: false,
  receptiveField: false,
  edit: null,
  step: 0,
} as const;

/** Path and query of a view. */
export function addressOf(focus: Focus, rest: Partial<View> = {}): string {
  return `/explore?${encodeView({ ...PLAIN, focus, ...rest })}`;
}

function nameOf(focus: Focus, network: Description): string {
  if (!('layer' in focus)) return focus.kind;
  const layer = network.layers.find(({ id }: Layer) => id === focus.layer);
  return `${focus.kind} of ${layer?.op.type ?? ''}`;
}
