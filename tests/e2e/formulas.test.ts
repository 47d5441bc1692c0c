// The formula cards: the arithmetic on the screen is the server's, on every screen and with the keyboard alone.
import type { BrowserContextOptions, Locator } from 'playwright-core';
import { expect } from 'vitest';

import type { Focus } from '../../frontend/src/protocol/classroom';
import type { Description } from '../../frontend/src/protocol/network';
import { violations } from './axe';
import { settled } from './canvas';
import { contrast } from './contrast';
import { hostsLine } from './line';
import { LAPTOP, PHONE, type Person } from './person';
import type { Room } from './room';
import { scenario } from './scenario';
import { inTurn, type Check } from './turns';
import { addressOf } from './views';

const SCREENS: [string, BrowserContextOptions][] = [
  ['wide', LAPTOP],
  ['portrait', PHONE],
];

/** Largest difference between what the screen and the server say, in 32-bit arithmetic. */
const CLOSE = 1e-4;

interface Card {
  layer: string;
  unit: number;
  input?: number;
  step: number;
}

/** Brings someone who explores alone to a card. */
async function look(person: Person, { layer, unit, input, step }: Card): Promise<void> {
  const focus: Focus =
    input === undefined ? { kind: 'unit', layer, unit } : { kind: 'link', layer, unit, input };
  await person.goesTo(addressOf(focus, { step }));
  await person.sees({ focus: Object.values(focus).join(' '), step });
  await card(person).locator('[data-output]').first().waitFor();
  // Nobody presses what has been there for a few ms only.
  await settled(person);
}

const card = ({ page }: Person) => page.locator('article[aria-busy="false"]');

/** One unit of a layer, as the server computed it for the picture that is shown. */
async function tensor(room: Room, person: Person, layer: string, unit: number): Promise<Float32Array> {
  const { network, picture } = await person.view();
  const about = await fetch(`${room.server.address}/api/networks/${network}`);
  const { digest } = (await about.json()) as Description;
  const answer = await fetch(`${room.server.address}/api/tensors/${digest}/${picture}/${layer}/${unit}`);
  expect(answer.status).toBe(200);
  return new Float32Array(await answer.arrayBuffer());
}

/** What the card says the result is. */
async function result(person: Person): Promise<number> {
  return Number(await card(person).locator('[data-output]').first().getAttribute('data-output'));
}

/** Two decimals; none of a whole number. */
const brief = (value: number) =>
  (Number.isInteger(value) ? String(value) : value.toFixed(2)).replace('-', '−');
const input = (person: Person) => card(person).getByRole('slider', { name: /^Input: /u });
const output = (person: Person) => card(person).getByRole('slider', { name: /^Output: /u });

/** Presses a cell of a map with the mouse, or touches it. */
async function pressCell(map: Locator, { row, column, side }: { row: number; column: number; side: number }) {
  const box = await map.boundingBox();
  if (!box) throw new Error('the map is not on the screen');
  const position = { x: ((column + 0.5) * box.width) / side, y: ((row + 0.5) * box.height) / side };
  await map.click({ position });
}

/** Someone who explores alone. */
interface Visit {
  person: Person;
  room: Room;
  name: string;
}
const checks: Check<Visit>[] = [];

/** A check on both kinds of screen. */
function onBoth(name: string, run: (visit: Visit) => Promise<void>): void {
  checks.push({ name, run });
}

onBoth(
  "C21 a convolution's products, and the window under play, pointer and keys",
  async ({ person, room }) => {
    await look(person, { layer: 'conv_1_1', unit: 3, input: 0, step: 400 });
    const red = await tensor(room, person, 'input', 0);
    const [row, column] = [Math.floor(400 / 62), 400 % 62];
    const read = Array.from(
      { length: 9 },
      (_, i) => red[(row + Math.floor(i / 3)) * 64 + column + (i % 3)] ?? NaN,
    );
    const products = card(person).getByRole('group', { name: 'Products of value and weight for Red' });
    const factors = (await products.locator('.factors').allInnerTexts()).map((text) => text.split(/[\s×]+/u));
    expect(factors.map(([value]) => value)).toEqual(read.map(brief));
    const { y = 0 } = (await card(person).locator('math').boundingBox()) ?? {};
    expect(y).toBeGreaterThan(0);

    await person.button('Play').click();
    await expect.poll(async () => (await person.view()).step).toBeGreaterThan(401);
    await pressCell(output(person), { row: 30, column: 40, side: 62 });
    await person.button('Play').waitFor();
    await person.sees({ step: 30 * 62 + 40 });
    await pressCell(input(person), { row: 11, column: 21, side: 64 });
    await person.sees({ step: 10 * 62 + 20 });
    await output(person).focus();
    await person.page.keyboard.press('ArrowRight');
    await person.page.keyboard.press('ArrowDown');
    await person.sees({ step: 11 * 62 + 21 });
  },
);

