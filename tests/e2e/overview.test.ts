// The overview, row by row of what it promises (C1 to C11), on a wide screen and on a phone held upright.
import type { BrowserContextOptions } from 'playwright-core';
import { expect } from 'vitest';

import type { Description, Layer } from '../../frontend/src/protocol/network';
import { isColoured, pixels, settled, type Rect } from './canvas';
import { drawing } from './drawing';
import { PHONE, type Person } from './person';
import type { Room } from './room';
import { scenario } from './scenario';
import { describe, tensor, type Run } from './tensors';
import { inTurn, type Check } from './turns';
import { addressOf } from './views';

const DESK = { viewport: { width: 1440, height: 900 } };

/** Someone who explores alone, at the overview, and what they look at. */
interface Visit {
  room: Room;
  who: Person;
  network: Description;
  isPhone: boolean;
}

const rows: Check<Visit>[] = [];

/** A row of the overview, on both layouts. */
function row(name: string, run: (visit: Visit) => Promise<void>): void {
  rows.push({ name, run });
}

/** The overview of the first picture from its top, with nothing pointed at. */
async function begin({ who, network }: Visit): Promise<void> {
  const [first] = network.gallery;
  await who.goesTo(addressOf({ kind: 'overview' }, { network: network.id, picture: first?.picture ?? '' }));
  await who.sees({ focus: 'overview', picture: first?.picture ?? '' });
  await who.page.mouse.move(0, 0);
  await who.page.locator('.network').evaluate((element) => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    element.scrollTo(0, 0);
  });
  await settled(who);
}

async function run({ room, who, network }: Visit): Promise<Run> {
  return { server: room.server.address, network, picture: (await who.view()).picture };
}

/** The button of a unit, counted from 0. */
function unit({ page }: Person, { id, op }: Layer, index: number) {
  if (op.type !== 'input')
    return page.getByRole('button', { name: new RegExp(`^${id}, unit ${index + 1}\\b`, 'u') });
  const channel = ['Red', 'Green', 'Blue'][index] ?? '';
  return page.getByRole('button', { name: new RegExp(`^${id}, ${channel}\\b`, 'u') });
}

async function place(visit: Visit, layer: Layer, index: number): Promise<Rect> {
  const box = await unit(visit.who, layer, index).boundingBox();
  if (!box) throw new Error(`${layer.id} has no unit ${index}`);
  return box;
}

/** The layers whose units are maps, in the order of the network. */
function mapped({ layers }: Description): Layer[] {
  return layers.filter(({ shape }) => shape.length === 3);
}

const pictures = ({ page }: Person) => page.getByRole('group', { name: 'Pictures' }).getByRole('button');

row('C1: one of a row of pictures is chosen and stands out, with a place for an own one', async ({ who }) => {
  const chosen = who.page.getByRole('group', { name: 'Pictures' }).locator('[aria-pressed="true"]');
  expect(await pictures(who).count()).toBeGreaterThanOrEqual(10);
  expect(await chosen.count()).toBe(1);
  const before = await who.view();
  await pictures(who).nth(6).click();
  await who.page.locator(`[data-picture]:not([data-picture="${before.picture}"])`).waitFor();
  expect(await chosen.count()).toBe(1);
  expect(await pictures(who).nth(6).getAttribute('aria-pressed')).toBe('true');
  const other = pictures(who).nth(7);
  const look = (which: typeof other) =>
    which.getByRole('img').evaluate((it) => {
      const { borderColor, outline, boxShadow } = getComputedStyle(it);
      return [borderColor, outline, boxShadow].join();
    });
  expect(await look(chosen)).not.toBe(await look(other));
  const { width = 0, height = 0 } = (await who.page.getByTitle('Use your own picture').boundingBox()) ?? {};
  expect(Math.min(width, height)).toBeGreaterThanOrEqual(40);
});

