// Networks that ours are not like: operations that no shipped network has, 100 and 1,000 classes, and more weights than are fetched at
// once. What a screen says of a step is compared with arithmetic that is done here, from what the server says of the layer before.
import { rm } from 'node:fs/promises';

import { afterAll, expect } from 'vitest';

import type { Layer } from '../../frontend/src/protocol/network';
import { settled } from './canvas';
import { contrast } from './contrast';
import { PHONE, type Person } from './person';
import { scenario } from './scenario';
import { describe, tensor, type Run } from './tensors';
import { FEWER, MANY, unprepared } from './unprepared';
import { addressOf } from './views';

const folder = await unprepared();
afterAll(() => rm(folder, { recursive: true }));

/** Largest difference between arithmetic here and the server's, in 32-bit numbers. */
const CLOSE = 1e-4;
const UNIT = 4;
const SCREENS = { wide: { viewport: { width: 1440, height: 900 } }, portrait: PHONE };

/** Opens a view of a network without loading the page again. */
async function open(who: Person, network: string, layer: Layer, step = 0): Promise<void> {
  await who.goesTo(addressOf({ kind: 'unit', layer: layer.id, unit: UNIT }, { network, step }));
  await who.sees({ network, focus: `unit ${layer.id} ${UNIT}`, step });
}

/** What the card writes: all of the equation, and its result in full. */
async function equation({ page }: Person): Promise<{ text: string; output: number }> {
  const here = page.locator('article[aria-busy="false"] .equation');
  const text = (await here.innerText()).replaceAll('−', '-').replaceAll(/\s+/gu, ' ');
  return { text, output: Number(await here.getAttribute('data-output')) };
}

/** Every number of a text, in order. */
const numbers = (text: string) => (text.match(/-?\d+(?:\.\d+)?/gu) ?? []).map(Number);

/** The cells of a map under a window of 2 × 2 that moves by 2 with one cell of padding around; nothing for padding. */
function window(map: Float32Array, side: number, step: number, columns: number): (number | null)[] {
  const [top, left] = [Math.floor(step / columns) * 2 - 1, (step % columns) * 2 - 1];
  return [0, 1, 2, 3].map((i) => {
    const [row, column] = [top + Math.floor(i / 2), left + (i % 2)];
    const isInside = row >= 0 && column >= 0 && row < side && column < side;
    return isInside ? (map[row * side + column] ?? NaN) : null;
  });
}

const sum = (values: Iterable<number | null>) =>
  [...values].reduce<number>((all, value) => all + (value ?? 0), 0);

/** What a mean is divided by. */
function counted({ op }: Layer, under: (number | null)[]): number {
  const isPadded = op.type === 'averagePool' && op.countPadding;
  return isPadded ? under.length : under.filter((cell) => cell !== null).length;
}

/** A unit's scale, shift, mean and variance, where it has them. */
async function learned({ server, network }: Run, { id, op }: Layer): Promise<Float32Array> {
  if (op.type !== 'batchNormalization') return new Float32Array(0);
  const answer = await fetch(`${server}/api/weights/${network.digest}/${id}/${UNIT}`);
  return new Float32Array(await answer.arrayBuffer());
}

interface Step {
  /** The cell in the same place of the map before, and those under the window. */
  x: number;
  under: (number | null)[];
  learned: Float32Array;
}

/** What an operation makes of its map, by its definition. */
function result(layer: Layer, { x, under, learned }: Step): number {
  switch (layer.op.type) {
    case 'leakyRelu':
      return x < 0 ? 0.25 * x : x;
    case 'sigmoid':
      return 1 / (1 + Math.exp(-x));
    case 'clip':
      return Math.min(Math.max(x, 0.4), 0.6);
    case 'averagePool':
    case 'globalAveragePool':
      return sum(under) / counted(layer, under);
    case 'batchNormalization': {
      const [scale = NaN, shift = NaN, mean = NaN, variance = NaN] = learned;
      return (scale * (x - mean)) / Math.sqrt(variance + 0.01) + shift;
    }
    default:
      throw new Error(`nothing is known of ${layer.op.type}`);
  }
}

/** How the cells of the card look. */
async function cells({ page }: Person) {
  return page.locator('article[aria-busy="false"] .cell').evaluateAll((all) =>
    all.map((cell) => {
      const { color, backgroundColor, fontSize } = getComputedStyle(cell);
      return { color, backgroundColor, type: Number.parseFloat(fontSize) };
    }),
  );
}