onBoth("C22 the whole sum is the server's value", async ({ person, room }) => {
  for (const { layer, last } of [
    { layer: 'conv_1_1', last: 62 * 62 - 1 },
    { layer: 'conv_2_2', last: 26 * 26 - 1 },
  ])
    for (const step of [0, 401, last]) {
      await look(person, { layer, unit: 3, input: 1, step });
      const whole = card(person).getByRole('group', { name: 'Added over all input channels' });
      const sum = Number(await whole.getAttribute('data-sum'));
      const expected = (await tensor(room, person, layer, 3))[step] ?? NaN;
      expect(Math.abs(sum - expected)).toBeLessThan(CLOSE);
      expect(Math.abs((await result(person)) - expected)).toBeLessThan(CLOSE);
    }
});

onBoth('C23 numbers are legible on their colours, light and dark', async ({ person }) => {
  await look(person, { layer: 'conv_1_2', unit: 3, input: 2, step: 700 });
  const seen: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await person.page.emulateMedia({ colorScheme });
    const cells = () =>
      card(person)
        .locator('.cell')
        .evaluateAll((all) =>
          all.map((cell) => {
            const { color, backgroundColor, fontSize } = getComputedStyle(cell);
            return { color, backgroundColor, size: Number.parseFloat(fontSize) };
          }),
        );
    const backgrounds = async () => (await cells()).map(({ backgroundColor }) => backgroundColor).join();
    await expect.poll(backgrounds).not.toBe(seen.at(-1));
    seen.push(await backgrounds());
    const all = await cells();
    expect(all.length).toBeGreaterThan(9 * 2 + 3);
    for (const { color, backgroundColor, size } of all) {
      expect(contrast(color, backgroundColor), colorScheme).toBeGreaterThanOrEqual(4.5);
      expect(size).toBeGreaterThanOrEqual(14);
    }
    expect(new Set(all.map(({ backgroundColor }) => backgroundColor)).size).toBeGreaterThan(5);
  }
  await person.page.emulateMedia({ colorScheme: null });
});

onBoth('C24 ReLU is max(0, x) of the same cell', async ({ person, room }) => {
  await look(person, { layer: 'relu_1_1', unit: 3, step: 2000 });
  const before = await tensor(room, person, 'conv_1_1', 3);
  const after = await tensor(room, person, 'relu_1_1', 3);
  for (const step of [2000, 2001]) {
    await person.sees({ step });
    const [x = NaN, y = NaN] = [before[step], after[step]];
    expect(Math.abs((await result(person)) - y)).toBeLessThan(CLOSE);
    expect(y).toBeCloseTo(Math.max(0, x), 5);
    const text = (await card(person).locator('.equation').innerText()).replaceAll(/\s+/gu, '');
    expect(text).toBe(`max(0,${brief(x)})=${brief(y)}`);
    await person.button('Next step').click();
  }
});

onBoth('C25 max pooling marks the winner of its window', async ({ person, room }) => {
  const step = 14 * 30 + 12;
  await look(person, { layer: 'max_pool_1', unit: 5, step });
  const before = await tensor(room, person, 'relu_1_2', 5);
  const expected = (await tensor(room, person, 'max_pool_1', 5))[step] ?? NaN;
  const window = [0, 1, 60, 61].map((offset) => before[28 * 60 + 24 + offset] ?? NaN);
  expect(Math.max(...window)).toBe(expected);
  expect(Math.abs((await result(person)) - expected)).toBeLessThan(CLOSE);
  const texts = await card(person).locator('.window .cell').allInnerTexts();
  expect(texts).toEqual(window.map(brief));
  const marked = await card(person).locator('.window .marked').allInnerTexts();
  expect(marked).toEqual([brief(expected)]);
});

