/** A walk through every screen and every view, on one kind of device: what must hold on all of them is looked at stop by stop. */
import type { BrowserContextOptions } from 'playwright-core';

import { atRest } from './canvas';
import { Crowd } from './crowd';
import { hostsLine } from './line';
import type { Person } from './person';
import type { Room } from './room';
import { everyView } from './views';

/** A screen as it stands now. */
export interface Stop {
  name: string;
  person: Person;
}

/** What one does without a class, and with one. */
export const PARTS = ['alone', 'class'] as const;

/** How far someone walks. */
export interface Walk {
  device: BrowserContextOptions;
  /** Both where nothing is said. */
  parts?: readonly (typeof PARTS)[number][];
  /** Whether to stop at a screen or view; all of them where nothing is said. */
  wanted?: (name: string) => boolean;
  /** What happens to everyone's page before it is loaded. */
  prepare?: (person: Person) => Promise<void>;
}

/** From this width on the first page shows a network, in px. */
const PREVIEW_PX = 960;
/** The longest that anything may take to appear, in ms: pictures of a wall of 4K are large. */
const PATIENCE_MS = 30_000;
/** Students without a screen, who ask, answer and are lost. */
const STUDENTS = 6;
const CAPTION =
  'The kernel slides over the picture: nine products and their sum, again and again, for every output pixel.';
const ASKS = [
  'Why is the first map smaller than the picture?',
  'Is the bias the same for every pixel of the output, or does each pixel have its own?',
];

/** Stops at home, in the explorer with every view, in the article, and in a class. */
export async function* tour(room: Room, walk: Walk): AsyncGenerator<Stop> {
  const { parts = PARTS } = walk;
  if (parts.includes('alone')) yield* only(alone(room, walk), walk);
  if (parts.includes('class')) yield* only(inClass(room, walk), walk);
}

async function* only(stops: AsyncGenerator<Stop>, { wanted }: Walk): AsyncGenerator<Stop> {
  for await (const stop of stops) {
    if (wanted && !wanted(stop.name)) continue;
    await atRest(stop.person);
    yield stop;
  }
}

async function open(room: Room, path: string, { device, prepare }: Walk): Promise<Person> {
  const person = await room.newcomer({ reducedMotion: 'reduce', ...device });
  person.context.setDefaultTimeout(PATIENCE_MS);
  await prepare?.(person);
  await person.page.goto(room.server.address + path);
  return person;
}

async function* alone(room: Room, walk: Walk): AsyncGenerator<Stop> {
  const person = await open(room, '/', walk);
  const { page } = person;
  await page.locator('form input').waitFor();
  // On narrow screens there is none.
  if ((page.viewportSize()?.width ?? 0) >= PREVIEW_PX)
    await page.locator('.preview canvas').first().waitFor();
  yield { name: 'home', person };
  await page.locator('header [popovertarget]').click();
  yield { name: 'home, preferences', person };
  await page.keyboard.press('Escape');

  await person.goesTo('/explore');
  await person.sees({});
  for (const { name, shows, address } of await everyView(room.server.address)) {
    if (walk.wanted && !walk.wanted(`explore, ${name}`)) continue;
    await person.goesTo(address);
    await person.sees({ focus: shows });
    yield { name: `explore, ${name}`, person };
  }
  await person.goesTo('/learn');
  await page.locator('article h2').first().waitFor();
  yield { name: 'learn', person };
  await page.locator('article figure').nth(2).scrollIntoViewIfNeeded();
  await page.locator('article figure').nth(2).locator('canvas').first().waitFor();
  yield { name: 'learn, a figure', person };
  await person.goesTo('/replay');
  await page.locator('input[type=file]').waitFor({ state: 'attached' });
  yield { name: 'recordings', person };
  await person.goesTo('/nowhere');
  await page.locator('main').waitFor();
  yield { name: 'not found', person };
}

async function* inClass(room: Room, walk: Walk): AsyncGenerator<Stop> {
  const host = await open(room, '/', walk);
  await host.page.locator('.ways section .button').first().click();
  await host.sees({ focus: 'overview' });
  const code = await host.startedClass();
  const student = await open(room, `/c/${code}`, walk);
  const projector = await open(room, `/c/${code}/stage`, walk);
  for (const person of [student, projector]) await person.sees({ focus: 'overview' });
  const crowd = await Crowd.join(room, code, STUDENTS);
  const send = await hostsLine(host, code);
  await send({ type: 'setCaption', caption: CAPTION });
  for (const person of [student, projector]) await person.page.getByText(CAPTION).waitFor();
  const each = (name: string, people: Record<string, Person> = { desk: host, seat: student, projector }) =>
    Object.entries(people).map(([screen, person]) => ({ name: screen + name, person }));
  yield* each('');

  await host.page.locator('.invite').click();
  await host.page.locator('dialog[open]').waitFor();
  yield { name: 'desk, invitation', person: host };
  await host.page.keyboard.press('Escape');
  for (const [i, text] of ASKS.entries()) await crowd.says(i, { type: 'ask', text, spot: null, step: 0 });
  await crowd.says(2, { type: 'lost', spot: null });
  const tab = async (nth: number) => {
    const list = host.page.getByRole('tablist');
    if (!(await list.isVisible())) await host.page.locator('button.lesson').click();
    await list.getByRole('tab').nth(nth).click();
  };
  for (const [i, name] of ['lesson', 'ask', 'asks', 'people'].entries()) {
    await tab(i);
    yield { name: `desk, ${name}`, person: host };
  }
  await host.page.locator('aside > .head > .button').click();
  await student.page.locator('.ways [aria-haspopup=dialog]').click();
  await student.page.locator('dialog[open]').waitFor();
  yield { name: 'seat, asks', person: student };
  await student.page.keyboard.press('Escape');

  await send({ type: 'focus', focus: { kind: 'unit', layer: 'conv_1_1', unit: 3 } });
  await send({ type: 'step', step: 130 });
  for (const person of [host, student, projector]) await person.sees({ focus: 'unit conv_1_1 3', step: 130 });
  yield* each(', unit');

  await send({ type: 'openQuestion', question: { kind: 'value', text: null, why: null } });
  for (const person of [student, projector]) await person.page.locator('[data-question="open"]').waitFor();
  await tab(1);
  await host.page.locator('[data-lead="open"]').waitFor();
  yield* each(', open question');

  for (let i = 0; i < STUDENTS; i += 1)
    await crowd.says(i, { type: 'answer', question: 1, round: 1, choice: i % 3 });
  await student.page.locator('[data-question="open"] button:not(.fold)').first().click();
  await send({ type: 'closeQuestion' });
  await send({ type: 'reveal' });
  for (const person of [student, projector])
    await person.page.locator('[data-question="revealed"]').waitFor();
  yield* each(', revealed question', { seat: student, projector });

  await send({ type: 'dismissQuestion' });
  await host.goesTo(`/c/${code}/report`);
  await host.page.locator('main h2').first().waitFor();
  yield { name: 'report', person: host };
  await host.goesTo(`/c/${code}/replay`);
  await host.sees({ focus: 'overview' });
  yield { name: 'replay', person: host };
  await host.page.locator('[data-menu="book"]').click();
  await host.page.locator('dialog[open] li').first().waitFor();
  yield { name: 'replay, contents', person: host };
  await host.page.locator('dialog[open] li button').last().click();
  await host.page.locator('[data-question="open"]').waitFor();
  yield { name: 'replay, question', person: host };
}
