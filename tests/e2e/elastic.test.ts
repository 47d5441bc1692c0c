// The elastic view of a convolution's unit, row by row of what it promises, on a laptop and on a phone held upright.
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

import { violations } from './axe';
import { LAPTOP, PHONE, type Person } from './person';
import { scenario } from './scenario';
import { inTurn, type Check } from './turns';
import { addressOf } from './views';

const SCREENS = { laptop: LAPTOP, phone: PHONE };
/** A phone lying on its side. */
const LYING = { viewport: { width: 844, height: 390 } };
const LAYER = 'conv_1_1';
const UNIT = 3;
const OPEN = { kind: 'unit', layer: LAYER, unit: UNIT } as const;
const CHANNELS = ['Red', 'Green', 'Blue'];

/** Someone at an open unit. */
interface Visit {
  person: Person;
  screen: keyof typeof SCREENS;
}
const checks: Check<Visit>[] = [];

/** A check on both kinds of screen, beginning at the first step of an open unit. */
function onBoth(name: string, run: (person: Person, screen: keyof typeof SCREENS) => Promise<void>): void {
  checks.push({ name, run: ({ person, screen }) => run(person, screen) });
}

/** Waits until nothing moves any more. */
async function arrived(page: Page): Promise<void> {
  await page.locator('.content:not(.moving)').waitFor();
}

function map(person: Person, channel: string) {
  return person.button(`Intermediate result of ${channel}`);
}

function kernel(person: Person, channel: string) {
  return person.button(new RegExp(`^Kernel for ${channel}: `, 'u'));
}

/** The colours of a part of what is staged over the tiles, `[left, top, right, bottom]` as shares of an element's place. */
async function colours(
  person: Person,
  of: ReturnType<Person['button']>,
  [left, top, right, bottom]: [number, number, number, number],
): Promise<string> {
  const box = await of.boundingBox();
  if (!box) throw new Error('it has no place');
  return person.page.locator('.content > canvas:is(.nodes, .steps)').evaluateAll(
    (all, at) => {
      const copy = document.createElement('canvas');
      const context = copy.getContext('2d', { willReadFrequently: true });
      for (const element of all) {
        if (!(element instanceof HTMLCanvasElement)) continue;
        const own = element.getBoundingClientRect();
        const ratio = element.width / own.width;
        if (copy.width !== Math.max(Math.round(at.width * ratio), 1)) {
          copy.width = Math.max(Math.round(at.width * ratio), 1);
          copy.height = Math.max(Math.round(at.height * ratio), 1);
        }
        const [x, y] = [Math.round((at.x - own.x) * ratio), Math.round((at.y - own.y) * ratio)];
        // A copy is read, so that the canvas itself stays what it is.
        context?.drawImage(element, x, y, copy.width, copy.height, 0, 0, copy.width, copy.height);
      }
      const data = context?.getImageData(0, 0, copy.width, copy.height).data;
      return data ? data.join() : '';
    },
    {
      x: box.x + box.width * left,
      y: box.y + box.height * top,
      width: box.width * (right - left),
      height: box.height * (bottom - top),
    },
  );
}

/** Exact values of the server. */
async function floats(person: Person, path: string): Promise<number[]> {
  return person.page.evaluate(async (address) => {
    const explorer = document.querySelector<HTMLElement>('[data-picture]');
    const { network = '', picture = '' } = explorer?.dataset ?? {};
    const { digest } = (await (await fetch(`/api/networks/${network}`)).json()) as { digest: string };
    const answer = await fetch(address.replace('DIGEST', digest).replace('PICTURE', picture));
    return [...new Float32Array(await answer.arrayBuffer())];
  }, path);
}

const tensor = (person: Person, layer: string, unit: number) =>
  floats(person, `/api/tensors/DIGEST/PICTURE/${layer}/${unit}`);

/** The sum and the value that a screen shows, as numbers. */
async function shown(person: Person): Promise<{ sum: number; output: number; text: string }> {
  return person.page.locator('[data-sum]:visible').evaluate((element: HTMLElement) => ({
    sum: Number(element.dataset['sum']),
    output: Number(element.dataset['output']),
    text: element.innerText.replaceAll('−', '-'),
  }));
}