row('C2: pictures of any format and size, from a file, a drop or the clipboard', async (visit) => {
  const { who, isPhone } = visit;
  const { page } = who;
  const field = page.getByLabel('Use your own picture');
  const shows = async (act: () => Promise<unknown>) => {
    const before = await who.view();
    await act();
    await page.locator(`[data-picture]:not([data-picture="${before.picture}"])`).waitFor();
  };
  for (const [type, width, height] of [
    ['image/jpeg', 32, 32],
    ['image/webp', 400, 90],
    ['image/png', 1, 1],
  ] as const)
    await shows(async () =>
      field.setInputFiles({
        name: 'mine',
        mimeType: type,
        buffer: await drawing(page, { type, width, height }),
      }),
    );
  await shows(async () => give(who, 'drop', await drawing(page, { colour: 'crimson' })));
  await shows(async () => give(who, 'paste', await drawing(page, { colour: 'indigo' })));
  const inItself = (await drawing(page, { colour: 'teal' })).toString('base64');
  await shows(() => giveText(who, `data:image/png;base64,${inItself}`));

  const before = await who.view();
  await give(who, 'drop', Buffer.from('more than 12 MB'), 13 * 2 ** 20);
  await page.getByRole('alert').filter({ hasText: 'at most 12 MB' }).waitFor();
  const cut = (await drawing(page, { width: 300, height: 300 })).subarray(0, 200);
  await give(who, 'drop', cut);
  await page.getByRole('alert').filter({ hasText: 'The picture is damaged and cannot be read' }).waitFor();
  // The address of a picture at another site is not fetched: that is said, with a way to it.
  await giveText(who, 'https://example.org/cat.png');
  const way = page.getByRole('alert').getByRole('link', { name: 'Open it at example.org' });
  expect(await way.getAttribute('href')).toBe('https://example.org/cat.png');
  await page.getByRole('alert').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('alert').waitFor({ state: 'detached' });
  expect(await who.view()).toEqual(before);
  who.forgive(/status of 4\d\d/u);
  const camera = page.getByLabel('Take a photo');
  expect(await camera.count()).toBe(isPhone ? 1 : 0);
  if (isPhone) expect(await camera.getAttribute('capture')).toBe('environment');
});

/** Pastes a text into the explorer. */
async function giveText({ page }: Person, text: string): Promise<void> {
  await page.getByRole('region', { name: 'Network explorer' }).evaluate((explorer, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    explorer.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }));
  }, text);
}

/** Gives the explorer a file as a browser does when someone drops or pastes it; filled with zeros up to `size` bytes. */
async function give(
  { page }: Person,
  how: 'drop' | 'paste',
  bytes: Buffer,
  size = bytes.length,
): Promise<void> {
  await page.getByRole('region', { name: 'Network explorer' }).evaluate(
    (explorer, { how, bytes, size }) => {
      const data = new DataTransfer();
      const file = new Uint8Array(size);
      file.set(bytes);
      data.items.add(new File([file], 'mine.png', { type: 'image/png' }));
      const options = { bubbles: true, cancelable: true };
      const events =
        how === 'paste'
          ? [new ClipboardEvent('paste', { ...options, clipboardData: data })]
          : ['dragenter', 'dragover', 'drop'].map(
              (type) => new DragEvent(type, { ...options, dataTransfer: data }),
            );
      for (const event of events) explorer.dispatchEvent(event);
    },
    { how, bytes: [...bytes], size },
  );
}

row('C3: input, every layer in order and the classes, convolutions set apart', async (visit) => {
  const { network, isPhone, who } = visit;
  const at = await Promise.all(mapped(network).map((layer) => place(visit, layer, 0)));
  const begin = at.map(({ x, y }) => (isPhone ? y : x));
  expect(begin).toEqual([...begin].sort((a, b) => a - b));
  expect(new Set(begin).size).toBe(begin.length);
  const classes = await who.page
    .getByRole('button', { name: new RegExp(`^${network.labels[0]} `, 'u') })
    .boundingBox();
  expect(isPhone ? classes?.y : classes?.x).toBeGreaterThan(begin.at(-1) ?? NaN);
  if (isPhone) return;
  const gaps = mapped(network).map(({ op }, i) => {
    const [left, here] = [at[i - 1], at[i]];
    return { op: op.type, gap: left && here ? here.x - left.x - left.width : NaN };
  });
  const smallest = Math.min(...gaps.filter(({ op }) => op === 'conv').map(({ gap }) => gap));
  for (const { op, gap } of gaps) if (op === 'relu') expect(gap).toBeLessThan(smallest);
});

row('C4: every channel is a tile, the input in grey with its colours named', async (visit) => {
  const { network, who, isPhone } = visit;
  const [input, conv] = network.layers;
  if (!input || !conv) throw new Error('the network has no layers');
  const last = (layer: Layer) => unit(who, layer, (layer.shape[0] ?? 0) - 1);
  if (isPhone) {
    // A row scrolls sideways: what is out of sight comes with the arrow keys.
    await unit(who, conv, 0).focus();
    for (let i = 1; i < (conv.shape[0] ?? 0); i += 1) await who.page.keyboard.press('ArrowRight');
    await expect.poll(() => last(conv).evaluate((it) => it === document.activeElement)).toBe(true);
    for (let i = 1; i < (conv.shape[0] ?? 0); i += 1) await who.page.keyboard.press('ArrowLeft');
    await settled(who);
  } else for (const layer of mapped(network)) expect(await last(layer).count(), layer.id).toBe(1);
  const grey = await pixels(who, await place(visit, input, 0));
  expect(grey.filter(isColoured).length / grey.length).toBeLessThan(0.05);
  expect(new Set(grey.map(([red]) => red)).size).toBeGreaterThan(10);
  let [blue, red] = [0, 0];
  for (let i = 0; i < 4; i += 1)
    for (const [r, , b] of await pixels(who, await place(visit, conv, i))) {
      if (b > r + 24) blue += 1;
      if (r > b + 24) red += 1;
    }
  // Diverging around zero: both ends are there.
  expect(blue).toBeGreaterThan(20);
  expect(red).toBeGreaterThan(20);
  for (const name of ['Red', 'Green', 'Blue'])
    expect(await who.page.getByText(name, { exact: true }).count(), name).toBeGreaterThan(0);
});

