// The installed app: what a class leaves on a device, and that an old page does not stay on a new server.
import { expect } from 'vitest';

import { LAPTOP, type Person } from './person';
import { scenario } from './scenario';
import { Wire } from './wire';

const WITH_WORKER = { ...LAPTOP, serviceWorkers: 'allow' } as const;
const NO_NETWORK = /ERR_|WebSocket connection|Failed to fetch|status of 4\d\d/u;

/** Waits until the worker answers for a page and has kept what it asked for. */
async function installed({ page }: Person, pattern: RegExp): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await expect
    .poll(async () => (await kept(page)).some((path) => pattern.test(path)), { timeout: 30_000 })
    .toBe(true);
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

scenario('a class leaves nothing behind that is not for everyone', async (room) => {
  const { code } = await room.startClass();
  const student = await room.join(code, WITH_WORKER);
  await installed(student, /\/assets\/Seat-/u);
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
    await installed(follower, /\/assets\/Seat-/u);
    await explorer.openUnit('conv_1_1', 2);
    await explorer.sees({ focus: 'unit conv_1_1 2' });
    const old = (await buildOf(follower)) ?? '';
    expect(old).toMatch(/^[0-9a-f]{24}$/u);

    // The server is restarted with other pages.
    const newer = 'fedcba9876543210fedcba98';
    wire.replace(old, newer);
    wire.cut();
    await expect.poll(() => buildOf(follower)).toBe(newer);
    await follower.status('Connected');
    await follower.sees({ focus: 'overview' });
    await host.page.getByRole('button', { name: /^2 here/u }).waitFor();
    await explorer.page.getByText('The server was updated while this page was open.').waitFor();
    expect(await buildOf(explorer)).toBe(old);
    await explorer.button('Reload').click();
    await expect.poll(() => buildOf(explorer)).toBe(newer);
    await explorer.sees({ focus: 'unit conv_1_1 2' });
    // The worker of the newer build has taken over, with the newer page for when there is no network.
    await expect
      .poll(() => follower.page.evaluate(() => caches.keys()))
      .toContain(`convocation-build-${newer}`);
    for (const person of [follower, explorer]) person.forgive(NO_NETWORK);
    wire.close();
  },
);
