/** What this machine can do now, so that figures from two machines, or from a busy and an idle one, can be judged. */
import { cpus, loadavg } from 'node:os';

import type { Browser } from 'playwright-core';

import { median } from './statistics';

const RUNS = 5;
/** Rounds of the loop: about 50 ms on a laptop of 2020. */
const ROUNDS = 20_000_000;
/** How long an empty page is watched, in ms. */
const WATCH_MS = 1000;

/** Prints it. */
export async function calibrate(browser: Browser, throttling: number): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const measure = async (rate: number) => {
    await session.send('Emulation.setCPUThrottlingRate', { rate });
    const loops: number[] = [];
    for (let i = 0; i < RUNS; i += 1) loops.push(await page.evaluate(loop, ROUNDS));
    return { loop: median(loops), frames: await page.evaluate(framesOf, WATCH_MS) };
  };
  const [free, throttled] = [await measure(1), await measure(throttling)];
  await context.close();
  const [one = 0, five = 0] = loadavg();
  const lines = [
    `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, load ${one.toFixed(1)} (1 min), ${five.toFixed(1)} (5 min)`,
    `Chromium ${browser.version()}`,
    `a loop of ${ROUNDS / 1e6} million rounds: ${free.loop.toFixed(0)} ms, throttled ${throttled.loop.toFixed(0)} ms`,
    `an empty page: ${free.frames.toFixed(1)} frames/s, throttled ${throttled.frames.toFixed(1)}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n\n`);
}

/** Runs in the page: how long a fixed amount of arithmetic takes, in ms. */
function loop(rounds: number): number {
  const begin = performance.now();
  let x = 1;
  for (let i = 0; i < rounds; i += 1) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
  }
  // The result is used, so that no compiler leaves the loop out.
  return x === 0 ? NaN : performance.now() - begin;
}

/** Runs in the page: frames per second of a page that does nothing else. */
async function framesOf(ms: number): Promise<number> {
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const begin = await frame();
  let [now, count] = [begin, 0];
  while (now - begin < ms) {
    now = await frame();
    count += 1;
  }
  return (count * 1000) / (now - begin);
}
