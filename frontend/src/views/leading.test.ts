import { expect, test } from 'vitest';

import type { Focus } from '../protocol/classroom';
import { columns } from '../scene/column';
import { tinyVgg } from '../scene/sample';
import { leadsTo } from './leading';

const network = tinyVgg();
const [input, conv, relu] = network.layers;
const dense = network.layers.find(({ op }) => op.type === 'dense');
const flat = network.layers.find(({ op }) => op.type === 'flatten');
if (!input || !conv || !relu || !dense || !flat) throw new Error('the sample lacks a layer');
const perBox = columns(network).find(({ layer }) => layer === flat)?.unitsPerBox ?? 1;

const unit = (layer: string, unit: number): Focus => ({ kind: 'unit', layer, unit });
const link = (layer: string, unit: number, input: number): Focus => ({ kind: 'link', layer, unit, input });

test.each<[string, Focus, string, number, Focus]>([
  ['a unit of the overview', { kind: 'overview' }, conv.id, 3, unit(conv.id, 3)],
  ['a class', { kind: 'overview' }, network.output, 2, { kind: 'class', class: 2 }],
  ['an input of the open convolution', unit(conv.id, 3), input.id, 1, link(conv.id, 3, 1)],
  ['the input that is chosen', link(conv.id, 3, 1), input.id, 1, unit(conv.id, 3)],
  ['another unit beside it', unit(conv.id, 3), relu.id, 1, unit(relu.id, 1)],
  ['a map beside an open dense unit', unit(dense.id, 4), flat.id, 2, link(dense.id, 4, 2 * perBox)],
  ['another map, at the same place', link(dense.id, 4, 5), flat.id, 2, link(dense.id, 4, 2 * perBox + 5)],
])('%s', (_, focus, layer, box, leads) => {
  expect(leadsTo({ network, columns: columns(network), focus }, { layer, box }, box)).toEqual(leads);
});
