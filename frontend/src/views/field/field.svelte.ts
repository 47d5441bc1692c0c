/** What the open unit sees at the current step, for the screen: frames on tiles, and how its sight grew. Nothing while it is not shown. */
import { getContext, setContext } from 'svelte';

import type { Focus } from '../../protocol/classroom';
import type { Description, Layer } from '../../protocol/network';
import { growth, type Field } from '../../scene/receptive';
import { focusUnit } from '../../scene/scene';
import { cellOfStep } from '../arithmetic/window';
import { openLayer } from '../focus';
import { extentOf } from '../units/unit';
import { fieldsOf, framesOf } from './frames';

/** What is looked at. */
export interface Sighting {
  network: () => Description | null;
  focus: () => Focus;
  step: () => number;
  /** Whether it is to be shown. */
  shown: () => boolean;
  /** Whether whoever looks at it may change that, and how. */
  interactive: () => boolean;
  show: (shown: boolean) => void;
}

/** A layer on the way, and how many pixels its units see at most. */
export interface Growth {
  layer: Layer;
  rows: number;
  columns: number;
}

/** Whether a focus opens something that sees: a unit that computes something. */
function sees(network: Description, focus: Focus): boolean {
  const layer = openLayer(network, focus);
  return layer !== null && layer.op.type !== 'input';
}

export class FieldView {
  readonly #sighting: Sighting;

  /** The layer that is open, while what it sees is shown. */
  readonly layer = $derived.by((): Layer | null => {
    const { network, focus, shown } = this.#sighting;
    const described = network();
    return described && shown() && sees(described, focus()) ? openLayer(described, focus()) : null;
  });
  readonly #fields = $derived.by(() => {
    const { network, focus, step } = this.#sighting;
    const { layer } = this;
    const unit = focusUnit(focus());
    const cell = layer && cellOfStep(step(), extentOf(layer));
    return fieldsOf(network(), layer && cell && unit !== null ? { layer: layer.id, unit, cell } : null);
  });
  /** What is seen of the input; `null` where nothing is, because all lies in the padding. */
  readonly input = $derived.by((): Field | null => {
    const first = this.#sighting.network()?.layers[0];
    return (first && this.#fields.get(first.id)) ?? null;
  });
  /** The layers on the way at which the sight grows, and the open one. */
  readonly growth = $derived.by((): Growth[] => {
    const [network, { layer }] = [this.#sighting.network(), this];
    if (!network || !layer) return [];
    const all = growth(network, layer.id);
    return all.filter((each, i) => {
      const before = all[i - 1];
      const grows = before && (each.rows > before.rows || each.columns > before.columns);
      return Boolean(grows) || each.layer.id === layer.id;
    });
  });
  /** Frames on the tiles of every layer before the open one, by the key of their box. */
  readonly frames = $derived.by(() => framesOf(this.#sighting.network(), this.#fields, this.layer));

  /** Whether showing it is offered: to who may, where something sees. */
  readonly offered = $derived.by(() => {
    const { network, focus, interactive } = this.#sighting;
    const described = network();
    return described !== null && interactive() && sees(described, focus());
  });

  constructor(sighting: Sighting) {
    this.#sighting = sighting;
  }

  get shown(): boolean {
    return this.#sighting.shown();
  }

  show(shown: boolean): void {
    this.#sighting.show(shown);
  }
}

const KEY = Symbol('field');

/** Gives what is seen to the components below. */
export function provideField(field: FieldView): FieldView {
  return setContext(KEY, field);
}

/** What the open unit of this explorer sees. */
export function useField(): FieldView {
  return getContext<FieldView>(KEY);
}
