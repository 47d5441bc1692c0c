// The end of a network: every element of the strip with its weight to a class (C27), logits and softmax (C28).
import { expect } from 'vitest';

import { LAPTOP, PHONE, type Person } from './person';
import { scenario } from './scenario';
import { markedInTables } from './tables';

/** Difference that is forgiven between a sum in the browser and the server's `f32`. */
const TOLERANCE = 1e-4;
const UNIT = 6;
/** Element of row 3, column 5 of the fourth map, counted from 0. */
const ELEMENT = 3 * 169 + 2 * 13 + 4;

interface Tensors {
  flatten: Float32Array;
  logits: Float32Array;
  scores: Float32Array;
  weights: Float32Array;
  bias: number;
}

/** What the server says about the picture that a person sees. */
async function tensorsOf(person: Person, address: string): Promise<Tensors> {
  const { picture } = await person.view();
  const network = (await (await fetch(`${address}/api/networks/tiny-vgg`)).json()) as { digest: string };
  const floats = async (path: string) =>
    new Float32Array(await (await fetch(`${address}/api/${path}`)).arrayBuffer());
  const run = `tensors/${network.digest}/${picture}`;
  const [flatten, logits, scores, joined] = await Promise.all([
    floats(`${run}/flatten`),
    floats(`${run}/output`),
    floats(`${run}/softmax`),
    floats(`weights/${network.digest}/output`),
  ]);
  const weights = joined.subarray(UNIT * flatten.length, (UNIT + 1) * flatten.length);
  return { flatten, logits, scores, weights, bias: joined[logits.length * flatten.length + UNIT] ?? NaN };
}

/** A number that the view says about itself. */
async function said(person: Person, view: 'dense' | 'flatten' | 'softmax', name: string): Promise<number> {
  const text = await person.page.locator(`.${view}`).getAttribute(`data-${name}`);
  return text === null ? NaN : Number(text);
}

for (const [size, device] of Object.entries({ wide: LAPTOP, portrait: PHONE }))
  scenario(`C27 every element adds up to the logit, and each can be chosen, ${size}`, async (room) => {
    const alone = await room.visit(`/explore?layer=output&unit=${UNIT}`, device);
    const slider = alone.page.getByRole('slider', { name: 'All 1,690 elements in a row' });
    await slider.waitFor();
    const { flatten, logits, weights, bias } = await tensorsOf(alone, room.server.address);
    const products = flatten.map((value, i) => value * (weights[i] ?? NaN));

    const total = products.reduce((a, b) => a + b, bias);
    expect(await said(alone, 'dense', 'sum')).toBeCloseTo(total, 3);
    expect(Math.abs((await said(alone, 'dense', 'sum')) - (logits[UNIT] ?? NaN))).toBeLessThan(TOLERANCE);
    expect(await said(alone, 'dense', 'output')).toBe(logits[UNIT]);
    await alone.page
      .getByText((logits[UNIT] ?? NaN).toFixed(4).replace('-', '−'))
      .first()
      .waitFor();

    for (const [name, find] of [
      ['Strongest for it', Math.max],
      ['Strongest against it', Math.min],
    ] as const) {
      await alone.page.getByRole('button', { name: new RegExp(`^${name}`, 'u') }).click();
      await alone.sees({ focus: `link output ${UNIT} ${products.indexOf(find(...products))}` });
    }

    await alone.page.goto(`${room.server.address}/explore?layer=output&unit=${UNIT}&input=${ELEMENT}`);
    await alone.page.getByRole('heading', { name: 'unit 4, row 3, column 5' }).waitFor();
    expect(await said(alone, 'dense', 'product')).toBeCloseTo(products[ELEMENT] ?? NaN, 5);

    if (size === 'wide') {
      const terms = [flatten, weights, products].map((values) => values[ELEMENT] ?? NaN);
      await markedInTables(alone, terms);
      await alone.openUnit('max_pool_2', 8);
      await alone.sees({ focus: `link output ${UNIT} ${8 * 169 + (ELEMENT % 169)}` });
      await alone.openUnit('flatten', 3);
      await alone.sees({ focus: `link output ${UNIT} ${ELEMENT}` });
    }
    await slider.press('ArrowRight');
    await alone.sees({ focus: `link output ${UNIT} ${ELEMENT + 1}` });
    await slider.press('ArrowDown');
    await alone.sees({ focus: `link output ${UNIT} ${ELEMENT + 14}` });
    await slider.press('PageUp');
    await alone.sees({ focus: `link output ${UNIT} ${ELEMENT + 14 - 169}` });
    await slider.press('End');
    await alone.sees({ focus: `link output ${UNIT} 1689` });
    expect(await slider.getAttribute('aria-valuetext')).toContain('unit 10, row 13, column 13');

    const box = await slider.boundingBox();
    if (!box) throw new Error('the strip is on the screen');
    await slider.click({ position: { x: box.width * 0.55, y: box.height / 2 } });
    const [, , , chosen] = (await alone.view()).focus.split(' ').map(Number);
    expect(Math.abs((chosen ?? NaN) - 0.55 * 1690)).toBeLessThan(1690 / box.width + 1);
    await alone.page.getByRole('img', { name: /^Weight of unit 6 as a map/u }).waitFor();
  });

