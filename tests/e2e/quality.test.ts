// What holds for every screen: accessible in both themes, no larger than it must be, at home on every size.
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';

import { expect } from 'vitest';

import { violationsInBothThemes } from './axe';
import { LAPTOP, PHONE, type Person } from './person';
import { scenario } from './scenario';
import { addressOf } from './views';

/** JavaScript of a student's first load with a unit open, compressed with gzip, in bytes. */
const STUDENT_BYTES = 120 * 1024;

for (const [size, device] of Object.entries({ laptop: LAPTOP, phone: PHONE }))
  scenario(`axe finds nothing on any screen, ${size}`, async (room) => {
    const found: Record<string, string[]> = {};
    const check = async (name: string, person: Person) => {
      const list = await violationsInBothThemes(person);
      if (list.length > 0) found[name] = list;
    };
    const home = await room.visit('/', device);
    await home.page.getByLabel('Class code').waitFor();
    await check('home', home);
    const { host, code } = await room.startClass(device);
    await check('desk', host);
    await host.page.getByRole('button', { name: /here, \d+ follow/u }).click();
    await check('people', host);
    await host.page.getByRole('button', { name: /here, \d+ follow/u }).click();
    await host.page.getByRole('button', { name: /^Invite/u }).click();
    await check('invite', host);
    await host.page.keyboard.press('Escape');
    const student = await room.join(code, device);
    await check('seat', student);
    const projector = await room.visit(`/c/${code}/stage`, LAPTOP);
    await projector.sees({});
    await check('stage', projector);
    await host.openUnit('conv_1_1', 0);
    for (const person of [host, student, projector]) await person.sees({ focus: 'unit conv_1_1 0' });
    await check('desk with a unit', host);
    await check('seat with a unit', student);
    await check('stage with a unit', projector);
    const alone = await room.visit('/explore', device);
    await alone.sees({ focus: 'overview' });
    await check('explore', alone);
    await alone.goesTo('/replay');
    await alone.page.getByRole('heading', { name: 'Open a recording' }).waitFor();
    await check('recordings', alone);
    const stranger = await room.visit(`/c/${code}/desk`, device);
    await stranger.page.getByRole('heading', { name: 'This link does not open the class' }).waitFor();
    await check('refusal', stranger);
    expect(found).toEqual({});
  });

/** Views that someone opens by their address, and what is there when they are. */
const ADDRESSED = [
  [{ kind: 'hyperparameters', input: 7, padding: 1, kernel: 3, stride: 4, dilation: 1 }, 'Output 2 × 2'],
  [{ kind: 'unit', layer: 'conv_1_2', unit: 1 }, '5 × 5 of 64 × 64 pixels'],
] as const;

for (const [size, device] of Object.entries({ laptop: LAPTOP, phone: PHONE }))
  scenario(`axe finds nothing on addressed views, ${size}`, async (room) => {
    for (const [focus, words] of ADDRESSED) {
      const address = addressOf(focus, { receptiveField: true });
      const alone = await room.visit(address, device);
      await alone.page.getByText(words).waitFor();
      expect(await violationsInBothThemes(alone)).toEqual([]);
    }
  });

/** The length of an answer compressed with gzip, in bytes. */
async function gzipped(url: string): Promise<number> {
  const request = get(url, { headers: { 'accept-encoding': 'gzip' } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) bytes += chunk.length;
  return bytes;
}

scenario('what a student loads first is at most 120 kB of JavaScript', async (room) => {
  const { host, code } = await room.startClass();
  await host.openUnit('conv_1_1', 0);
  const student = await room.newcomer();
  const scripts: string[] = [];
  student.page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js')) scripts.push(response.url());
  });
  await student.page.goto(`${room.server.address}/c/${code}`);
  await student.status('Connected');
  await student.sees({ focus: 'unit conv_1_1 0' });
  const sizes = await Promise.all(scripts.map(gzipped));
  expect(sizes.length).toBeGreaterThan(2);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(STUDENT_BYTES);
});

const SIZES = [
  [360, 640],
  [390, 844],
  [844, 390],
  [1024, 768],
  [1440, 900],
] as const;

