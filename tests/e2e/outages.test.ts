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
