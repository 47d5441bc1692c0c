// Networks that are slow, silent, gone or another one by now: the right view again within two seconds, in the same seat, with the same
// answer.
import { expect } from 'vitest';

import { hostsLine } from './line';
import { PHONE, type Person, type View } from './person';
import { scenario } from './scenario';
import { Wire } from './wire';

/** How soon the right view is there again once the network is, in ms. */
const BACK_MS = 2000;

const CONNECTION_BROKE = /WebSocket connection|ERR_/u;

/** Waits until someone sees this, and says for how long. */
async function until(person: Person, view: View): Promise<number> {
  const began = performance.now();
  await person.sees(view);
  return performance.now() - began;
}

scenario(
  'whatever becomes of the network, the view is right within two seconds of its return',
  async (room) => {
    const { host, code } = await room.startClass();
    const send = await hostsLine(host, code);
    const focus = (layer: string, unit: number) =>
      send({ type: 'focus', focus: { kind: 'unit', layer, unit } });
    const wire = await Wire.to(room.server.address);
    const student = await room.newcomer(PHONE, wire.address);
    const { page } = student;
    // The student's clock is ours: half a minute of nothing does not take half a minute.
    await page.clock.install();
    await page.goto(`${wire.address}/c/${code}`);
    await student.status('Connected');
    await focus('conv_1_1', 3);
    await student.sees({ focus: 'unit conv_1_1 3' });
    const name = () => page.getByRole('button', { name: /^Change your name/u }).getAttribute('aria-label');
    const before = await name();
    const answered = page.locator('[data-question="open"] [aria-pressed="true"]');
    const isTheSame = async () => {
      expect(await name()).toBe(before);
      expect(await answered.textContent()).toContain('negative');
    };

    // One piece in twenty is two seconds late; none overtakes it.
    wire.delay({ every: 20, ms: 2000 });
    for (let step = 1; step <= 40; step += 1) await send({ type: 'step', step });
    expect(await until(student, { step: 40 })).toBeLessThan(2000 + BACK_MS);
    const versions = student.frames.flatMap((text) => {
      const { version, frame } = JSON.parse(text) as { version?: number; frame?: { topic: string } };
      return frame?.topic === 'stage' ? [version ?? 0] : [];
    });
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    wire.delay(null);
    await send({ type: 'openQuestion', question: { kind: 'sign', text: null, why: null } });
    await page
      .locator('[data-question="open"]')
      .getByRole('button', { name: 'negative', exact: true })
      .click();
    await page.getByText(/^Your answer: negative/u).waitFor();
    await isTheSame();

    // From Wi-Fi to mobile data: every connection is gone, the next ones come from elsewhere.
    wire.cut();
    await send({ type: 'setCaption', caption: 'After another network' });
    const shown = (caption: string) => page.getByText(caption).first().waitFor({ timeout: BACK_MS });
    await shown('After another network');
    await isTheSame();

    // Half a minute in which nothing comes, and nothing says so.
    wire.silence();
    await send({ type: 'setCaption', caption: 'After the silence' });
    await page.clock.runFor(30_000);
    await student.status(/trying again|Connecting/u);
    wire.resume();
    await shown('After the silence');
    await student.status('Connected');
    await isTheSame();

    // No network at all, as the browser sees it.
    await student.context.setOffline(true);
    await student.status('You are offline');
    await send({ type: 'setCaption', caption: 'After the tunnel' });
    await student.context.setOffline(false);
    await shown('After the tunnel');
    await isTheSame();
    await host.page.getByRole('button', { name: /^1 here/u }).waitFor();
    student.forgive(CONNECTION_BROKE);
    wire.close();
  },
);

/** Phones, the last one on its side. */
const PHONES = [
  { width: 360, height: 640 },
  { width: 390, height: 844 },
  { width: 844, height: 390 },
] as const;

