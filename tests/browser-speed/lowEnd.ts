/** A student with an old phone and a slow network: from the scanned code to the first picture of the class, and then in step with it. */
import type { Browser, CDPSession } from 'playwright-core';

import { hostsLine } from '../e2e/line';
import { Person } from '../e2e/person';
import type { Description } from '../../frontend/src/protocol/network';
import { forget, install, sightOf, type Frame } from './probe';
import { record } from './tracing';

/** How many times slower the phone's main thread is made. */
export const LOW_END = 6;
const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
/** 'Slow 4G': 400 ms there and back, 400 kbit/s down. Throughput in bytes/s. */
const NETWORK = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
/** How long what follows from a change of the stage is watched, in ms. */
const WATCH_MS = 2000;
/** How long a kernel plays while it is followed, in ms, and how many steps a second. */
const PLAY_MS = 5000;
const RATE = 4;

/** What one student met; all in ms. */
export interface LowEnd {
  /** From opening the address of the code to the first frame with the class's picture. */
  joining: number;
  /** The longest that any change of the stage took, from the moment at which the class has it to the frame that shows it. */
  change: number;
  /** The longest time between two frames while following. */
  longest: number;
}

/** Measures once: a class of one instructor, whose browser is not slowed, and one student. */
export async function lowEnd(browser: Browser, address: string, network: Description): Promise<LowEnd> {
  const desk = await browser.newContext({ locale: 'en' });
  const host = new Person(await desk.newPage(), address);
  await host.page.goto(address);
  await host.button('Start a class').click();
  await host.sees({ focus: 'overview' });
  const code = await host.startedClass();
  const send = await hostsLine(host, code);

  const context = await browser.newContext({ ...PHONE, locale: 'en', colorScheme: 'light' });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await slow(session);
  await install(page);
  const stop = await record(session);
  await page.goto(`${address}/c/${code}`);
  await page.locator('[data-picture]:not([data-picture=""])').waitFor();
  await page.waitForTimeout(WATCH_MS);
  const arrival = await sightOf(page);

  await forget(page);
  const unit = network.layers.find(({ op }) => op.type === 'conv')?.id ?? '';
  // The host's page and this one share a clock, but not the moment from which they count.
  const origin = await page.evaluate(() => performance.timeOrigin);
  const changes: { at: number; shows: string }[] = [];
  const change = async (shows: string, command: Parameters<typeof send>[0]) => {
    await send(command);
    changes.push({ at: performance.timeOrigin + performance.now() - origin, shows });
    await page.waitForTimeout(WATCH_MS);
  };
  await change(`unit ${unit} 0`, { type: 'focus', focus: { kind: 'unit', layer: unit, unit: 0 } });
  await send({ type: 'play', from: 0, rate: RATE });
  await page.waitForTimeout(PLAY_MS);
  await send({ type: 'pause', step: RATE * 5 });
  await change(`unit ${unit} 1`, { type: 'focus', focus: { kind: 'unit', layer: unit, unit: 1 } });
  await change('overview', { type: 'focus', focus: { kind: 'overview' } });
  const following = await sightOf(page);

  const presented = await stop();
  await context.close();
  await desk.close();
  const shown = (frames: readonly Frame[], is: (frame: Frame) => boolean) => presented.shown(frames.find(is));
  const asked = following.frames.map((frame) => frame.asked);
  return {
    joining: shown(arrival.frames, ({ picture, drawn }) => picture !== '' && drawn),
    change: Math.max(
      ...changes.map(
        ({ at, shows }) =>
          shown(following.frames, ({ focus, painted }) => focus === shows && painted > at - WATCH_MS) - at,
      ),
    ),
    longest: Math.max(...asked.slice(1).map((time, i) => time - (asked[i] ?? NaN))),
  };
}

async function slow(session: CDPSession): Promise<void> {
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', NETWORK);
  await session.send('Emulation.setCPUThrottlingRate', { rate: LOW_END });
}
