// Nothing goes to anyone else, and nothing is left behind by which someone could be known again.
import { expect } from 'vitest';

import { violationsInBothThemes } from './axe';
import { Doctor } from './doctor';
import { drawing } from './drawing';
import { LAPTOP, PHONE, type Person } from './person';
import { Proxy } from './proxy';
import type { Room } from './room';
import { scenario } from './scenario';

/** Where everyone comes from, as far as the server can tell: an address of nobody (RFC 5737). */
const AWAY = '203.0.113.77';
/** Shortest text that is a secret rather than a choice. */
const SECRET = 16;

/** Everything said at the most talkative level of our own. */
const FLAGS = ['--behind-proxy', '--log', 'convocation=trace,info'];

/** What this browser keeps of a class: secrets and tokens. */
async function secretsOf({ page }: Person): Promise<string[]> {
  const kept = await page.evaluate(() => ({ ...localStorage, ...sessionStorage }));
  return Object.entries(kept as Record<string, string>)
    .filter(([key, value]) => key.startsWith('convocation:') && value.length >= SECRET)
    .map(([, value]) => value);
}

scenario(
  'every screen asks this server alone, and neither cookie, secret nor address is left anywhere',
  async (room) => {
    const proxy = await Proxy.before(room.server.address, { delayMs: 0 }, AWAY);
    try {
      await everyScreen(room, proxy);
    } finally {
      proxy.close();
    }
  },
  FLAGS,
);

async function everyScreen(room: Room, proxy: Proxy): Promise<void> {
  const { address } = proxy;
  const asked: Record<string, string[]> = {};
  /** Someone whose every request is noted, workers' and frames' too. */
  const open = async (name: string, path: string, device = LAPTOP): Promise<Person> => {
    const person = await room.newcomer(device, address);
    const urls: string[] = (asked[name] = []);
    person.context.on('request', (request) => urls.push(request.url()));
    await person.page.goto(address + path);
    return person;
  };
  const heading = ({ page }: Person) => page.getByRole('heading', { level: 1 }).waitFor();

  const host = await open('desk', '/');
  await host.button('Start a class').click();
  await host.status('Connected');
  const code = await host.startedClass();
  const projector = await open('projector', `/c/${code}/stage`);
  const student = await open('seat', `/c/${code}`, PHONE);
  for (const person of [projector, student]) await person.sees({ focus: 'overview' });
  const rename = student.page.getByRole('button', { name: /^Change your name: /u });
  const name = (await rename.getAttribute('aria-label'))?.replace('Change your name: ', '') ?? '';
  const alone = await open('explore', '/explore');
  await alone.sees({ focus: 'overview' });
  await heading(await open('nothing', '/nothing'));
  await heading(await open('recordings', '/replay'));
  const reader = await open('article', '/learn');
  await reader.page.locator('article figure').nth(2).scrollIntoViewIfNeeded();
  await reader.page.locator('article figure').nth(2).locator('canvas').first().waitFor();

  // What is loaded only when it is needed.
  await host.openUnit('conv_1_1', 3);
  for (const person of [projector, student]) await person.sees({ focus: 'unit conv_1_1 3' });
  await host.page.getByRole('button', { name: /^Invite/u }).click();
  await host.page.getByRole('dialog').getByRole('heading').waitFor();
  await host.page.keyboard.press('Escape');
  const tab = host.page.getByRole('tab', { name: 'Question' });
  if (!(await tab.isVisible())) await host.button('Lesson').click();
  await tab.click();
  await host.page.locator('[data-ask="sign"]').click();
  await student.page.locator('[data-question="open"] button:not(.fold)').first().click();
  await alone.page
    .getByLabel('Use your own picture')
    .setInputFiles({ name: 'mine.png', mimeType: 'image/png', buffer: await drawing(alone.page) });
  await alone.page.locator('[data-picture]:not([data-picture=""])').waitFor();
  const secrets = (await Promise.all([host, student, projector].map(secretsOf))).flat();
  const hostSecret = await host.page.evaluate(
    (code) => localStorage.getItem(`convocation:${code}:hostSecret`) ?? '',
    code,
  );
  const report = await open('report', `/c/${code}/report#${hostSecret}`);
  await heading(report);
  const replay = await open('replay', `/c/${code}/replay#${hostSecret}`);
  await replay.sees({ focus: 'overview' });

  expect(Object.keys(asked)).toHaveLength(9);
  for (const [screen, urls] of Object.entries(asked)) {
    const elsewhere = urls.filter(
      (url) => ![address, 'null'].includes(new URL(url).origin) && !url.startsWith('blob:'),
    );
    expect(elsewhere, screen).toEqual([]);
    expect(urls.length, screen).toBeGreaterThan(4);
  }
  for (const { page, context } of room.people) {
    expect(await context.cookies(), page.url()).toEqual([]);
    expect(await page.evaluate(() => document.cookie), page.url()).toBe('');
    expect(secrets.filter((secret) => page.url().includes(secret))).toEqual([]);
  }
  expect(proxy.cookies).toEqual([]);
  expect(secrets).toContain(hostSecret);
  expect(secrets.length).toBeGreaterThan(2);
  const kept = (await room.server.kept()).toString('latin1');
  // What a class is known by is in the journal: what is looked for here would be found.
  expect(kept).toContain(code);
  expect(room.server.log).toContain('class opened');
  for (const secret of secrets) {
    expect(proxy.requests.filter((path) => path.includes(secret))).toEqual([]);
    expect(room.server.log).not.toContain(secret);
    expect(kept).not.toContain(secret);
  }
  for (const trace of [AWAY, name, code]) expect(room.server.log).not.toContain(trace);
  expect(kept).not.toContain(AWAY);
  // Nor the address of whoever stands between; the server says where it listens.
  expect(room.server.log.replaceAll(new URL(room.server.address).host, '')).not.toContain('127.0.0.1');
  screensForgiven(room);
}

/** A page that is none is answered with 404, and the browser says so. */
function screensForgiven(room: Room): void {
  for (const person of room.people)
    if (person.page.url().endsWith('/nothing')) person.forgive(/status of 404/u);
}

for (const way of ['WebSocket', 'server-sent events'])
  scenario(`a phone confirms on the doctor’s page that it gets through: ${way}`, async (room) => {
    const doctor = await Doctor.start();
    const proxy = await Proxy.before(doctor.address, way === 'WebSocket' ? { delayMs: 0 } : 'refuse', AWAY);
    try {
      const phone = await room.newcomer(PHONE, proxy.address);
      await phone.page.goto(proxy.address);
      await phone.page.getByRole('heading', { name: 'This device gets through.' }).waitFor();
      await phone.status(way === 'WebSocket' ? /work, too/u : /blocked on the way/u);
      expect(await violationsInBothThemes(phone)).toEqual([]);
      phone.forgive(/WebSocket connection to .* failed/u);
      expect(await doctor.end()).toBe(0);
      expect(doctor.said).toMatch(/^ok +phone +a device got through/mu);
      expect(doctor.said.includes('a WebSocket too')).toBe(way === 'WebSocket');
      expect(doctor.said).not.toContain(AWAY);
      expect(proxy.cookies).toEqual([]);
      expect(await phone.context.cookies()).toEqual([]);
    } finally {
      proxy.close();
      await doctor.stop();
    }
  });
