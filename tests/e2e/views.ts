/** Views that a network can be shown in, one of each kind: what everything that must hold in every view is tried on. */
import { encodeView, type View } from '../../frontend/src/sync/address';
import type { Focus } from '../../frontend/src/protocol/classroom';
import type { Description, Layer } from '../../frontend/src/protocol/network';

/** A view and what it is called in a table. */
export interface NamedView {
  name: string;
  focus: Focus;
  /** Path and query that show it to someone who explores alone. */
  address: string;
}

/** The description of the first network that a server has. */
export async function firstNetwork(server: string): Promise<Description> {
  const [first] = (await json(`${server}/api/networks`)) as { id: string }[];
  if (!first) throw new Error('the server has no network');
  return (await json(`${server}/api/networks/${first.id}`)) as Description;
}

async function json(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

/** The overview, a layer, a unit and (where it reads several) a link of every operation, and a class. */
export function viewsOf(network: Description): NamedView[] {
  const focuses: Focus[] = [{ kind: 'overview' }];
  const seen = new Set<string>();
  for (const layer of network.layers) {
    const { id, op } = layer;
    if (seen.has(op.type)) continue;
    seen.add(op.type);
    focuses.push({ kind: 'layer', layer: id }, { kind: 'unit', layer: id, unit: 1 });
    if (['conv', 'dense'].includes(op.type)) focuses.push({ kind: 'link', layer: id, unit: 1, input: 1 });
  }
  focuses.push({ kind: 'class', class: 1 });
  focuses.push({ kind: 'hyperparameters', input: 7, padding: 1, kernel: 3, stride: 3, dilation: 1 });
  return focuses.map((focus) => ({ name: nameOf(focus, network), focus, address: addressOf(focus) }));
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
