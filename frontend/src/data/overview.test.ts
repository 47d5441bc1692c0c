import { describe, expect, it } from 'vitest';
import type { Description, Layer } from '../protocol/network';
// Written by a test of the server's encoder, together with what a perfect reader would show.
import golden from './overview.golden?raw';
import { decodeOverview, type LayerMaps, type Overview } from './overview';
import { bytesOf } from './testing';

interface Expected {
  units: number;
  rows: number;
  columns: number;
  values: number[];
  min: number[];
  max: number[];
}

interface Case {
  size: 'phone' | 'full';
  overview: string;
  layers: Record<string, Expected>;
  logits: number[];
  scores: number[];
}

const { description, cases } = JSON.parse(golden) as { description: Description; cases: Case[] };

function decodeCase(wanted: Case['size']): { found: Overview; expected: Case } {
  const expected = cases.find(({ size }) => size === wanted);
  if (!expected) throw new Error(`the golden file has no case ${wanted}`);
  return { found: decodeOverview(bytesOf(expected.overview), description), expected };
}

function layerOf(overview: Overview, layer: Layer): LayerMaps {
  const maps = overview.layers.get(layer.id);
  if (!maps) throw new Error(`layer ${layer.id} is missing`);
  return maps;
}

const SENT = ['input', 'conv', 'batchNormalization', 'sigmoid', 'dense', 'softmax'];

/** Whether a layer is in the binary with its values, and not derived from the one before. */
function isSent({ op }: Layer): boolean {
  return SENT.includes(op.type) || (op.type === 'leakyRelu' && op.alpha < 0);
}

/** The range of a layer's values, or, for one that is derived, of the last layer before it that was sent. */
function sentRange({ layers }: Case, layer: Layer): number {
  const upTo = description.layers.slice(0, description.layers.indexOf(layer) + 1);
  const sent = layers[upTo.findLast(isSent)?.id ?? ''];
  return sent ? Math.max(...sent.max) - Math.min(...sent.min) : Number.NaN;
}

/** Largest difference between what was decoded and what is right, in shares of `sentRange`. */
function largestError(found: Overview, expected: Case, layer: Layer): number {
  const { values } = layerOf(found, layer);
  const right = expected.layers[layer.id]?.values ?? [Infinity];
  const differences = right.map((value, place) => Math.abs(value - (values[place] ?? Infinity)));
  return Math.max(...differences) / sentRange(expected, layer);
}

/** Half a level of 8 bits, and what rounding to `f32` and to the file's four decimals adds. */
const HALF_LEVEL = 0.5 / 255 + 2e-4;

describe.each(['phone', 'full'] as const)('an overview of size %s', (size) => {
  const { found, expected } = decodeCase(size);

  it.each(description.layers)('has layer $id in the right size, with exact ranges', (layer) => {
    const maps = layerOf(found, layer);
    const right = expected.layers[layer.id];
    expect(right).toBeDefined();
    expect([maps.units, maps.rows, maps.columns]).toEqual([right?.units, right?.rows, right?.columns]);
    expect(maps.values).toHaveLength(maps.units * maps.rows * maps.columns);
    const exact = !['hidden', 'relu_2'].includes(layer.id);
    if (exact) {
      expect([...maps.min]).toEqual(right?.min.map(Math.fround));
      expect([...maps.max]).toEqual(right?.max.map(Math.fround));
    }
  });

  it('has logits and scores exactly', () => {
    expect([...(found.logits ?? [])]).toEqual(expected.logits.map(Math.fround));
    expect([...found.scores]).toEqual(expected.scores.map(Math.fround));
  });

  it.each(description.layers.filter(isSent))('has the values of $id to half a level', (layer) => {
    expect(largestError(found, expected, layer)).toBeLessThan(HALF_LEVEL);
  });
});

describe('derived layers', () => {
  const { found, expected } = decodeCase('full');

  it.each(description.layers)('has $id to half a level at full size', (layer) => {
    expect(largestError(found, expected, layer)).toBeLessThan(HALF_LEVEL);
  });

  it('is not all the same value', () => {
    for (const layer of description.layers) {
      expect(new Set(layerOf(found, layer).values).size, layer.id).toBeGreaterThan(1);
    }
  });
});

describe('a binary that is not an overview of the network', () => {
  const { expected } = decodeCase('full');
  const whole = new Uint8Array(bytesOf(expected.overview));

  it.each([
    ['is cut off', whole.slice(0, -1)],
    ['is too long', Uint8Array.from([...whole, 0])],
    ['is of another version', Uint8Array.from([...whole.slice(0, 3), 2, ...whole.slice(4)])],
    ['has an unknown kind', Uint8Array.from([...whole.slice(0, 6), 9, ...whole.slice(7)])],
    ['is empty', new Uint8Array()],
  ])('is refused when it %s', (_, bytes) => {
    expect(() => decodeOverview(bytes.buffer, description)).toThrow();
  });
});
