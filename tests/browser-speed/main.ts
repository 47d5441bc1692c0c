/**
 * Speed in the browser: `make browser-speed` prints a table of what users feel, with its targets. Not a test: figures depend on the
 * machine, which is why the first lines tell what it can do at the moment.
 *
 * Everything is measured with the real binary, on `/explore`, in a fresh browser context of 1440 × 900 px for each of five runs. The
 * DevTools protocol slows the page's main thread down by a factor of four; the server, the network and the compositor are not slowed.
 * Frames are seen twice. Inside the page, `probe.ts` notes for each animation frame what the page showed when it began, and when it had
 * been painted; something that appears during a frame counts from the next. Outside, Chromium's trace tells when the compositor put that
 * frame on the screen, and which frames it dropped. Times end when the screen showed the frame, not when a script had finished.
 *
 * | figure | how it is measured |
 * |---|---|
 * | first frame of a unit | from the input event of the click to the first frame that shows the unit as open |
 * | formula of a pair | from the click on one of its kernels to the first frame with the card of its formula and the products of the step, in numbers, at least half opaque |
 * | frames while opening | how often the display was drawn while tiles are on their way, from the first frame of the worker that moves them to its last |
 * | frames while playing | during 3 s after the click on Play, at 16 steps a second: the lower of these display frames and the animation frames that the main thread made, for it makes every step, though a worker paints it |
 * | another picture | from the last byte of the overview's answer to the last frame that drew on a canvas; what was there before fades out over it for 120 ms more |
 * | overview after navigation | from the beginning of the navigation, with nothing cached, to the first frame that has drawn the network |
 * | low-end phone | a student who follows, on 360 × 640 px, six times slower, with 400 ms and 400 kbit/s: from opening the address of the code to the first frame with the class's picture; from the moment at which the class has a change of the stage to the first frame that shows it, at most; and the longest time between two frames while units are opened, played and left |
 * | elements | all elements of the page, in the view that has most; not throttled, it is no time |
 *
 * A unit is opened in the convolution that reads the fewest and in the one that reads the most channels.
 */
import { launch } from '../e2e/browser';
import { Server } from '../e2e/server';
import { describe } from '../e2e/tensors';
import { calibrate } from './calibration';
import { elements } from './elements';
import { lowEnd, type LowEnd } from './lowEnd';
import { run, THROTTLING, type Run } from './run';
import { table, type Figure } from './table';

/** How often everything is measured; fewer for a quick look. */
const RUNS = Number(process.env['RUNS'] ?? 5);
/** The longest that all of it may take, in ms. */
const TOTAL_MS = 420_000;

/** Measures and prints. */
export async function main(): Promise<void> {
  const late = setTimeout(() => {
    throw new Error(`not done after ${TOTAL_MS / 1000} s`);
  }, TOTAL_MS);
  const [server, browser] = [await Server.start(), await launch()];
  try {
    await calibrate(browser, THROTTLING);
    const network = await describe(server.address);
    const runs: Run[] = [];
    for (let i = 0; i < RUNS; i += 1) runs.push(await run(browser, server.address, network));
    const slow: LowEnd[] = [];
    for (let i = 0; i < RUNS; i += 1) slow.push(await lowEnd(browser, server.address, network));
    const counts = [...(await elements(browser, server.address, network))].sort((a, b) => b[1] - a[1]);
    process.stdout.write(`${table([...figures(runs, counts), ...lowEndFigures(slow)])}\n`);
  } finally {
    await browser.close();
    await server.stop();
    clearTimeout(late);
  }
}

function figures(runs: readonly Run[], counts: readonly (readonly [string, number])[]): Figure[] {
  const of = (value: (run: Run) => number) => runs.map(value);
  const [[view, most] = ['', NaN]] = counts;
  return [
    ...(['few', 'many'] as const).flatMap((inputs): Figure[] => [
      {
        what: `unit of ${inputs} inputs, first frame`,
        target: 150,
        unit: 'ms',
        values: of((run) => run[inputs].unit.after),
      },
      {
        what: `unit of ${inputs} inputs, opening`,
        target: 55,
        unit: 'frames/s',
        values: of((run) => run[inputs].unit.rate),
      },
      {
        what: `formula of a pair of ${inputs}`,
        target: 200,
        unit: 'ms',
        values: of((run) => run[inputs].formula.after),
      },
      {
        what: `formula of a pair of ${inputs}, opening`,
        target: 55,
        unit: 'frames/s',
        values: of((run) => run[inputs].formula.rate),
      },
    ]),
    { what: 'playing at 16 steps/s', target: 55, unit: 'frames/s', values: of((run) => run.playing) },
    { what: 'another picture, repainted', target: 250, unit: 'ms', values: of((run) => run.picture) },
    { what: 'overview after navigation', target: 1500, unit: 'ms', values: of((run) => run.overview) },
    { what: `most elements (${view})`, target: 2500, unit: 'elements', values: [most] },
  ];
}

function lowEndFigures(runs: readonly LowEnd[]): Figure[] {
  return [
    {
      what: 'low-end phone: code to picture',
      target: 6000,
      unit: 'ms',
      values: runs.map(({ joining }) => joining),
    },
    {
      what: 'low-end phone: change shown',
      target: 1000,
      unit: 'ms',
      values: runs.map(({ change }) => change),
    },
    {
      what: 'low-end phone: longest frame',
      target: 200,
      unit: 'ms',
      values: runs.map(({ longest }) => longest),
    },
  ];
}
