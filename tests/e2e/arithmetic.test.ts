// The arithmetic on the screen against the server's tensors.
import { expect } from 'vitest';

import type { Layer } from '../../frontend/src/protocol/network';
import { settled } from './canvas';
import { PHONE } from './person';
import { scenario } from './scenario';
import { describe, tensor, type Run } from './tensors';
import { addressOf } from './views';

/** How far a sum of f32 products in another order may be from the server's value. */
const TOLERANCE = 1e-4;

for (const [size, device] of Object.entries({ wide: undefined, portrait: PHONE }))
  scenario(
    `the whole sum of a convolution is the unit's value, at any unit and step, ${size}`,
    async (room) => {
      const who = await room.visit('/explore', device);
      await settled(who);
      const network = await describe(room.server.address, (await who.view()).network);
      const run: Run = { server: room.server.address, network, picture: (await who.view()).picture };
      const convolutions = network.layers.filter(({ op }) => op.type === 'conv');
      expect(convolutions.length).toBeGreaterThan(1);
      for (const [i, layer] of convolutions.entries())
        for (const place of places(layer, i)) {
          const values = await tensor(run, layer.id, place.unit);
          const focus = { kind: 'unit', layer: layer.id, unit: place.unit } as const;
          await who.goesTo(addressOf(focus, { step: place.step }));
          await who.sees({ focus: `unit ${layer.id} ${place.unit}`, step: place.step });
          const told = who.page.locator('[data-sum][data-output]').first();
          await told.waitFor();
          const { sum, output } = await told.evaluate(({ dataset }: HTMLElement) => ({
            sum: Number(dataset['sum']),
            output: Number(dataset['output']),
          }));
          const expected = values[place.step] ?? NaN;
          const where = `${layer.id} unit ${place.unit} step ${place.step}`;
          expect(Math.abs(sum - expected), where).toBeLessThanOrEqual(TOLERANCE);
          expect(output, where).toBeCloseTo(expected, 6);
        }
    },
  );

/** A unit's first and last output position, and one between; other units for other layers. */
function places({ shape }: Layer, seed: number): { unit: number; step: number }[] {
  const [units = 1, rows = 1, columns = 1] = shape;
  const steps = rows * columns;
  return [0, Math.floor(steps * 0.37) + seed, steps - 1].map((step, i) => ({
    unit: (seed * 3 + i * 4) % units,
    step,
  }));
}

/** Pictures of the tiny example as their maker drew them, in the values of the input, found by what their titles begin with. */
const DRAWINGS = {
  'A light cross': ['00200', '02220', '00200', '00200', '00200'],
  'A light vertical line on the left': ['12111', '12111', '12111', '12111', '12111'],
};
const TINY = {
  kernel: [-1, 2, -1, -1, 2, -1, -1, 2, -1],
  bias: -5,
  classes: [
    { name: 'vertical', weights: [1, 1, 1, 1], bias: -1 },
    { name: 'horizontal', weights: [0, -1, -1, 0], bias: 1 },
  ],
};

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

/** What someone with a pencil finds: windows of the pool, what it leaves, logits and probabilities. */
function byHead(drawing: readonly string[]) {
  /** The places of a square, row by row. */
  const square = (row: number, column: number, side: number) =>
    Array.from({ length: side * side }, (_, i) => [row + Math.floor(i / side), column + (i % side)] as const);
  const positive = square(0, 0, 3).map(([row, column]) => {
    const read = square(row, column, 3).map(([r, c]) => Number(drawing[r]?.[c]));
    return Math.max(sum(read.map((value, i) => value * (TINY.kernel[i] ?? NaN))) + TINY.bias, 0);
  });
  const windows = square(0, 0, 2).map(([row, column]) =>
    square(row, column, 2).map(([r, c]) => positive[r * 3 + c] ?? NaN),
  );
  const pooled = windows.map((window) => Math.max(...window));
  const products = TINY.classes.map(({ weights }) => weights.map((weight, i) => weight * (pooled[i] ?? NaN)));
  const logits = TINY.classes.map(({ bias }, i) => sum(products[i] ?? []) + bias);
  const powers = logits.map(Math.exp);
  return { windows, pooled, products, logits, probabilities: powers.map((power) => power / sum(powers)) };
}

for (const [size, device] of Object.entries({ wide: undefined, portrait: PHONE }))
  scenario(`the tiny example can be followed in the head, cell by cell, ${size}`, async (room) => {
    const network = await describe(room.server.address, 'tiny-example');
    const who = await room.visit('/explore', device);
    await settled(who);
    const { page } = who;
    for (const [title, drawing] of Object.entries(DRAWINGS)) {
      const { windows, pooled, products, logits, probabilities } = byHead(drawing);
      const found = network.gallery.find((each) => each.title.startsWith(title));
      const at = { network: network.id, picture: found?.picture ?? '' };

      await who.goesTo(addressOf({ kind: 'unit', layer: 'max_pool', unit: 0 }, at));
      await who.sees({ network: network.id, picture: at.picture, focus: 'unit max_pool 0' });
      for (const [step, window] of windows.entries()) {
        await who.sees({ step });
        const cells = page.locator('article[aria-busy="false"] .window .cell');
        await cells.first().waitFor();
        expect((await cells.allInnerTexts()).map(Number), title).toEqual(window);
        expect(numbers(await page.locator('.equation').innerText()).at(-1)).toBe(pooled[step]);
        if (step < 3) await who.button('Next step').click();
      }

      for (const [unit, { name, weights, bias }] of TINY.classes.entries()) {
        for (const [input, weight] of weights.entries()) {
          await who.goesTo(addressOf({ kind: 'link', layer: 'output', unit, input }, at));
          await page.locator(`.dense[data-element="${input}"][data-output="${logits[unit]}"]`).waitFor();
          const terms = numbers(await page.locator('.dense .element .line').innerText());
          // A zero of either sign is 0 on the screen.
          const product = (products[unit]?.[input] ?? NaN) + 0;
          expect(terms, `${title}, ${name}`).toEqual([pooled[input], weight, product]);
        }
        const parts = await page.locator('.dense .total .part').allInnerTexts();
        const total = [sum(products[unit] ?? []), bias, logits[unit]];
        expect(parts.map((text) => numbers(text).at(-1))).toEqual(total);

        await who.goesTo(addressOf({ kind: 'class', class: unit }, at));
        const row = page.locator('.softmax tbody tr.own').filter({ hasText: name });
        await row.waitFor();
        // The smallest are written in powers of ten.
        const cells = (await row.locator('td').allInnerTexts()).map((text) =>
          Number(text.replaceAll('−', '-')),
        );
        expect(cells[0]).toBe(logits[unit]);
        expect(Math.abs((cells[3] ?? NaN) - (probabilities[unit] ?? NaN)), title).toBeLessThan(0.0001);
      }
    }
  });

/** The numbers of a text, in order. */
function numbers(text: string): number[] {
  return (text.replaceAll('−', '-').match(/-?\d+(?:\.\d+)?/gu) ?? []).map(Number);
}
