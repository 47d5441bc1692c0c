/**
 * An edited kernel as data: what of a network it changes, and how it stands in an address. Not how it is edited: see `views/lab`.
 */
import type { KernelEdit, LayerId } from '../protocol/classroom';
import type { Description } from '../protocol/network';
import { kernelsRead } from './kernels';

/** Whether an edit changes anything; one that only names its unit does not. */
export function changesAnything(edit: KernelEdit | null): edit is KernelEdit {
  return edit !== null && (edit.kernels.length > 0 || edit.bias !== null);
}

/** The edit if it fits the network: one from an address may be of another. */
export function fitting(network: Description, edit: KernelEdit | null): KernelEdit | null {
  const layer = network.layers.find((each) => each.id === edit?.layer);
  const kernels = layer && edit && kernelsRead(layer, edit.unit);
  if (!edit || !kernels || (edit.bias !== null && layer.weights.length < 2)) return null;
  const { first, count, size } = kernels;
  const fits = edit.kernels.every(
    ({ input, weights }) =>
      input >= first && input < first + count && weights.length === size.rows * size.columns,
  );
  return fits ? edit : null;
}

/** The edit if it bears on a layer's values: layers come in the order of computation, and those before the edited one are as ever. */
export function bearingOn(network: Description, edit: KernelEdit | null, layer: LayerId): KernelEdit | null {
  if (!changesAnything(edit)) return null;
  const place = (id: LayerId) => network.layers.findIndex((each) => each.id === id);
  return place(layer) >= place(edit.layer) ? edit : null;
}

/** The edit as text: the same for the same edit, in whatever order its parts came. */
export function editText(edit: KernelEdit | null): string {
  if (!changesAnything(edit)) return '';
  const { layer, unit, bias } = edit;
  const kernels = edit.kernels.map(({ input, weights }) => ({ input, weights }));
  return JSON.stringify({ layer, unit, kernels, bias });
}

/** The query of an address that is about the network with the edit; empty where nothing is changed. */
export function editQuery(edit: KernelEdit | null): string {
  const text = editText(edit);
  return text && `?edit=${encodeURIComponent(text)}`;
}