onBoth('C26 a card is played, switched and closed in place', async ({ person, name }) => {
  await look(person, { layer: 'relu_1_2', unit: 4, step: 10 });
  await person.button('Next step').click();
  await person.sees({ step: 11 });
  await person.button('Previous step').click();
  await person.sees({ step: 10 });
  await person.button('To the last step').click();
  await person.sees({ step: 60 * 60 - 1 });
  await person.button('Replay from the start').click();
  await person.button('Pause').click();
  expect((await person.view()).step).toBeLessThan(60);
  await person.page.getByRole('combobox', { name: 'Speed' }).selectOption('64');
  const { step } = await person.view();
  await person.button('Play').click();
  await expect.poll(async () => (await person.view()).step).toBeGreaterThan(step + 64);
  await person.unfold();
  const about = card(person).getByRole('link', { name: 'Read about it in the article: ReLU' });
  expect(await about.getAttribute('href')).toBe('/learn#relu');
  // What a narrow screen unfolded has Escape for itself.
  if (name === 'portrait') await person.page.keyboard.press('Escape');
  await person.sees({ focus: 'unit relu_1_2 4' });
  await person.button('Next unit').click();
  await person.sees({ focus: 'unit relu_1_2 5' });
  await person.button('Previous unit').click();
  await person.sees({ focus: 'unit relu_1_2 4' });
  await card(person).getByRole('button', { name: 'Back to the network' }).click();
  await person.sees({ focus: 'overview' });
});

onBoth(
  'axe finds nothing on any card with all that can be unfolded and its table',
  async ({ person, name }) => {
    for (const each of [
      { layer: 'conv_1_2', unit: 2, input: 1, step: 5 },
      { layer: 'relu_1_1', unit: 2, step: 5 },
      { layer: 'max_pool_2', unit: 2, step: 5 },
    ]) {
      // Every card as it opens is walked with all other views.
      await look(person, each);
      await person.unfold();
      if (name === 'portrait') expect(await violations(person), `${each.layer} unfolded`).toEqual([]);
      await person.button('Show as table').click();
      await person.page.getByRole('table').first().waitFor();
      expect(await violations(person), `${each.layer} as a table`).toEqual([]);
      expect(await person.page.locator('*').count()).toBeLessThan(2500);
      await person.page.keyboard.press('Escape');
      await person.page.getByRole('table').first().waitFor({ state: 'detached' });
    }
  },
);

for (const [name, screen] of SCREENS)
  scenario(`C21 to C26 on cards, ${name}`, async (room) => {
    const person = await room.visit('/explore', screen);
    await inTurn(checks, { person, room, name }, async () => {
      await person.goesTo('/explore');
      await person.sees({ focus: 'overview' });
    });
  });

scenario('the keyboard alone reads a card, its step and its table', async (room) => {
  const person = await room.visit('/explore', LAPTOP);
  await look(person, { layer: 'conv_1_1', unit: 3, input: 0, step: 0 });
  const { keyboard } = person.page;
  const spoken = person.page.locator('[data-spoken]');
  await expect
    .poll(() => spoken.textContent())
    .toMatch(/^conv_1_1, unit 4, row 1, column 1: sum −?\d+(\.\d\d)?$/u);
  await output(person).focus();
  await keyboard.press('End');
  await person.sees({ step: 62 * 62 - 1 });
  expect(await output(person).getAttribute('aria-valuetext')).toMatch(/^row 62, column 62: −?\d/u);
  await keyboard.press('Home');
  await keyboard.press('.');
  await person.sees({ step: 1 });
  await person.button('Show as table').focus();
  await keyboard.press('Enter');
  const table = person.page.getByRole('table').last();
  await table.waitFor();
  const values = await tensor(room, person, 'conv_1_1', 3);
  expect(await table.locator('mark').allInnerTexts()).toEqual([brief(values[1] ?? NaN)]);
  await keyboard.press('Escape');
  await table.waitFor({ state: 'detached' });
  await person.sees({ focus: 'link conv_1_1 3 0', step: 1 });
  await keyboard.press('Escape');
  await person.sees({ focus: 'unit conv_1_1 3' });
  await expect.poll(() => spoken.textContent()).toMatch(/^conv_1_1, unit 4, row 1, column 2: sum −?\d/u);
});