async function goTo(person: Person, step: number): Promise<void> {
  await person.page.getByRole('slider', { name: 'Step' }).fill(String(step));
  await person.sees({ step });
}

onBoth('C12: opening a unit slides everything apart, with its context beside it', async (person, screen) => {
  const inputs = await Promise.all(
    CHANNELS.map((channel) => person.button(new RegExp(`^input, ${channel}`, 'u')).boundingBox()),
  );
  const maps = await Promise.all(CHANNELS.map((channel) => map(person, channel).boundingBox()));
  for (const [i, input] of inputs.entries()) {
    const own = maps[i];
    if (!input || !own) throw new Error('a row is missing');
    expect(own.x).toBeGreaterThan(input.x + input.width);
    expect(Math.abs(own.y + own.height / 2 - input.y - input.height / 2)).toBeLessThan(1);
  }
  expect(await person.page.locator('.box.dim').count()).toBeGreaterThan(screen === 'laptop' ? 10 : 5);
});

onBoth('C13: every input has an intermediate map, revealed as far as the kernel went', async (person) => {
  await goTo(person, 2000);
  const late: [number, number, number, number] = [0.1, 0.8, 0.9, 0.95];
  const early: [number, number, number, number] = [0.1, 0.1, 0.9, 0.3];
  const before = await Promise.all(CHANNELS.map((channel) => colours(person, map(person, channel), late)));
  const done = await Promise.all(CHANNELS.map((channel) => colours(person, map(person, channel), early)));
  expect(new Set(done).size).toBe(3);
  await goTo(person, 3843);
  for (const [i, channel] of CHANNELS.entries()) {
    expect(await colours(person, map(person, channel), late)).not.toBe(before[i]);
    expect(await colours(person, map(person, channel), early)).toBe(done[i]);
  }
});

onBoth('C14: every kernel shows its own weights', async (person) => {
  const weights = await floats(person, `/api/weights/DIGEST/${LAYER}`);
  for (const [i, channel] of CHANNELS.entries()) {
    const name = await kernel(person, channel).getAttribute('aria-label');
    const own = weights.slice((UNIT * 3 + i) * 9, (UNIT * 3 + i + 1) * 9);
    const read =
      (name ?? '')
        .split(': ')[1]
        ?.split('; ')
        .map((text) => Number(text.replace('−', '-'))) ?? [];
    expect(read).toHaveLength(9);
    read.forEach((weight, at) => expect(Math.abs(weight - (own[at] ?? 0))).toBeLessThanOrEqual(0.005 + 1e-6));
    const { width = 0, height = 0 } = (await kernel(person, channel).boundingBox()) ?? {};
    // Room for the figures of nine numbers.
    expect(width / 3).toBeGreaterThanOrEqual(35);
    expect(height / 3).toBeGreaterThanOrEqual(13);
  }
});

onBoth('C15: the kernel slides over all inputs at once', async (person) => {
  const whole: [number, number, number, number] = [0, 0, 1, 1];
  const tiles = CHANNELS.map((channel) => person.button(new RegExp(`^input, ${channel}`, 'u')));
  await goTo(person, 700);
  const here = await Promise.all(tiles.map((tile) => colours(person, tile, whole)));
  expect(new Set(here).size).toBe(1);
  await goTo(person, 2600);
  const there = await Promise.all(tiles.map((tile) => colours(person, tile, whole)));
  expect(new Set(there).size).toBe(1);
  expect(there[0]).not.toBe(here[0]);
});

/** Presses on one point of an element and lets go at another, both as parts of its size: with the mouse, or with a finger. */
async function drag(
  { page, context }: Person,
  on: ReturnType<Person['button']>,
  [from, to]: readonly (readonly [number, number])[],
  how: keyof typeof SCREENS,
): Promise<void> {
  const box = await on.boundingBox();
  if (!box || !from || !to) throw new Error('it has no place');
  const at = ([x, y]: readonly [number, number]) => ({ x: box.x + x * box.width, y: box.y + y * box.height });
  const [start, end] = [at(from), at(to)];
  const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
  if (how === 'laptop') {
    await page.mouse.move(start.x, start.y);
    await page.mouse.down();
    for (const point of [middle, end]) await page.mouse.move(point.x, point.y);
    await page.mouse.up();
    return;
  }
  const hand = await context.newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    hand.send('Input.dispatchTouchEvent', { type, touchPoints });
  await touch('touchStart', [start]);
  for (const point of [middle, end]) await touch('touchMove', [point]);
  await touch('touchEnd', []);
  await hand.detach();
}

