/** One run: someone opens the explorer for the first time, opens two units, plays a kernel and changes the picture. */
import type { Browser, Locator, Page } from 'playwright-core';

import type { Description, Layer } from '../../frontend/src/protocol/network';
import { forget, install, sightOf, type Frame, type Sight } from './probe';
import { record, type Presented } from './tracing';

/** How many times slower the page's main thread is made. */
export const THROTTLING = 4;
const VIEWPORT = { width: 1440, height: 900 };
/** How long what an action sets off is watched, in ms: longer than anything may take. */
const WATCH_MS = 2000;
/** How long a playing kernel is watched, in ms. */
const PLAY_MS = 3000;
/** Steps per second at which it plays. */
const RATE = 16;
/** How long a pointer rests before it clicks, in ms: what pointing alone changes is over by then. */
const REST_MS = 500;
/** The longest wait for anything, in ms. */
const PATIENCE_MS = 20_000;

/** Something that was opened. */
export interface Opening {
  /** When it was there, in ms since the click. */
  after: number;
  /** In frames/s. */
  rate: number;
}

/** A unit, and the formula of one of its pairs. */
export interface Opened {
  unit: Opening;
  formula: Opening;
}

/** Everything that one run measures. */
export interface Run {
  /** In ms. */
  overview: number;
  few: Opened;
  many: Opened;
  /** In frames/s. */
  playing: number;
  /** In ms. */
  picture: number;
}

/** Measures once, in a browser context that has never seen the server. */
export async function run(browser: Browser, address: string, network: Description): Promise<Run> {
  // What is kept for later is kept when the page is at rest; what is measured goes on until then.
  const context = await browser.newContext({
    viewport: VIEWPORT,
    locale: 'en',
    colorScheme: 'light',
    serviceWorkers: 'block',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: THROTTLING });
  await install(page);
  const stop = await record(session);

  await page.goto(`${address}/explore`);
  await page.locator('[data-picture]:not([data-picture=""])').waitFor();
  await page.waitForTimeout(WATCH_MS);
  const arrival = await sightOf(page);
  const [least, most] = extremes(network);
  const unit = ({ id }: Layer) => page.getByRole('button', { name: new RegExp(`^${id}, unit 4\\b`, 'u') });
  const pair = page.getByRole('button', { name: /^Kernel for /u }).nth(1);
  const few = { unit: await click(page, unit(least)), formula: await click(page, pair) };
  await close(page);
  const many = { unit: await click(page, unit(most)), formula: await click(page, pair) };
  await page.keyboard.press('Escape');
  await page.waitForTimeout(WATCH_MS);
  await page.getByRole('combobox', { name: 'Speed' }).selectOption(String(RATE));
  const playing = await click(page, page.getByRole('button', { name: 'Play', exact: true }), PLAY_MS);
  await close(page);
  const pictures = page.getByRole('group', { name: 'Pictures' }).getByRole('button');
  const picture = await click(page, pictures.nth(4));

  const presented = await stop();
  await context.close();
  const played = playing.clicks[0] ?? NaN;
  return {
    overview: presented.shown(arrival.frames.find(({ picture, drawn }) => picture !== '' && drawn)),
    few: opened(few, presented),
    many: opened(many, presented),
    playing: drawingRate(playing, presented, played, played + PLAY_MS),
    picture: repainting(picture, presented),
  };
}

/** The convolutions that read the fewest and the most channels. */
function extremes(network: Description): [Layer, Layer] {
  const channels = ({ weights }: Layer) => weights[0]?.[1] ?? 0;
  const convolutions = network.layers
    .filter(({ op }) => op.type === 'conv')
    .sort((a, b) => channels(a) - channels(b));
  const [least, most] = [convolutions[0], convolutions.at(-1)];
  if (!least || !most) throw new Error(`${network.id} has no convolution`);
  return [least, most];
}

/** Clicks, and returns what the page saw from then on. */
async function click(page: Page, target: Locator, watchMs = WATCH_MS): Promise<Sight> {
  await target.hover();
  await page.waitForTimeout(REST_MS);
  await forget(page);
  await page.mouse.down();
  await page.mouse.up();
  await page.waitForTimeout(watchMs);
  return sightOf(page);
}

async function close(page: Page): Promise<void> {
  while ((await page.locator('[data-focus="overview"]').count()) === 0) {
    await page.keyboard.press('Escape');
    await page.waitForTimeout(WATCH_MS);
  }
}

function opened(sights: { unit: Sight; formula: Sight }, presented: Presented): Opened {
  return {
    unit: opening(sights.unit, presented, ({ focus }) => focus.startsWith('unit')),
    formula: opening(sights.formula, presented, ({ formula }) => formula),
  };
}

/** From the click to the first frame that `is` so, and the frames of the display while what the click sent out is on its way. */
function opening(sight: Sight, presented: Presented, is: (frame: Frame) => boolean): Opening {
  const clicked = sight.clicks[0] ?? NaN;
  return {
    after: presented.shown(sight.frames.find(is)) - clicked,
    rate: presented.moving(clicked, clicked + WATCH_MS),
  };
}

/** The lower of what the main thread and the compositor made between two times: for what is drawn on canvases, frame by frame. */
function drawingRate({ frames }: Sight, presented: Presented, from: number, to: number): number {
  const asked = frames.filter(({ painted }) => painted >= from && painted <= to).map(({ asked }) => asked);
  const mainThread = ((asked.length - 1) * 1000) / ((asked.at(-1) ?? NaN) - (asked[0] ?? NaN));
  return Math.min(mainThread, presented.rate(from, to));
}

/** From the answer to the last frame that drew a map. */
function repainting({ answers, frames }: Sight, presented: Presented): number {
  const answered = answers.at(-1) ?? NaN;
  const last = frames.filter(({ drawn, painted }) => drawn && painted > answered).at(-1);
  return presented.shown(last) - answered;
}