/** Runs in the page: where the bar ends, and whether the state of the connection is shown in its place, to be read. */
function bar() {
  const box = (of: string) => document.querySelector(of)?.getBoundingClientRect() ?? new DOMRect();
  const [place, header] = [box('.connection'), box('header')];
  const words = [...document.querySelectorAll('.connection .shown > :not(.dot)')].filter((each) =>
    each.checkVisibility(),
  );
  const isRead = words.every((each) => {
    const range = document.createRange();
    range.selectNodeContents(each);
    const isIn = [...range.getClientRects()].every(
      ({ left, right, top, bottom }) =>
        left >= place.left - 1 && right <= place.right + 1 && top >= header.top && bottom <= header.bottom,
    );
    return isIn && parseFloat(getComputedStyle(each).fontSize) >= 11;
  });
  return { height: header.height, below: box('main').top, isRead: words.length > 0 && isRead };
}

/** What is wrong with the bar of a phone in this state; it has to end where it did before. */
async function moved({ page }: Person, before: Map<number, number>): Promise<string[]> {
  const found: string[] = [];
  for (const phone of PHONES) {
    await page.setViewportSize(phone);
    const { height, below, isRead } = await page.evaluate(bar);
    const was = before.get(phone.width);
    if (height !== was || Math.abs(below - height) > 1)
      found.push(`${phone.width}: ${was} px, now ${height}`);
    if (!isRead) found.push(`${phone.width}: the words are not in their place`);
  }
  return found;
}

scenario('whatever is said of the connection, the bar of a phone stays as it is', async (room) => {
  const [theirs, own] = [await Wire.to(room.server.address), await Wire.to(room.server.address)];
  const device = { ...PHONE, viewport: PHONES[0] };
  const { host, code } = await room.startClass(device, theirs.address);
  const student = await room.join(code, device, own.address);
  const wires = new Map([
    [host, theirs],
    [student, own],
  ]);
  const found: Record<string, string[]> = {};
  const SAID = {
    en: ['Your connection is gone', 'Connecting', 'You are offline', 'The instructor is offline'],
    es: ['Se perdió tu conexión', 'Conectando', 'Estás sin conexión', 'La persona que enseña'],
    de: ['Deine Verbindung ist weg', 'Verbindung wird', 'Du bist offline', 'Die Lehrperson ist offline'],
    zh: ['你的连接已断开', '正在连接', '你已离线', '教师已离线'],
  };
  for (const [language, [lost = '', connecting = '', offline = '', waits = '']] of Object.entries(SAID)) {
    const before = new Map<Person, Map<number, number>>();
    for (const person of [host, student]) {
      const { page } = person;
      await page.evaluate((locale) => localStorage.setItem('PARAGLIDE_LOCALE', locale), language);
      await page.reload();
      await page.locator(`html[lang^="${language}"]`).waitFor();
      await page.locator('.connection .good').waitFor();
      await person.sees({ focus: 'overview' });
      // All of the bar is there.
      await page.waitForLoadState('networkidle');
      const heights = new Map<number, number>();
      for (const phone of PHONES) {
        await page.setViewportSize(phone);
        heights.set(phone.width, (await page.evaluate(bar)).height);
      }
      before.set(person, heights);
    }
    const look = async (person: Person, said: string) => {
      await person.status(said);
      const list = await moved(person, before.get(person) ?? new Map());
      if (list.length > 0) found[`${person === host ? 'desk' : 'seat'}, ${said}`] = list;
    };
    const each = (run: (person: Person, wire: Wire) => Promise<void>) =>
      Promise.all([...wires].map(([person, wire]) => run(person, wire)));
    const good = ({ page }: Person) => page.locator('.connection .good').waitFor();

    theirs.refuse();
    await look(student, waits);
    own.refuse();
    await each(async (person, wire) => {
      const { page } = person;
      await look(person, lost);
      // All of it is a tap away, and so is the next try.
      await page.setViewportSize(PHONES[0]);
      await page.locator('.connection button').first().click();
      const more = page.locator('.connection [popover]');
      await more.getByText(lost).waitFor();
      const tries = wire.connections;
      await more.getByRole('button').click();
      await expect.poll(() => wire.connections).toBeGreaterThan(tries);
      await page.keyboard.press('Escape');
      wire.resume();
      wire.silence();
      await look(person, connecting);
      wire.resume();
    });
    await each(good);
    await each(async (person) => {
      await person.context.setOffline(true);
      await look(person, offline);
      await person.context.setOffline(false);
    });
    await each(good);
  }
  expect(found).toEqual({});
  for (const [person, wire] of wires) {
    person.forgive(CONNECTION_BROKE);
    wire.close();
  }
});