scenario('a projector shows every part of a sum, as nobody scrolls there', async (room) => {
  const { host, code } = await room.startClass();
  const projector = await room.projector(code);
  const send = await hostsLine(host, code);
  await send({ type: 'focus', focus: { kind: 'link', layer: 'conv_1_2', unit: 3, input: 2 } });
  await send({ type: 'step', step: 900 });
  await projector.sees({ focus: 'link conv_1_2 3 2', step: 900 });
  const whole = card(projector).getByRole('group', { name: 'Added over all input channels' });
  await whole.waitFor();
  for (const [width, height] of [
    [1024, 768],
    [1280, 720],
  ] as const) {
    await projector.page.setViewportSize({ width, height });
    const seen = () =>
      whole.locator('.channels .part').evaluateAll((parts) =>
        parts.map((part) => {
          const { left, right, top, bottom } = part.getBoundingClientRect();
          const isSeen = [
            [left + 2, top + 4],
            [right - 2, bottom - 4],
          ].every(([x = 0, y = 0]) => part.contains(document.elementFromPoint(x, y)));
          const sizes = [...part.children].map((each) => Number.parseFloat(getComputedStyle(each).fontSize));
          return isSeen && Math.min(...sizes) >= 14;
        }),
      );
    await expect.poll(seen, { message: `${width}×${height}` }).toEqual(Array(10).fill(true));
  }
});

for (const [name, screen] of SCREENS)
  scenario(`who may only follow reads the table of a card by keyboard, ${name}`, async (room) => {
    const { host, code } = await room.startClass();
    const student = await room.join(code, screen);
    const send = await hostsLine(host, code);
    await send({ type: 'setRoaming', roaming: 'together' });
    await send({ type: 'focus', focus: { kind: 'unit', layer: 'relu_1_1', unit: 2 } });
    for (const person of [host, student]) await person.sees({ focus: 'unit relu_1_1 2' });
    await student.page.getByText('The instructor keeps the class together for now.').waitFor();
    await card(student).waitFor();
    const { keyboard } = student.page;
    const open = async () => {
      const table = student.button('Show as table');
      const more = student.button('More about this unit');
      await table.or(more).first().waitFor();
      if (await more.count()) await more.press('Enter');
      await table.press('Enter');
      await student.page.getByRole('table').first().waitFor();
    };
    await open();
    const values = await tensor(room, student, 'relu_1_1', 2);
    const table = student.page.getByRole('table').last();
    expect(await table.locator('mark').allInnerTexts()).toEqual([(values[0] ?? NaN).toFixed(2)]);
    // Nothing that would drive is offered beside it, and the table leads nowhere else.
    await keyboard.press('Escape');
    await table.waitFor({ state: 'detached' });
    for (const name of ['Next unit', 'Back to the network', 'Next step'])
      expect(await student.button(name).count(), name).toBe(0);
    for (const person of [host, student]) await person.sees({ focus: 'unit relu_1_1 2', step: 0 });
  });

scenario('while it plays, the step is spoken at most every two seconds', async (room) => {
  const person = await room.visit('/explore', LAPTOP);
  await look(person, { layer: 'relu_1_1', unit: 0, step: 0 });
  await person.page.getByRole('combobox', { name: 'Speed' }).selectOption('16');
  await person.page.locator('[data-spoken]').evaluate((region) => {
    const times: number[] = [];
    Object.assign(globalThis, { spokenAt: times });
    new MutationObserver(() => times.push(performance.now())).observe(region, {
      characterData: true,
      childList: true,
      subtree: true,
    });
  });
  await person.button('Play').click();
  const spokenAt = () =>
    person.page.evaluate(() => (globalThis as unknown as { spokenAt: number[] }).spokenAt);
  await expect.poll(async () => (await spokenAt()).length, { timeout: 10_000 }).toBeGreaterThanOrEqual(2);
  const times = await spokenAt();
  const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0));
  for (const gap of gaps) expect(gap).toBeGreaterThan(1_900);
});
