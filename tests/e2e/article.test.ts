// The article: read alone, in four languages, with live figures that a silent server does not take the text away from, and on paper.
import { readFileSync } from 'node:fs';

import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

import { factsOf, MODEL_CARD } from '../../frontend/build/facts';
import { FIGURES } from '../../frontend/src/article/figures';
import { SECTIONS } from '../../frontend/src/article/sections';
import { violationsInBothThemes } from './axe';
import { LAPTOP, PHONE, type Person } from './person';
import type { Room } from './room';
import { scenario } from './scenario';

const ROOT = new URL('../../', import.meta.url).pathname;

const DESK = { viewport: { width: 1440, height: 900 } };

/** The title of the first section in each language. */
const LANGUAGES = {
  en: 'Tensor: numbers in a grid',
  es: 'Tensor: números en una cuadrícula',
  de: 'Tensor: Zahlen in einem Gitter',
  zh: '张量：排成方阵的数字',
};

async function read(room: Room, section: string, options: object = DESK): Promise<Person> {
  const reader = await room.visit(`/learn${section && `#${section}`}`, options);
  await reader.page.getByRole('heading', { level: 1 }).waitFor();
  return reader;
}

/** All figures of the text: views within them are figures, too, but not numbered. */
const figures = ({ page }: Person) =>
  page.getByRole('figure', { name: /^(?:Figure|Figura|Abbildung|图) \d+\.$/u });

/** A figure in sight, drawn, and at rest. */
async function figure(reader: Person, id: string): Promise<Locator> {
  const found = figures(reader).nth(Object.keys(FIGURES).indexOf(id));
  await found.scrollIntoViewIfNeeded();
  await found.locator('[data-focus][aria-busy="false"]').waitFor();
  await found.evaluate((it) =>
    Promise.all(it.getAnimations({ subtree: true }).map(({ finished }) => finished)),
  );
  return found;
}

const isInSight = (reader: Person, id: string) =>
  reader.page.locator(`[id="${id}"]`).evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top < innerHeight / 2 && bottom > 0;
  });

scenario('the first page and the explorer lead to the article, and it leads to them', async (room) => {
  const { page } = await room.visit('/', DESK);
  await page.getByRole('link', { name: 'Read the article' }).click();
  await page.getByRole('heading', { level: 1, name: 'How a convolutional network sees' }).waitFor();
  await page.getByRole('link', { name: 'Explore', exact: true }).click();
  await page.waitForURL(/\/explore$/u);
  await page.getByRole('link', { name: 'Article' }).click();
  await page.waitForURL(/\/learn$/u);
  await page.goBack();
  await page.waitForURL(/\/explore$/u);
});

scenario('a layer leads to the section about it, and the section back to the layer', async (room) => {
  const alone = await room.visit('/explore', DESK);
  await alone.sees({ focus: 'overview' });
  for (const [layer, section] of [
    ['input', 'tensor'],
    ['conv_1_1', 'convolution'],
    ['relu_1_1', 'relu'],
    ['max_pool_1', 'pooling'],
    ['flatten', 'flatten'],
    ['output', 'dense'],
    ['softmax', 'softmax'],
  ] as const) {
    await alone.openLayer(layer);
    await alone.page.getByRole('link', { name: /^In the article: / }).click();
    await alone.page.waitForURL(new RegExp(`/learn#${section}$`, 'u'));
    await expect.poll(() => isInSight(alone, section)).toBe(true);
    await alone.page.goBack();
    await alone.sees({ focus: `layer ${layer}` });
    await alone.page.keyboard.press('Escape');
    await alone.sees({ focus: 'overview' });
  }

  const reader = await read(room, 'layer');
  await reader.page.getByRole('cell').getByRole('link', { name: 'max_pool_1' }).click();
  await reader.sees({ focus: 'layer max_pool_1', network: 'tiny-vgg' });
  await reader.page.goBack();
  await expect.poll(() => isInSight(reader, 'layer')).toBe(true);
});

