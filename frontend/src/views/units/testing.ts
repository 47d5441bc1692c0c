/** Small networks of one layer each, for the tests of the views of operations. Not in any bundle. */
import { render } from '@testing-library/svelte';
import { flushSync } from 'svelte';

import { paletteOf } from '../../paint/testing';
import { diverging } from '../../paint/scale';
import type { Description, Layer, Op } from '../../protocol/network';
import { cellOfStep, slidingOf, type Extent } from '../arithmetic/window';
import { Player } from '../player.svelte';
import type { StageCommand } from '../../sync/stage';
import { operationOf } from './index';
import type { UnitView } from './unit';

/** What a view is tried with. */
export interface Trial {
  op: Op;
  /** Maps of the layer before, and of the layer as the server would have computed it. */
  source: Float32Array[];
  sourceExtent: Extent;
  output: Float32Array;
  extent: Extent;
  /** Of the unit. */
  weights?: Float32Array[];
  shapes?: number[][];
  step?: number;
  input?: number;
}

/** The open unit 0 of a layer. */
export function viewOf(trial: Trial): UnitView {
  const { op, source, sourceExtent, output, extent, weights = [], shapes = [], step = 0, input = 0 } = trial;
  const layer = (id: string, of: Op, { rows, columns }: Extent, units: number): Layer => ({
    id,
    op: of,
    inputs: [],
    shape: [units, rows, columns],
    parameters: 0,
    weights: id === 'own' ? shapes : [],
    block: 0,
    module: 0,
  });
  const before = layer('before', { type: 'relu' }, sourceExtent, source.length);
  const own = { ...layer('own', op, extent, 2), inputs: ['before'] };
  const network: Description = {
    id: 'trial',
    digest: '0',
    name: 'Trial',
    summary: '',
    labels: ['a', 'b'],
    input: { channels: [], height: 1, width: 1, range: [0, 1] },
    layers: [before, own],
    logits: null,
    output: 'scores',
    parameters: 0,
    gallery: [],
    credits: { licence: '', authors: [], data: '' },
  };
  const palette = paletteOf('light');
  const all = Float32Array.from(source.flatMap((map) => [...map]));
  const scale = diverging(palette.activation, Math.max(...all.map(Math.abs), ...output.map(Math.abs)));
  return {
    network,
    layer: own,
    source: before,
    run: { network, picture: 'p', edit: null },
    unit: 0,
    input,
    chosen: input,
    tensors: {
      wish: { run: { network, picture: 'p', edit: null }, layer: own, source: before, unit: 0, input },
      output,
      source: all,
      channel: source[input] ?? new Float32Array(0),
      weights,
    },
    at: cellOfStep(step, extent),
    extent,
    sourceExtent,
    sliding: slidingOf(op, sourceExtent),
    scales: { output: scale, source: scale },
    palette,
    formula: operationOf(op).formula(op),
  };
}

/** Shows the view of a trial; returns what it says, the numbers in its cells, and what it sent. */
export function show(trial: Trial) {
  const view = viewOf(trial);
  const sent: StageCommand[] = [];
  const { step = 0, extent, op } = trial;
  const player = new Player({
    playback: () => ({ kind: 'paused', step }),
    steps: () => extent.rows * extent.columns,
    now: () => 0,
    hover: () => true,
    send: (command) => sent.push(command),
  });
  const props = { view, player, interactive: true, onfocus: () => undefined };
  const { container } = render(operationOf(op).View, { props });
  // What comes a frame later.
  flushSync();
  return { view, sent, container, spoken: operationOf(op).spoken(view) };
}