row('C5 and C10: names are short until details show names, shapes and legends', async ({ who, network }) => {
  const label = (layer: Layer) => who.page.getByTitle(new RegExp(`^${layer.id}: `, 'u'));
  const [, conv] = network.layers;
  if (!conv) throw new Error('the network has no layers');
  const legends = who.page.getByRole('img', { name: /^Colours of/u });
  expect(await label(conv).innerText()).toMatch(/^Conv/u);
  const few = await legends.count();
  await who.page.getByRole('switch', { name: 'Details' }).check();
  await label(conv).filter({ hasText: conv.id }).waitFor();
  const [, rows, columns] = conv.shape;
  expect((await label(conv).innerText()).replaceAll(/\s/gu, '')).toContain(`${rows}×${columns}`);
  // They come as a part of their own.
  await expect.poll(() => legends.count()).toBeGreaterThan(few);
  await who.page.getByRole('switch', { name: 'Details' }).uncheck();
  await label(conv).filter({ hasNotText: conv.id }).waitFor();
});

row('C6 and C7: edges; what is pointed at lights up with its sources and tells its range', async (visit) => {
  const { who, network, isPhone } = visit;
  const maps = mapped(network);
  const conv = maps.findLast(({ op }) => op.type === 'conv');
  const relu = maps.find(({ inputs }) => conv && inputs[0] === conv.id);
  const source = maps.find(({ id }) => id === conv?.inputs[0]);
  if (!conv || !relu || !source) throw new Error('the network has no convolution');
  /** Rows of the gap before a layer that an edge crosses: the line in its middle. */
  const crossings = async (before: Layer, layer: Layer) => {
    const [from, to] = [await place(visit, before, 0), await place(visit, layer, 0)];
    const line = isPhone
      ? { x: 0, y: (from.y + from.height + to.y) / 2, width: PHONE.viewport.width, height: 1 }
      : { x: (from.x + from.width + to.x) / 2, y: to.y, width: 1, height: DESK.viewport.height - to.y };
    return (await pixels(who, line)).filter(([, , , opacity]) => opacity > 0).length;
  };
  const rest = { all: await crossings(source, conv), single: await crossings(conv, relu) };
  const units = conv.shape[0] ?? 0;
  if (!isPhone) {
    expect(rest.single).toBeGreaterThanOrEqual(units);
    expect(rest.all).toBeGreaterThan(rest.single * 2);
  }
  const chosen = unit(who, conv, 2);
  const quiet = await pixels(who, await grown(visit, conv, 2));
  await (isPhone ? chosen.focus() : chosen.hover());
  const values = await tensor(await run(visit), conv.id, 2);
  const range = `from ${minus(Math.min(...values))} to ${minus(Math.max(...values))}`;
  await who.page.getByText(`${conv.id} · unit 3`).waitFor();
  await who.page.getByText(range).waitFor();
  await settled(who);
  expect(await pixels(who, await grown(visit, conv, 2))).not.toEqual(quiet);
  if (isPhone) expect(await crossings(source, conv)).toBeGreaterThan(rest.all);
  expect(await pixels(who, await grown(visit, source, 0))).not.toEqual([]);
});

/** A tile with the frame that lights up around it. */
async function grown(visit: Visit, layer: Layer, index: number): Promise<Rect> {
  const { x, y, width, height } = await place(visit, layer, index);
  return { x: x - 2, y: y - 2, width: width + 4, height: height + 4 };
}

/** Two decimals with a true minus, as on the screen. */
const minus = (value: number) => value.toFixed(2).replace('-', '−');