for (const [size, device] of Object.entries(SCREENS))
  scenario(
    `C23 and C25: operations that our networks do without say what the server computes, ${size}`,
    async (room) => {
      const who = await room.visit(`/explore?network=${MANY.id}`, device);
      await settled(who);
      const { picture } = await who.view();
      const runs = await Promise.all(
        [MANY, FEWER].map(async ({ id }): Promise<Run> => {
          const network = await describe(room.server.address, id);
          return { server: room.server.address, network, picture };
        }),
      );
      for (const run of runs) {
        const { id, layers } = run.network;
        for (const [i, layer] of layers.entries()) {
          const before = layers[i - 1];
          if (!before || layer.shape.length < 3 || layer.op.type === 'conv') continue;
          const [, side = 1, columns = 1] = layer.shape;
          const [, own = 1] = before.shape;
          const source = await tensor(run, before.id, UNIT);
          const output = await tensor(run, layer.id, UNIT);
          // The first window lies on a corner of the padding, the last in the picture.
          for (const step of side === 1 ? [0] : [0, side * columns - 2]) {
            await open(who, id, layer, step);
            const { text, output: shown } = await equation(who);
            const name = `${layer.id} of ${id} at ${step}`;
            const under = layer.op.type === 'averagePool' ? window(source, own, step, columns) : [...source];
            const expected = result(layer, {
              x: source[step] ?? NaN,
              under,
              learned: await learned(run, layer),
            });
            expect(Math.abs(shown - expected), name).toBeLessThan(CLOSE);
            expect(shown, name).toBe(output[step]);
            expect(Math.abs((numbers(text).at(-1) ?? NaN) - expected), text).toBeLessThan(0.0051);
            if (layer.op.type.endsWith('Pool')) {
              const [divisor, total = NaN] = numbers(text.slice(text.indexOf('÷')));
              expect(divisor, text).toBe(counted(layer, under));
              expect(Math.abs(total - sum(under)), text).toBeLessThan(CLOSE);
            }
          }
          for (const { color, backgroundColor, type } of await cells(who)) {
            expect(contrast(color, backgroundColor), layer.id).toBeGreaterThanOrEqual(4.5);
            expect(type).toBeGreaterThanOrEqual(14);
          }
        }
      }
    },
    ['--models', folder],
  );

for (const [size, device] of Object.entries(SCREENS))
  scenario(
    `C8 and C27: 1,000 classes, and what an element adds to the likeliest of them, ${size}`,
    async (room) => {
      const who = await room.visit(`/explore?network=${MANY.id}`, device);
      const { page } = who;
      await settled(who);
      const network = await describe(room.server.address, MANY.id);
      const run: Run = { server: room.server.address, network, picture: (await who.view()).picture };
      const scores = await tensor(run, network.output);
      const order = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
      const [winner = NaN] = order;
      const label = (of: number) => network.labels[of] ?? '';

      // The likeliest is in sight, before and after normalisation, and the maps are no smaller for so many classes.
      const classes = page.getByRole('button', { name: / \d\.\d{4}$/u });
      const [first, last] = [classes.first(), classes.last()];
      const own = page.getByRole('button', {
        name: `${label(winner)} ${(scores[winner] ?? NaN).toFixed(4)}`,
        exact: true,
      });
      await own.scrollIntoViewIfNeeded();
      expect(await classes.count()).toBeLessThan(100);
      for (const end of [first, last])
        expect(await end.getAttribute('aria-label')).not.toContain(`${label(winner)} `);
      const logit = page.getByRole('button', {
        name: new RegExp(`^${network.logits}, ${label(winner)}\\b`, 'u'),
      });
      expect(await logit.count()).toBe(1);
      const tile = page.getByRole('button', { name: /^conv_0, unit 1\b/u });
      expect((await tile.boundingBox())?.width).toBeGreaterThanOrEqual(52);
      expect(await page.locator('*').count()).toBeLessThan(2500);

      // A class is opened: the twelve likeliest are told, all others together, and all of it is 1.
      await own.click();
      await who.sees({ focus: `class ${winner}` });
      const rows = page.locator('.softmax tbody tr');
      await rows.first().waitFor();
      expect(await rows.count()).toBe(13);
      expect(await rows.first().getByRole('rowheader').innerText()).toBe(label(winner));
      const shares = await rows.locator('td:last-child .number').allInnerTexts();
      expect(shares.slice(0, 12)).toEqual(order.slice(0, 12).map((of) => (scores[of] ?? NaN).toFixed(4)));
      expect(Math.abs(sum(shares.map(Number)) - 1)).toBeLessThan(0.001);
      expect(await page.locator('*').count()).toBeLessThan(2500);

      // The weights of all classes are more than a screen fetches: those of the likeliest are fetched one by one.
      const element = 300;
      const flatten = network.layers.find(({ op }) => op.type === 'flatten')?.id ?? '';
      await who.goesTo(addressOf({ kind: 'unit', layer: flatten, unit: element }, { network: MANY.id }));
      await who.sees({ focus: `unit ${flatten} ${element}` });
      const told = page.locator('.sums').getByRole('button');
      await told.first().waitFor();
      const value = (await tensor(run, flatten))[element] ?? NaN;
      const greatest = order.slice(0, 12).sort((a, b) => a - b);
      expect(await told.count()).toBe(greatest.length);
      for (const [i, of] of greatest.entries()) {
        const answer = await fetch(`${run.server}/api/weights/${network.digest}/${network.logits}/${of}`);
        const product = value * (new Float32Array(await answer.arrayBuffer())[element] ?? NaN);
        const [name = '', added = ''] = (await told.nth(i).innerText()).split('\n').filter(Boolean);
        expect(name).toBe(label(of));
        expect(Math.abs(Number(added.replace('−', '-')) - product)).toBeLessThan(0.0051);
      }
      await page
        .getByText(/These are the 12 with the greatest values\. The weights to the other 988/u)
        .waitFor();
      await told.first().click();
      await who.sees({ focus: `link ${network.logits} ${greatest[0]} ${element}` });
      await page.locator('.dense[data-product]').waitFor();
    },
    ['--models', folder],
  );