for (const [size, device] of Object.entries({ wide: LAPTOP, portrait: PHONE }))
  scenario(`C28 softmax ties every term to its class, ${size}`, async (room) => {
    const alone = await room.visit(`/explore?class=${UNIT}`, device);
    await alone.page.getByRole('table', { name: 'Classes before and after normalisation' }).waitFor();
    const spoken = alone.page.locator('[data-spoken]');
    await expect.poll(() => spoken.textContent()).toMatch(/^softmax, espresso: probability \d/u);
    const { logits, scores } = await tensorsOf(alone, room.server.address);
    expect(await said(alone, 'softmax', 'sum')).toBeCloseTo(scores[UNIT] ?? NaN, 5);
    const most = Math.max(...logits);
    const rows = alone.page.locator('.softmax tbody tr');
    expect(await rows.count()).toBe(10);
    for (const [i, logit] of logits.entries()) {
      const text = (await rows.nth(i).innerText()).replaceAll('−', '-');
      expect(text).toContain(logit.toFixed(2));
      // The greatest is exactly as great as itself.
      expect(text).toContain(logit === most ? '0' : (logit - most).toFixed(2));
    }
    const fraction = alone.page.getByRole('region', { name: /^Softmax of/u });
    const term = fraction.getByRole('button', { name: /^koala: / });
    await term.focus();
    await alone.page.locator('.softmax tbody tr.lit', { hasText: 'koala' }).waitFor();
    await rows.filter({ hasText: 'orange' }).getByRole('button').focus();
    await fraction.locator('.lit', { hasText: (logits[8] ?? NaN).toFixed(2).replace('-', '−') }).waitFor();
    await rows.filter({ hasText: 'pizza' }).getByRole('button').click();
    await alone.sees({ focus: 'class 2' });
    await alone.button('How the logit is computed').click();
    await alone.sees({ focus: 'unit output 2' });
    await expect.poll(() => spoken.textContent()).toMatch(/^output, pizza: sum −?\d/u);
  });

scenario('an element of the strip tells where it comes from and what it adds to each class', async (room) => {
  const alone = await room.visit(`/explore?layer=flatten&unit=${ELEMENT}`);
  await alone.page.getByRole('heading', { name: 'unit 4, row 3, column 5' }).waitFor();
  const { flatten } = await tensorsOf(alone, room.server.address);
  expect(await said(alone, 'flatten', 'output')).toBe(flatten[ELEMENT]);
  await markedInTables(alone, [flatten[ELEMENT] ?? NaN]);
  const text = `${ELEMENT + 1} = (4 − 1) · 13 · 13 + (3 − 1) · 13 + 5`;
  await alone.page.getByText(text).waitFor();
  await alone.page
    .locator('.sums')
    .getByRole('button', { name: /^espresso/u })
    .click();
  await alone.sees({ focus: `link output ${UNIT} ${ELEMENT}` });
});

scenario('the chosen element and the open class are the same on every screen of a class', async (room) => {
  const { host, code } = await room.startClass();
  const [student, phone, projector] = [
    await room.join(code),
    await room.join(code, PHONE),
    await room.projector(code),
  ];
  await host.page.getByRole('button', { name: /^output, espresso/u }).click();
  await host.page.getByRole('slider', { name: /elements in a row/u }).press('Home');
  for (const person of [host, student, phone, projector]) {
    await person.sees({ focus: `link output ${UNIT} 0` });
    await person.page.getByRole('heading', { name: 'unit 1, row 1, column 1' }).waitFor();
    expect(await said(person, 'dense', 'element')).toBe(0);
  }
  expect(await projector.page.locator('.dense').getByRole('button').count()).toBe(0);
});
