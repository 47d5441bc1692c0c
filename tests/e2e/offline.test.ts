// The installed app: what was looked at is there without a network, and an old page never stays on a new server.
import { expect } from 'vitest';

import { drawing } from './drawing';
import { LAPTOP, type Person } from './person';
import { scenario } from './scenario';
import { Wire } from './wire';

/** The longest that a page may take to be another, in ms: it waits up to three seconds by chance. */
const ANEW_MS = 15_000;

/** The longest that keeping may take, in ms. */
const KEPT_MS = 30_000;

const WITH_WORKER = { ...LAPTOP, serviceWorkers: 'allow' } as const;
const NO_NETWORK = /ERR_|WebSocket connection|Failed to fetch|status of 4\d\d/u;

/** Waits until the worker answers for a page and has kept something of each kind. */
async function installed({ page }: Person, ...kinds: readonly RegExp[]): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
  const missing = async () => {
    const paths = await kept(page);
    return kinds.filter((kind) => !paths.some((path) => kind.test(path)));
  };
  await expect.poll(missing, { timeout: KEPT_MS }).toEqual([]);
}

/** Paths of the files of the interface in other languages than English. */
const OF_OTHERS = /[/-](?:de|es|zh)(?:_[a-z]+)?-/u;

/** Waits until every file that someone who speaks English may need is kept. */
async function complete({ page }: Person): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
  const worker = await (await fetch(new URL('/worker.js', page.url()))).text();
  const files = [...worker.matchAll(/\/assets\/[\w.-]+/gu)].map(([path]) => path);
  const needed = files.filter((path) => !OF_OTHERS.test(path));
  expect(needed.length).toBeGreaterThan(20);
  const missing = async () => {
    const paths = new Set(await kept(page));
    return needed.filter((path) => !paths.has(path));
  };
  await expect.poll(missing, { timeout: KEPT_MS }).toEqual([]);
}

/** Paths of all that is kept on the device. */
function kept(page: Person['page']): Promise<string[]> {
  return page.evaluate(async () => {
    const paths: string[] = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) paths.push(new URL(url).pathname);
    return paths;
  });
}

scenario(
  'without a network the app opens, explains, and explores what was looked at before',
  async (room) => {
    const who = await room.visit('/explore', WITH_WORKER);
    const { page } = who;
    await page.locator('[data-focus="overview"]:not([data-picture=""])').waitFor();
    const first = await who.view();
    /** The exact values of the open unit are here. */
    const calculated = () => page.locator('[data-sum][data-output]').first().waitFor();
    await who.openUnit('conv_1_1', 3);
    await who.sees({ focus: 'unit conv_1_1 3' });
    await calculated();
    // What a picture of one's own is, only the server knows, for as long as it keeps it.
    await page
      .getByLabel('Use your own picture')
      .setInputFiles({ name: 'mine.png', mimeType: 'image/png', buffer: await drawing(page) });
    await page.locator(`[data-picture]:not([data-picture="${first.picture}"])`).waitFor();
    const { picture: own } = await who.view();
    await complete(who);
    await installed(who, /\/api\/weights\//u, /\/api\/tensors\//u);
    await page.goto(`${room.server.address}/explore`);
    await who.sees({ focus: 'overview', picture: first.picture });
    const paths = await kept(page);
    expect(paths.filter((path) => path.includes(own) || path.startsWith('/api/classes'))).toEqual([]);
    expect(paths.filter((path) => OF_OTHERS.test(path))).toEqual([]);

    await room.server.kill();
    await page.goto(`${room.server.address}/explore`);
    await who.sees({ focus: 'overview', picture: first.picture });
    await who.openUnit('conv_1_1', 3);
    await calculated();
    // A picture that was never looked at cannot be shown; what is shown stays.
    await page.getByRole('group', { name: 'Pictures' }).getByRole('button').nth(5).click();
    await page.getByText('The server cannot be reached.').waitFor();
    await page.goto(`${room.server.address}/learn`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.goto(`${room.server.address}/`);
    await page.getByLabel('Class code').waitFor();
    who.forgive(NO_NETWORK);
  },
);

scenario('a class leaves nothing behind that is not for everyone', async (room) => {
  const { code } = await room.startClass();
  const student = await room.join(code, WITH_WORKER);
  await installed(student, /\/assets\/seat-/u);
  const paths = await kept(student.page);
  expect(paths.filter((path) => /classes|messages|questions|addresses|qr/u.test(path))).toEqual([]);
  // Only what a student uses is loaded while a class goes on.
  expect(paths.filter((path) => /Desk-|Article-|Report-/u.test(path))).toEqual([]);
});

const buildOf = ({ page }: Person) => page.locator('meta[name=build]').getAttribute('content');

scenario(
  'a page of an older build loads itself anew where nothing is lost, and offers it where something is',
  async (room) => {
    const { host, code } = await room.startClass();
    const wire = await Wire.to(room.server.address);
    const follower = await room.join(code, WITH_WORKER, wire.address);
    const explorer = await room.join(code, LAPTOP, wire.address);
    await installed(follower, /\/assets\/seat-/u);
    await explorer.openUnit('conv_1_1', 2);
    await explorer.sees({ focus: 'unit conv_1_1 2' });
    const old = (await buildOf(follower)) ?? '';
    expect(old).toMatch(/^[0-9a-f]{24}$/u);

    // The server is restarted with other pages.
    const newer = 'fedcba9876543210fedcba98';
    wire.replace(old, newer);
    wire.cut();
    await expect.poll(() => buildOf(follower), { timeout: ANEW_MS }).toBe(newer);
    await follower.status('Connected');
    await follower.sees({ focus: 'overview' });
    await host.page.getByRole('button', { name: /^2 here/u }).waitFor();
    await explorer.page.getByText('The server was updated while this page was open.').waitFor();
    expect(await buildOf(explorer)).toBe(old);
    await explorer.button('Reload').click();
    await expect.poll(() => buildOf(explorer), { timeout: ANEW_MS }).toBe(newer);
    await explorer.sees({ focus: 'unit conv_1_1 2' });
    // The worker of the newer build has taken over, with the newer page for when there is no network.
    await expect
      .poll(() => follower.page.evaluate(() => caches.keys()), { timeout: ANEW_MS })
      .toContain(`convocation-build-${newer}`);
    for (const person of [follower, explorer]) person.forgive(NO_NETWORK);
    wire.close();
  },
);