scenario('in a class the article opens beside it', async (room) => {
  const { host } = await room.startClass();
  await host.openLayer('conv_1_1');
  await host.sees({ focus: 'layer conv_1_1' });
  const [tab] = await Promise.all([
    host.context.waitForEvent('page'),
    host.page.getByRole('link', { name: 'In the article: Convolution (in a new tab)' }).click(),
  ]);
  await tab.waitForURL(/\/learn#convolution$/u);
  await host.sees({ focus: 'layer conv_1_1' });
  expect(new URL(host.page.url()).pathname).toMatch(/\/desk$/u);
});

scenario('every section has an address, and the table of contents says which one is read', async (room) => {
  const { page } = await read(room, '');
  const contents = page.getByRole('navigation', { name: 'Contents' });
  expect(await contents.getByRole('link').count()).toBe(SECTIONS.length + 1);
  for (const id of SECTIONS) {
    await contents.locator(`a[href="#${id}"]`).click();
    await page.waitForURL(new RegExp(`#${id}$`, 'u'));
    expect(await page.locator(`section[id="${id}"]`).count()).toBe(1);
  }
  await contents.getByRole('link', { name: 'Pooling' }).click();
  await contents.locator('a[href="#pooling"][aria-current]').waitFor();
  await page.reload();
  await contents.locator('a[href="#pooling"][aria-current]').waitFor();
  await contents.getByRole('link', { name: 'Beginning' }).click();
  await contents.locator('a[href="#main"][aria-current]').waitFor();
  expect(await page.evaluate(() => scrollY)).toBeLessThan(100);
});

scenario('figures are the explorer: played, stepped by key, begun again, opened', async (room) => {
  const reader = await read(room, 'relu');
  const relu = await figure(reader, 'relu');
  const stage = relu.locator('[data-focus]');
  const step = () => stage.getAttribute('data-step').then(Number);
  const { focus, step: first } = FIGURES.relu;
  expect(await stage.getAttribute('data-focus')).toBe(`unit ${focus.layer} ${focus.unit}`);
  expect(await step()).toBe(first);

  await relu.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(step).toBeGreaterThan(first);
  await relu.getByRole('button', { name: 'Pause', exact: true }).click();
  const stopped = await step();
  // Keys belong to the figure that has the focus, and to no other.
  await reader.page.keyboard.press('.');
  await expect.poll(step).toBe(stopped + 1);
  await relu.getByRole('button', { name: 'As at the beginning' }).click();
  await expect.poll(step).toBe(first);
  await reader.page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
  await reader.page.keyboard.press('.');
  expect(await step()).toBe(first);

  await relu.getByRole('link', { name: 'Open in the explorer' }).click();
  await reader.sees({ focus: `unit ${focus.layer} ${focus.unit}`, step: first });
});

scenario('on a phone every figure is drawn at the height that was kept for it', async (room) => {
  const reader = await read(room, '', PHONE);
  const heights = () => figures(reader).evaluateAll((all) => all.map((each) => each.clientHeight));
  const before = await heights();
  expect(before).toHaveLength(Object.keys(FIGURES).length);
  for (const [id, { focus }] of Object.entries(FIGURES)) {
    const drawn = await figure(reader, id);
    expect(await drawn.locator('[data-focus]').getAttribute('data-focus')).toMatch(
      new RegExp(`^${focus.kind}`, 'u'),
    );
  }
  expect(await heights()).toEqual(before);
  const over = () => reader.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await over()).toBeLessThanOrEqual(0);
  await reader.page.getByText('Contents', { exact: true }).click();
  await reader.page.getByRole('link', { name: 'Softmax', exact: true }).click();
  await expect.poll(() => isInSight(reader, 'softmax')).toBe(true);
});

for (const [locale, tensor] of Object.entries(LANGUAGES))
  scenario(`it is complete in ${locale}, and changes its language at once`, async (room) => {
    const reader = await room.visit('/learn', { ...DESK, locale });
    const { page } = reader;
    await page.getByRole('heading', { name: tensor }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(locale);
    expect(await figures(reader).count()).toBe(Object.keys(FIGURES).length);
    expect(await page.locator('article > section').count()).toBe(SECTIONS.length);
    const before = await page.getByRole('heading', { level: 1 }).innerText();
    await page.locator('button[popovertarget]').click();
    await page
      .getByRole('combobox')
      .first()
      .selectOption(locale === 'de' ? 'en' : 'de');
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).not.toBe(before);
    expect(await figures(reader).count()).toBe(Object.keys(FIGURES).length);
  });