scenario('no screen of a class scrolls as a page or overflows sideways, at any size', async (room) => {
  const { host, code } = await room.startClass();
  const people = {
    host,
    student: await room.join(code),
    projector: await room.projector(code),
  };
  const home = await room.visit('/');
  for (const [width, height] of SIZES) {
    for (const [name, { page }] of Object.entries({ ...people, home })) {
      await page.setViewportSize({ width, height });
      const over = await page.evaluate(() => ({
        x: document.documentElement.scrollWidth - innerWidth,
        y: document.documentElement.scrollHeight - innerHeight,
      }));
      expect(over.x, `${name} at ${width}×${height}`).toBeLessThanOrEqual(0);
      if (name !== 'home') expect(over.y, `${name} at ${width}×${height}`).toBeLessThanOrEqual(0);
    }
  }
});

scenario('everything that is touched is large enough for a finger', async (room) => {
  const { host, code } = await room.startClass(PHONE);
  const student = await room.join(code, PHONE);
  const home = await room.visit('/', PHONE);
  for (const { page } of [host, student, home]) {
    const small = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.button, input, select')]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }))
        .map((element) => ({
          box: element.getBoundingClientRect(),
          html: element.outerHTML.slice(0, 120),
        }))
        .filter(({ box }) => box.width > 1 && (box.width < 44 || box.height < 44))
        .map(({ box, html }) => `${box.width}×${box.height} ${html}`),
    );
    expect(small).toEqual([]);
  }
});

scenario('language and theme change at once, without a reload and for good', async (room) => {
  const { code } = await room.startClass();
  const student = await room.join(code);
  await student.page.evaluate(() => Object.assign(globalThis, { stayed: true }));
  await student.button('Language and theme').click();
  await student.page.getByRole('combobox', { name: /^Language/u }).selectOption('de');
  await student.button('Folgen').waitFor();
  expect(await student.page.locator('html').getAttribute('lang')).toBe('de');
  await student.page.getByRole('combobox', { name: /^Aussehen/u }).selectOption('dark');
  expect(await student.page.evaluate(() => getComputedStyle(document.body).colorScheme)).toBe('dark');
  expect(await student.page.evaluate(() => 'stayed' in globalThis)).toBe(true);
  await student.page.reload();
  await student.button('Folgen').waitFor();
  expect(await student.page.evaluate(() => getComputedStyle(document.body).colorScheme)).toBe('dark');

  // A language whose words do not come is not shown, and the one that is shown stays.
  await student.page.route('**/*words-es-*.js', (route) => route.abort());
  await student.button('Sprache und Aussehen').click();
  const languages = student.page.getByRole('combobox', { name: /^Sprache/u });
  await languages.selectOption('es');
  await student.page.getByText('Diese Seite konnte nicht geladen werden.').waitFor();
  expect(await languages.inputValue()).toBe('de');
  await student.button('Folgen').waitFor();
  student.forgive(/ERR_FAILED/u);
});

scenario('where the words cannot be loaded, the page says so in its language, to try again', async (room) => {
  const person = await room.newcomer({ ...LAPTOP, locale: 'zh' });
  const { page } = person;
  await page.route('**/*words-zh-*.js', (route) => route.abort());
  await page.goto(room.server.address);
  await page.getByRole('alert').waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('zh');
  await page.unroute('**/*words-zh-*.js');
  await person.button('重试').click();
  await page.getByLabel('课堂代码').waitFor();
  person.forgive(/ERR_FAILED/u);
});

scenario('the keyboard alone starts a class and reaches the stage', async (room) => {
  const { page } = await room.visit('/');
  await page.getByRole('button', { name: 'Start a class' }).waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('main:focus').waitFor();
  const start = page.getByRole('button', { name: 'Start a class' });
  for (let i = 0; i < 10 && !(await start.evaluate((it) => it === document.activeElement)); i += 1)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/desk$/u);
  await page.locator('main:focus').waitFor();
  await page.getByRole('button', { name: /^Invite/u }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Join this class' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('button:focus', { hasText: /\w{3} \w{3}/u }).waitFor();
});