onBoth(
  'C15: the window is dragged on an input, an intermediate map and the unit itself',
  async (person, screen) => {
    const { page } = person;
    const own = person.button(new RegExp(`^${LAYER}, unit ${UNIT + 1}\\b`, 'u'));
    const open = `unit ${LAYER} ${UNIT}`;
    /** Row and column of the step, counted from 0. */
    const place = async () => {
      const { step, focus } = await person.view();
      expect(focus).toBe(open);
      return [Math.floor(step / 62), step % 62];
    };
    // A cell of the small tiles is a pixel wide: one more or less is the rounding of its place.
    const near = async (row: number, column: number) => {
      await expect.poll(async () => Math.abs(((await place())[0] ?? NaN) - row)).toBeLessThanOrEqual(1);
      await expect.poll(async () => Math.abs(((await place())[1] ?? NaN) - column)).toBeLessThanOrEqual(1);
    };
    await drag(
      person,
      person.button(/^input, Green/u),
      [
        [0.2, 0.2],
        [0.5, 0.75],
      ],
      screen,
    );
    // The window's middle is under the finger: its first cell is one row and column before.
    await near(47, 31);
    await drag(
      person,
      map(person, 'Blue'),
      [
        [0.2, 0.2],
        [0.75, 0.25],
      ],
      screen,
    );
    await near(15, 46);
    await drag(
      person,
      own,
      [
        [0.5, 0.5],
        [0.1, 0.9],
      ],
      screen,
    );
    await near(55, 6);
    // With the keys, too; without Shift they go from tile to tile.
    const [row = NaN, column = NaN] = await place();
    await own.focus();
    await page.keyboard.press('Shift+ArrowUp');
    await page.keyboard.press('Shift+ArrowRight');
    await person.sees({ step: (row - 1) * 62 + column + 1 });
    // What does not move is a click.
    await map(person, 'Red').click();
    await person.sees({ focus: `link ${LAYER} ${UNIT} 0` });
  },
);

onBoth('C16: what is computed flows into the sum, with the bias, while the kernel moves', async (person) => {
  const bias = (await floats(person, `/api/weights/DIGEST/${LAYER}`)).slice(10 * 3 * 9)[UNIT] ?? Number.NaN;
  expect((await shown(person)).text).toContain(`+ ${bias.toFixed(4)}`);
  const content = person.page.locator('.content');
  // Where the dashes are.
  const flows = () =>
    person.page.locator('.content > canvas.flows').evaluate((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) throw new Error('this is no canvas');
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
      if (!copy) throw new Error('there is no canvas');
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
      return data.reduce<number>((sum, byte, i) => (sum * 31 + byte * i) % 1_000_003, 0);
    });
  const still = await flows();
  await person.button('Play').click();
  await expect.poll(flows).not.toBe(still);
  await person.button('Pause').click();
  await person.button('Play').waitFor();
  const stopped = await flows();
  await content.evaluate(() => new Promise((next) => setTimeout(next, 200)));
  expect(await flows()).toBe(stopped);
  await person.page.emulateMedia({ reducedMotion: 'reduce' });
  await person.button('Play').click();
  const reduced = await flows();
  await content.evaluate(() => new Promise((next) => setTimeout(next, 200)));
  expect(await flows()).toBe(reduced);
  await person.page.emulateMedia({ reducedMotion: null });
});

onBoth('C17: skip ends it at once, replay begins anew', async (person) => {
  await person.button('To the last step').click();
  await person.sees({ step: 3843 });
  expect(await person.button('To the last step').isDisabled()).toBe(true);
  await person.button('Replay from the start').click();
  await person.button('Pause').waitFor();
  expect((await person.view()).step).toBeLessThan(100);
});

onBoth('C18: short captions say what slides, whose kernel it is, and what is added up', async (person) => {
  for (const words of [
    /Each input has its own kernel/u,
    /The kernel slides over its input/u,
    /Add up all intermediate results, then add the bias/u,
  ]) {
    const caption = person.page.getByText(words);
    await caption.waitFor();
    expect(await fits(caption), String(words)).toBe(true);
    const size = await caption.evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
    expect(size).toBeGreaterThanOrEqual(13);
  }
});