scenario('where the server does not answer, the text stays and the figure says so', async (room) => {
  const reader = await room.newcomer(DESK);
  await reader.page.route('**/api/**', (route) =>
    route.fulfill({ status: 503, headers: { 'retry-after': '1' }, json: { code: 'busy', message: 'full' } }),
  );
  await reader.page.goto(`${room.server.address}/learn`);
  const first = figures(reader).first();
  await first.getByText('This figure needs the server; the text goes on without it.').waitFor();
  await first.getByText(/^The layers in their order/u).waitFor();
  await reader.page.getByRole('heading', { name: /^Tensor/u }).waitFor();
  await reader.page.unroute('**/api/**');
  await first.getByRole('button', { name: 'Try again' }).click();
  await first.locator('[data-focus="overview"]').waitFor();
  reader.forgive(/503/u);
});

scenario('on paper there are no controls, and links are spelled out', async (room) => {
  const reader = await read(room, 'relu');
  const relu = await figure(reader, 'relu');
  await reader.page.emulateMedia({ media: 'print', colorScheme: 'light' });
  await relu.getByRole('button', { name: 'Play', exact: true }).waitFor({ state: 'detached' });
  const controls = await reader.page
    .locator('button:enabled, input:enabled, select:enabled, nav, header .button')
    .evaluateAll((all) => all.filter((it) => it.checkVisibility()).map((it) => it.outerHTML.slice(0, 99)));
  expect(controls).toEqual([]);
  const spelled = await reader.page
    .getByRole('link', { name: 'arXiv:1603.07285' })
    .evaluate((link) => getComputedStyle(link, '::after').content);
  expect(spelled).toContain('https://arxiv.org/abs/1603.07285');
  const widest = await relu.evaluate((it) => it.getBoundingClientRect().width);
  expect(widest).toBeGreaterThan(300);
  // What is not drawn is told.
  await reader.page.getByText(/^Ten logits as circles/u).evaluate((words) => {
    if (words.getBoundingClientRect().width < 200) throw new Error('the words are hidden');
  });
  expect((await reader.page.pdf({ format: 'A4' })).byteLength).toBeGreaterThan(50_000);
});

for (const [size, device] of Object.entries({ laptop: LAPTOP, phone: PHONE }))
  scenario(`axe finds nothing in the article, ${size}`, async (room) => {
    const reader = await read(room, '', device);
    await figure(reader, 'overview');
    expect(await violationsInBothThemes(reader)).toEqual([]);
    await reader.page.goto(`${room.server.address}/learn#softmax`);
    await figure(reader, 'softmax');
    expect(await violationsInBothThemes(reader)).toEqual([]);
  });

scenario('what the text says of the network is what the server says', async (room) => {
  const { page } = await read(room, '');
  const network = await page.evaluate(async () => {
    const answer = await fetch('/api/networks/tiny-vgg');
    return (await answer.json()) as {
      parameters: number;
      layers: { id: string; shape: number[]; parameters: number }[];
    };
  });
  const facts = factsOf(readFileSync(ROOT + MODEL_CARD, 'utf8'));
  expect(facts['parameters']).toBe(network.parameters);
  for (const { id, shape } of network.layers) {
    const [units, side] = shape;
    if (side !== undefined) expect(facts[id], id).toBe(side);
    else expect([facts['flat'], facts['classes']], id).toContain(units);
  }
  const learnt = (id: string) => network.layers.find((layer) => layer.id === id)?.parameters;
  expect(facts['parameters_1_1']).toBe(learnt('conv_1_1'));
  expect(facts['parameters_1_2']).toBe(learnt('conv_1_2'));
  expect(facts['weights_output']).toBe((learnt('output') ?? 0) - (facts['classes'] ?? 0));
});
