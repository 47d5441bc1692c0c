// @vitest-environment jsdom
import { render } from '@testing-library/svelte';
import { expect, test } from 'vitest';

import type { Overview } from '../../data/overview';
import { network } from '../../scene/sample';
import { intermediateOf } from '../arithmetic/intermediate';
import type { Sliding } from '../arithmetic/window';
import { openedOf } from './opened';
import SumTable from './SumTable.svelte';
import { inputNames, pairTables, termsOf, unitTable, type Numbers } from './tables';

const input = { rows: 3, columns: 3 };
const output = { rows: 2, columns: 2 };
const SOURCE = [
  [1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 0, 0, 0, -1, 0, 0, 0, 2],
].map((values) => Float32Array.from(values));
const KERNELS = [
  [1, 0, 0, 1],
  [2, 0, 0, 3],
].map((weights) => Float32Array.from(weights));
const BIAS = 0.5;

const described = network([
  { make: 'conv', units: 2 },
  { make: 'conv', units: 2 },
]);
const overview: Overview = { layers: new Map(), logits: null, scores: new Float32Array() };
const opened = openedOf(
  { network: described, picture: '', edit: null, overview },
  { kind: 'unit', layer: 'conv_2', unit: 0 },
);
const sliding: Sliding = { kernel: [2, 2], stride: [1, 1], padding: [0, 0, 0, 0], dilation: [1, 1] };

/** Two inputs with their kernels, at the last of four steps; of the inputs in `away` nothing is here. */
function numbers({ away = [] as number[] } = {}): Numbers {
  if (!opened) throw new Error('nothing is open');
  const channel = (of: number) => {
    const [values, kernel] = [SOURCE[of], KERNELS[of]];
    return values && kernel && !away.includes(of) ? { values, kernel } : null;
  };
  const maps = SOURCE.map((_, i) => {
    const read = channel(i);
    return read && intermediateOf(sliding, { input, output }, read);
  });
  return {
    opened,
    sliding,
    input,
    output,
    at: { row: 1, column: 1 },
    parts: Float64Array.from(maps, (map) => map?.[3] ?? Number.NaN),
    bias: BIAS,
    // 5 + 9, 2 × −1 + 3 × 2, and the bias.
    values: Float32Array.of(0, 0, 0, 18.5),
    channel,
    ask: () => undefined,
  };
}

test('an input is read with its kernel and its intermediate map, marked at the step', () => {
  const [map, kernel, part, ...more] = pairTables(numbers(), 1, false);
  expect(more).toEqual([]);
  expect(map).toMatchObject({
    values: SOURCE[1],
    extent: input,
    window: { row: 1, column: 1, rows: 2, columns: 2 },
  });
  expect(kernel).toMatchObject({ values: KERNELS[1], extent: { rows: 2, columns: 2 }, window: null });
  expect([...(part?.values ?? [])]).toEqual([2 - 3, 0, 0, -2 + 6]);
  expect(part?.window).toEqual({ row: 1, column: 1, rows: 1, columns: 1 });
  expect(unitTable(numbers()).window).toEqual(part?.window);
  expect(inputNames(numbers()).map(({ value }) => value)).toEqual([0, 1]);
});

test('what the class is to find out is in no table, and what is not here makes none', () => {
  expect(pairTables(numbers(), 1, true).map(({ values }) => values)).toEqual([SOURCE[1], KERNELS[1]]);
  expect(pairTables(numbers({ away: [1] }), 1, false)).toEqual([]);
});

test('the terms add up to the value in the last row', () => {
  const terms = termsOf(numbers());
  const values = terms.map(({ value }) => value);
  expect(values).toEqual([14, 4, BIAS, 18.5]);
  expect(values.slice(0, -1).reduce((sum, each) => sum + each, 0)).toBe(values.at(-1));
  const { container } = render(SumTable, { props: { terms, at: { row: 1, column: 1 } } });
  const rows = [...container.getElementsByTagName('tr')].map((row) =>
    [...row.children].map((cell) => cell.textContent),
  );
  expect(rows.map(([name]) => name)).toEqual(['Input', 'unit 1', 'unit 2', 'Bias', 'Value']);
  expect(rows.map(([, value]) => value)).toEqual(['Part of the sum', '14', '4', '0.5000', '18.5000']);
  expect(container.querySelector('caption')?.textContent).toContain('row 2, column 2');
});

test('an input that is not here yet says so', () => {
  const terms = termsOf(numbers({ away: [0] }));
  const { container } = render(SumTable, { props: { terms, at: { row: 1, column: 1 } } });
  expect(container.getElementsByTagName('td')[0]?.textContent).toBe('…');
});
