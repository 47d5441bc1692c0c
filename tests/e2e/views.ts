/** Views that a network can be shown in, one of each kind: what everything that must hold in every view is tried on. */
import { encodeView, type View } from '../../frontend/src/sync/address';
import type { Focus } from '../../frontend/src/protocol/classroom';
import type { Description, Layer } from '../../frontend/src/protocol/network';

/** A view and what it is called in a table. */
export interface NamedView {
  name: string;
  focus: Focus;
  /** What the explorer says it shows then. */
  shows: string;
  /** The step at which it is shown; 0 where it has none. */
  step: number;
  /** Path and query that show it to someone who explores alone. */
  address: string;
}

/** Step at which views with steps are shown: far enough that something lies behind the kernel. */
const STEP = 130;

/** At most `STEP`, and no further than the operation goes. */
function stepOf(focus: Focus, { layers }: Description): number {
  if (focus.kind !== 'unit' && focus.kind !== 'link') return 0;
  const layer = layers.find(({ id }) => id === focus.layer);
  if (!layer || layer.op.type === 'input' || layer.shape.length < 3) return 0;
  const [, rows = 1, columns = 1] = layer.shape;
  return Math.min(STEP, rows * columns - 1);
}

/** The overview, a layer, a unit and (where it reads several) a link of every operation, and a class. */
export function viewsOf(network: Description): NamedView[] {
  const focuses: Focus[] = [{ kind: 'overview' }];
  const seen = new Set<string>();
  for (const layer of network.layers) {
    const { id, op } = layer;
    if (seen.has(op.type)) continue;
    seen.add(op.type);
    if (op.type === 'conv') focuses.push({ kind: 'layer', layer: id });
    focuses.push({ kind: 'unit', layer: id, unit: 1 });
    if (['conv', 'dense'].includes(op.type)) focuses.push({ kind: 'link', layer: id, unit: 1, input: 1 });
  }
  focuses.push({ kind: 'class', class: 1 });
  focuses.push({ kind: 'hyperparameters', input: 7, padding: 1, kernel: 3, stride: 3, dilation: 1 });
  return focuses.map((focus) => ({
    name: nameOf(focus, network),
    focus,
    shows: Object.values(focus).join(' '),
    step: stepOf(focus, network),
    address: addressOf(focus, { step: stepOf(focus, network) }),
  }));
}

/** What an address says where it says nothing. */
const PLAIN = { scale: 'block', detail: false, receptiveField: false, edit: null, step: 0 } as const;

/** Path and query of a view. */
export function addressOf(focus: Focus, rest: Partial<View> = {}): string {
  return `/explore?${encodeView({ ...PLAIN, focus, ...rest })}`;
}

function nameOf(focus: Focus, network: Description): string {
  if (!('layer' in focus)) return focus.kind;
  const layer = network.layers.find(({ id }: Layer) => id === focus.layer);
  return `${focus.kind} of ${layer?.op.type ?? ''}`;
}