/** Whether all of a caption's text is inside it: what is too much goes out at the top, where nothing scrolls. */
function fits(caption: Locator): Promise<boolean> {
  return caption.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const [text, box] = [range.getBoundingClientRect(), element.getBoundingClientRect()];
    return text.top >= box.top - 1 && text.bottom <= box.bottom + 1;
  });
}

onBoth(
  'C19: a pair lights up, and a click opens its formula; another one switches in place',
  async (person, screen) => {
    await map(person, 'Green').focus();
    await person.page.locator('.pair.fading').waitFor();
    if (screen === 'laptop') {
      await kernel(person, 'Red').hover();
      await person.page.locator('.pair.fading').first().waitFor();
    }
    await map(person, 'Green').click();
    await person.sees({ focus: `link ${LAYER} ${UNIT} 1` });
    await person.page.getByRole('article', { name: `${LAYER} · unit ${UNIT + 1}` }).waitFor();
    await arrived(person.page);
    await person.page.locator('.pair.chosen').waitFor();
    // The tiles are there, too.
    await person.page.locator('.apart.away').waitFor({ state: 'detached' });
    const content = person.page.locator('.content');
    await content.evaluate((element) => {
      new MutationObserver(() => {
        if (element.classList.contains('moving')) element.setAttribute('data-went', '');
      }).observe(element, { attributeFilter: ['class'] });
    });
    await map(person, 'Red').click();
    await person.sees({ focus: `link ${LAYER} ${UNIT} 0` });
    await arrived(person.page);
    // Where nothing moves, nothing goes out of sight; on a phone the rows do, under the card.
    if (screen === 'laptop') expect(await content.getAttribute('data-went')).toBeNull();
    await map(person, 'Red').press('ArrowDown');
    await person.page.keyboard.press('Enter');
    await person.sees({ focus: `link ${LAYER} ${UNIT} 1` });
  },
);

onBoth('C20: empty space, Escape and Back go up one level', async (person) => {
  await map(person, 'Blue').click();
  await person.sees({ focus: `link ${LAYER} ${UNIT} 2` });
  await arrived(person.page);
  await person.page.keyboard.press('Escape');
  await person.sees({ focus: `unit ${LAYER} ${UNIT}` });
  await arrived(person.page);
  await person.page.locator('.network').click({ position: { x: 4, y: 4 } });
  await person.sees({ focus: 'overview' });
  await person.page.goBack();
  await person.sees({ focus: `unit ${LAYER} ${UNIT}` });
  await person.page.goBack();
  await person.sees({ focus: `link ${LAYER} ${UNIT} 2` });
});

onBoth('C22: all inputs and the bias add up to the value that the server computed', async (person) => {
  const values = await tensor(person, LAYER, UNIT);
  for (const step of [0, 1, 61, 62, 1999, 3843]) {
    await goTo(person, step);
    const { sum, output, text } = await shown(person);
    expect(Math.abs(sum - (values[step] ?? Number.NaN)), `step ${step}`).toBeLessThan(1e-4);
    expect(output).toBe(values[step]);
    expect(text).toContain(`= ${(values[step] ?? Number.NaN).toFixed(4)}`);
  }
});

onBoth(
  'the title of what is open stands in one line, on the smallest phone too',
  async ({ page }, screen) => {
    const before = page.viewportSize() ?? LAPTOP.viewport;
    if (screen === 'phone') await page.setViewportSize({ width: 360, height: 640 });
    const title = page.getByRole('heading', { name: `${LAYER} · unit ${UNIT + 1}`, exact: true }).first();
    const lines = () =>
      title.evaluate((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return range.getClientRects().length;
      });
    await expect.poll(lines).toBe(1);
    await page.setViewportSize(before);
  },
);