row('C8: classes have a bar as long as their probability, and tell it to four decimals', async (visit) => {
  const { who, network } = visit;
  const scores = await tensor(await run(visit), network.output);
  // The focus of someone at the keyboard, whatever the mouse did before.
  await who.page.keyboard.press('Tab');
  for (const [i, label] of network.labels.entries()) {
    const button = who.page.getByRole('button', { name: `${label} ${(scores[i] ?? NaN).toFixed(4)}` });
    await button.focus();
    await button.getByText((scores[i] ?? NaN).toFixed(4)).waitFor();
  }
  const winner = scores.indexOf(Math.max(...scores));
  const bar = who.page.getByRole('button', { name: new RegExp(`^${network.labels[winner]} `, 'u') });
  const share = await bar.evaluate((it) => {
    const widths = [...it.querySelectorAll('span')].map((part) => part.getBoundingClientRect());
    const [track, filled] = widths.filter(({ height }) => height > 0 && height < 10);
    return (filled?.width ?? NaN) / (track?.width ?? NaN);
  });
  expect(share).toBeCloseTo(scores[winner] ?? NaN, 1);
});

row('C9: colours per block, module or network, and legends that follow choice and picture', async (visit) => {
  const { who } = visit;
  const { page } = who;
  const legends = page.getByRole('img', { name: /^Colours of/u });
  const check = async () => {
    await settled(who);
    const now = await run(visit);
    const names = await legends.evaluateAll((all) => all.map((legend) => legend.ariaLabel ?? ''));
    let activations = 0;
    for (const name of names) {
      const [, list = '', low, high] = /^Colours of (.*): from (\S+) to (\S+)$/u.exec(name) ?? [];
      const layers = list.split(', ');
      const values = await Promise.all(layers.map((layer) => tensor(now, layer)));
      const reach = Math.max(
        ...values.map((each) => each.reduce((most, value) => Math.max(most, Math.abs(value)), 0)),
      );
      if (low === minus(-reach)) activations += 1;
      else
        expect([low, high], name).toSatisfy(
          ([a, b]) => Number(a) >= 0 || b === minus(values[0]?.reduce((x, y) => Math.max(x, y)) ?? NaN),
        );
    }
    expect(activations, names.join('; ')).toBeGreaterThan(0);
    return names;
  };
  await page.getByRole('switch', { name: 'Details' }).check();
  const seen = new Set<string>();
  for (const choice of ['Block', 'Module', 'Network']) {
    await page.getByLabel('Colours per').selectOption(choice);
    seen.add((await check()).join('; '));
  }
  expect(seen.size).toBe(3);
  const before = await who.view();
  await pictures(who).nth(8).click();
  await page.locator(`[data-picture]:not([data-picture="${before.picture}"])`).waitFor();
  seen.add((await check()).join('; '));
  expect(seen.size).toBe(4);
});

row('C11: a new picture fades over the old one, and no frame is blank', async (visit) => {
  const { who, network } = visit;
  const [, conv] = network.layers;
  if (!conv) throw new Error('the network has no layers');
  const tile = await place(visit, conv, 1);
  const old = await pixels(who, tile);
  await who.page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    const [width, height] = [96, 96];
    const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    const look = () => {
      copy?.clearRect(0, 0, width, height);
      // The new picture, and over it what fades.
      for (const canvas of document.querySelectorAll<HTMLCanvasElement>('canvas:is(.maps, .before)')) {
        if (!copy || canvas.width === 0) continue;
        copy.globalAlpha = Number(getComputedStyle(canvas).opacity);
        copy.drawImage(canvas, 0, 0, width, height);
      }
      const bytes = [...(copy?.getImageData(0, 0, width, height).data ?? [])];
      const inked = bytes.filter((byte, i) => i % 4 === 3 && byte > 0).length;
      const tiles = document.querySelectorAll('[data-focus] button').length;
      seen.push([inked, tiles, bytes.reduce((sum, byte, i) => (sum + byte * (i % 251)) % 1e9, 0)].join());
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  const before = await who.view();
  await pictures(who).nth(9).click();
  await who.page.locator(`[data-picture]:not([data-picture="${before.picture}"])`).waitFor();
  await settled(who);
  expect(await pixels(who, tile)).not.toEqual(old);
  const seen = await who.page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
  // The old one, the new one, and something between them.
  expect(new Set(seen).size).toBeGreaterThan(2);
  const frames = seen.map((frame) => frame.split(',').map(Number));
  for (const part of [0, 1]) {
    const amounts = frames.map((frame) => frame[part] ?? 0);
    expect(Math.min(...amounts)).toBeGreaterThan(Math.max(...amounts) * 0.9);
  }
});

for (const [size, device] of Object.entries<BrowserContextOptions>({ wide: DESK, portrait: PHONE }))
  scenario(`C1 to C11 of the overview, ${size}`, async (room) => {
    const who = await room.visit('/explore', { ...device, reducedMotion: 'no-preference' });
    await settled(who);
    const network = await describe(room.server.address, (await who.view()).network);
    await inTurn(rows, { room, who, network, isPhone: size === 'portrait' }, begin);
  });
