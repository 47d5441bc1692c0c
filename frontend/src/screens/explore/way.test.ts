import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import type { Resolved, Task } from '../../protocol/classroom';
import type { Description } from '../../protocol/network';
import { aStage } from '../../sync/testing';
import { wayTo } from './way';

const path = new URL('../../../../tests/golden/offers.json', import.meta.url);
const { network } = JSON.parse(readFileSync(path, 'utf8')) as { network: Description };
const conv = network.layers.find(({ op }) => op.type === 'conv')?.id ?? '';
const cell = { layer: conv, unit: 1, step: 9 };
const unit = (index: number) => ({ kind: 'unit', layer: conv, unit: index }) as const;

const way = (task: Task, key: number[], focus = aStage().focus) => {
  const resolved: Resolved = { task, key, truth: [], text: null, why: null, step: null };
  return wayTo(resolved, network, { ...aStage(), network: network.id, focus });
};

test('a cell is computed where the window stands at it', () => {
  const there = [
    { type: 'focus', focus: unit(1) },
    { type: 'step', step: 9 },
  ];
  expect(way({ kind: 'sign', cell }, [0])).toEqual(there);
  expect(way({ kind: 'value', cell, numbers: [] }, [2])).toEqual(there);
  expect(way({ kind: 'sign', cell }, [0], unit(1))).toEqual([{ type: 'step', step: 9 }]);
  const link = { kind: 'link', layer: conv, unit: 1, input: 0 } as const;
  expect(way({ kind: 'sign', cell }, [0], link)).toEqual([{ type: 'step', step: 9 }]);
});

test('a strongest place or tile and a likeliest class are where the key says', () => {
  const pixel = { kind: 'pixel', layer: conv, unit: 1, rows: 4, columns: 4 } as const;
  expect(way(pixel, [5]).at(-1)).toEqual({ type: 'step', step: 5 });
  expect(way({ kind: 'tile', layer: conv, units: 3 }, [2])).toEqual([{ type: 'focus', focus: unit(2) }]);
  expect(way({ kind: 'topClass', classes: [4, 1] }, [1])).toEqual([
    { type: 'focus', focus: { kind: 'class', class: 1 } },
  ]);
});

test('an output size is made on the diagram, and opinions nowhere', () => {
  const [first] = way({ kind: 'outputSize', layer: conv, sizes: [] }, [0]);
  expect(first?.type === 'focus' && first.focus.kind).toBe('hyperparameters');
  expect(way({ kind: 'outputSize', layer: null, sizes: [] }, [0])).toEqual([]);
  expect(way({ kind: 'scale', low: 'a', high: 'b', steps: 3 }, [])).toEqual([]);
  expect(way({ kind: 'tile', layer: conv, units: 3 }, [])).toEqual([]);
});