onBoth('all of it is read as tables: any input, its kernel and map, the sum, the unit', async (person) => {
  const [step, columns] = [2000, 62];
  await goTo(person, step);
  const [unit, weights, blue] = await Promise.all([
    tensor(person, LAYER, UNIT),
    floats(person, `/api/weights/DIGEST/${LAYER}/${UNIT}`),
    tensor(person, 'input', 2),
  ]);
  await (await person.tool('Show as table')).click();
  const dialog = person.page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Input' }).selectOption({ label: 'Blue' });
  await dialog.getByRole('group', { name: 'Kernel for Blue' }).waitFor();
  const figures = (texts: string[]) => texts.map((text) => Number(text.replace('−', '-')));
  const near = (read: number[], wanted: number[], within: number) => {
    expect(read).toHaveLength(wanted.length);
    for (const [i, value] of wanted.entries())
      expect(Math.abs((read[i] ?? NaN) - value)).toBeLessThan(within);
  };
  const cells = async (name: RegExp, of: string) =>
    figures(await dialog.getByRole('group', { name }).locator(of).allInnerTexts());
  const kernel = weights.slice(18, 27);
  near(await cells(/^Kernel for Blue/u, 'td:not(:empty)'), kernel, 0.0051);
  const [row, column] = [Math.floor(step / columns), step % columns];
  const window = kernel.map((_, i) => blue[(row + Math.floor(i / 3)) * 64 + column + (i % 3)] ?? NaN);
  near(await cells(/^Input: /u, 'mark'), window, 0.0051);
  const part = window.reduce((sum, value, i) => sum + value * (kernel[i] ?? NaN), 0);
  near(await cells(/^Intermediate result of Blue/u, 'mark'), [part], 0.0051);
  near(await cells(/^Output: /u, 'mark'), [unit[step] ?? NaN], 0.0051);
  const sum = await cells(/^Sum at row/u, 'td');
  near(sum.slice(2, 3), [part], 0.0001);
  near([sum.slice(0, -1).reduce((a, b) => a + b, 0)], sum.slice(-1), 0.0003);
  near(sum.slice(-1), [unit[step] ?? NaN], 0.0001);
  expect(await violations(person)).toEqual([]);
  await person.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await person.sees({ focus: `unit ${LAYER} ${UNIT}`, step });
});

for (const [screen, options] of Object.entries(SCREENS) as [keyof typeof SCREENS, typeof LAPTOP][])
  scenario(`C12 to C22 at an open unit (${screen})`, async (room) => {
    const person = await room.visit('/explore', { ...options, reducedMotion: 'no-preference' });
    await person.sees({ focus: 'overview' });
    await person.openUnit(LAYER, UNIT);
    await inTurn(checks, { person, screen }, async () => {
      await person.goesTo(addressOf(OPEN));
      await person.sees({ focus: `unit ${LAYER} ${UNIT}`, step: 0 });
      await person.page.locator('[data-sum]:visible').waitFor();
      await arrived(person.page);
    });
  });

scenario('C18: a phone lying on its side has all three captions, in every language', async (room) => {
  const person = await room.visit(addressOf(OPEN), { ...PHONE, ...LYING });
  for (const locale of ['en', 'de', 'es', 'zh']) {
    await person.page.evaluate((language) => localStorage.setItem('PARAGLIDE_LOCALE', language), locale);
    await person.page.reload();
    await person.page.locator('[data-sum]:visible').waitFor();
    await arrived(person.page);
    const captions = person.page.locator('.note');
    expect(await captions.count()).toBe(3);
    for (const caption of await captions.all())
      expect(await fits(caption), `${locale}: ${await caption.innerText()}`).toBe(true);
  }
});

scenario('ten inputs add up, too, and a laptop and a phone are at the same step of them', async (room) => {
  const { host, code } = await room.startClass();
  const [phone, projector] = [await room.join(code, PHONE), await room.projector(code)];
  await host.openUnit('conv_2_2', 4);
  const all = [host, phone, projector];
  for (const person of all) await person.sees({ focus: 'unit conv_2_2 4' });
  const values = await tensor(host, 'conv_2_2', 4);
  for (const step of [5, 300]) {
    await goTo(host, step);
    for (const person of all) {
      await person.sees({ step });
      const { sum, output } = await shown(person);
      expect(output).toBe(values[step]);
      expect(Math.abs(sum - output)).toBeLessThan(1e-4);
    }
  }
  await map(host, 'unit 7').click();
  for (const person of all) await person.sees({ focus: 'link conv_2_2 4 6', step: 300 });
  for (const person of [host, phone]) await map(person, 'unit 7').waitFor();
});
