// Human convolution: a class computes a map by hand, cell by cell, and watches afterwards how it was filled.
import { expect } from 'vitest';

import type { Command, Question } from '../../frontend/src/protocol/classroom';
import { violations } from './axe';
import { lecture } from './hall';
import type { Person } from './person';
import { saved, slider } from './recording';

/** What only a reveal may tell, as it stands in a frame. */
/** Longer than it takes to give a lost focus to something else, in ms. */
const GONE_MS = 300;
const SECRETS = ['"truth"', '"right"', '"wrong"'];

const card = ({ page }: Person, phase: string) => page.locator(`[data-question="${phase}"]`);
const lead = ({ page }: Person, phase: string) => page.locator(`[data-lead="${phase}"]`);
/** Cells of a screen's maps that look like this. */
const cells = ({ page }: Person, mark: string) => page.locator(`[data-cell="${mark}"]`);
/** Whose cell it is, nobody can foresee: which one a screen has in hand. */
const inHand = async (person: Person): Promise<number> =>
  Number(await card(person, 'open').locator('[data-own-cell]').getAttribute('data-own-cell'));
const place = (cell: number): string => `row ${Math.floor(cell / 3) + 1}, column ${(cell % 3) + 1}`;
/** What the network has, and what it is computed from, by column: the three rows are the same. */
const RIGHT = [-8, 1, -8];
const WINDOW = [
  ['1', '1', '2'],
  ['1', '2', '1'],
  ['2', '1', '1'],
];
const KERNEL = ['−1', '2', '−1'];
const right = (cell: number): number => RIGHT[cell % 3] ?? 0;
const text = (number: number): string => String(number).replace('-', '−');
const field = ({ page }: Person) => page.getByLabel('Result', { exact: true });

async function send(person: Person, number: string): Promise<void> {
  await field(person).fill(number);
  await field(person).press('Enter');
}

/** The wrong one of the class, eight right ones, and the nine of the network. */
async function expectTruth(person: Person): Promise<void> {
  await expect.poll(() => cells(person, 'wrong').count()).toBe(1);
  expect(await cells(person, 'number').count()).toBe(17);
}

const fill = (cell: number, digits: number): Command => ({
  type: 'fillCell',
  question: 1,
  cell,
  number: { digits, decimals: 0 },
});

lecture('a class fills a map, through a reload and a kill -9, and watches it again', async (hall) => {
  const { room, host, code, assistant, phone, laptop, projector, crowd } = hall;
  await host.page.getByRole('combobox', { name: 'Network' }).selectOption('tiny-example');
  await host.sees({ network: 'tiny-example', focus: 'overview' });
  await host.openUnit('conv', 0);
  await hall.sees({ network: 'tiny-example', focus: 'unit conv 0' });
  await host.button('Lesson').click();
  await host.page.getByRole('tab', { name: 'Question' }).click();
  await host.page.locator('[data-ask="fill"]').click();

  // Nine cells for eight students. All numbers of the phone's are text: a window of three rows that are the same, a kernel, a bias.
  await card(phone, 'open').getByRole('heading', { name: 'Your cell' }).waitFor();
  const first = await inHand(phone);
  await card(phone, 'open')
    .getByRole('heading', { name: `Your cell: ${place(first)}` })
    .waitFor();
  const window = WINDOW[first % 3] ?? [];
  const tables = card(phone, 'open').getByRole('table');
  await expect
    .poll(() => tables.getByRole('cell').allInnerTexts())
    .toEqual([...window, ...window, ...window, ...KERNEL, ...KERNEL, ...KERNEL]);
  await card(phone, 'open').getByText('Bias: −5').waitFor();
  expect(await violations(phone)).toEqual([]);
  await host.button('Next step').click();
  await host.page.getByText('A question is open. Close it before you move on.').waitFor();

  // What is no number is not sent; a forgotten sign is corrected with the button beside the field.
  await send(phone, 'eight');
  await phone.page.getByText('Write a number, such as −3 or 0.25.').waitFor();
  await send(phone, `${-right(first)},0`);
  await phone.page.getByText(`Sent: ${text(-right(first))}.`).waitFor();
  await expect.poll(() => cells(host, 'wrong').count()).toBe(1);
  await phone.button('Change the sign').click();
  await phone.button('Correct').click();
  await phone.page.getByText(`Sent: ${text(right(first))}.`).waitFor();
  await expect.poll(() => cells(host, 'wrong').count()).toBe(0);

  // The others have one each, too: one of them forgets the bias, the laptop does nothing. Another's cell is nobody's.
  const idle = await inHand(laptop);
  const dealt = await Promise.all(crowd.members.map((_, i) => crowd.cellOf(i)));
  const left = [0, 1, 2, 3, 4, 5, 6, 7, 8].filter((cell) => ![first, idle, ...dealt].includes(cell));
  expect(left).toHaveLength(1);
  const [forgetful = -1] = dealt;
  for (const [i, cell] of dealt.entries()) {
    expect(await crowd.says(i, fill((cell + 1) % 9, 6))).toBe('unknownCell');
    expect(await crowd.says(i, fill(cell, cell === forgetful ? 6 : right(cell)))).toBe('done');
  }
  await lead(host, 'open').getByText('7 of 9 cells filled').waitFor();
  await assistant.button('Lesson').click();
  await assistant.page.getByRole('tab', { name: 'Question' }).click();
  for (const person of [host, assistant]) await expect.poll(() => cells(person, 'wrong').count()).toBe(1);
  for (const person of [projector, laptop]) await expect.poll(() => cells(person, 'filled').count()).toBe(7);
  await expect.poll(() => cells(phone, 'filled').count()).toBe(6);
  const filled = (count: number) =>
    crowd.hear(`${count} cells`, ({ question }) => question?.filled.length === count);
  await filled(7);
  expect(await violations(host)).toEqual([]);
  expect(await violations(projector)).toEqual([]);

  // A reload and the end of the server change nothing; what nobody computes goes on to whoever takes one more.
  await phone.page.reload();
  await phone.page.getByText(`Sent: ${text(right(first))}.`).waitFor();
  expect(await field(phone).inputValue()).toBe(text(right(first)));
  await room.server.kill();
  await phone.status('Your connection is gone, trying again');
  await room.server.restart();
  for (const person of hall.screens) await person.status('Connected');
  for (const cell of [left[0] ?? -1, idle]) {
    await phone.button('Next cell').click();
    await card(phone, 'open')
      .getByRole('heading', { name: `Your cell: ${place(cell)}` })
      .waitFor();
    await send(phone, String(right(cell)));
  }
  for (const person of [host, assistant])
    await lead(person, 'open').getByText('9 of 9 cells filled').waitFor();
  await filled(9);
  const late = await room.join(code, { viewport: { width: 360, height: 640 }, hasTouch: true });
  await card(late, 'open').getByRole('heading', { name: 'Your cell' }).waitFor();
  // Back at the first cell with the keys.
  await phone.button(`${place(first)}: ${text(right(first))}, yours`).press('Enter');
  await card(phone, 'open')
    .getByRole('heading', { name: `Your cell: ${place(first)}` })
    .waitFor();

  const watching = [...hall.watching, late];
  await host.button('Close answers').click();
  for (const person of watching) {
    await card(person, 'closed').waitFor();
    expect(await cells(person, 'wrong').count()).toBe(0);
    expect(await cells(person, 'number').count()).toBe(0);
  }
  await crowd.hear('the end of answers', ({ question }) => question?.phase === 'closed');
  for (const frame of hall.frames()) for (const secret of SECRETS) expect(frame).not.toContain(secret);

  await host.button('Show the answer').click();
  for (const person of watching) {
    await card(person, 'revealed').waitFor();
    await expectTruth(person);
  }
  const wrongOnes = ({ question }: { question?: Question | null }) =>
    question?.outcome?.cells.flatMap(({ wrong }, i) => (wrong ? i : [])) ?? [];
  await crowd.hear('the wrong cell', (told) => wrongOnes(told).join() === String(forgetful));
  await phone.page.getByText('Right: 3 of your 3').waitFor();
  await projector.page.getByText('Wrong cells: 1').waitFor();
  expect(await violations(phone)).toEqual([]);
  await host.button('Done, continue').click();
  await card(phone, 'revealed').waitFor({ state: 'hidden' });

  // The button is gone, and after a click the keys are for what is shown: also a while later.
  await host.page.waitForFunction(() => document.activeElement === document.body);
  await host.page.waitForTimeout(GONE_MS);
  // Of a large map a part, of one input: numbers with two decimals.
  await host.page.keyboard.press('Escape');
  await host.sees({ focus: 'overview' });
  await host.page.getByRole('combobox', { name: 'Network' }).selectOption('tiny-vgg');
  await host.sees({ network: 'tiny-vgg', focus: 'overview' });
  await host.openUnit('conv_1_1', 3);
  await host.page.getByRole('combobox', { name: 'Cells' }).selectOption('3 × 3 spread over the map');
  await host.page.locator('[data-ask="fill"]').click();
  await card(phone, 'open').getByRole('heading', { name: 'Your cell' }).waitFor();
  await expect.poll(() => tables.count()).toBe(6);
  expect(await tables.nth(1).getByRole('cell').first().innerText()).toMatch(/^−?\d\.\d\d$/u);
  await phone.page.getByText('2 decimals are enough').waitFor();
  await host.button('Withdraw the question').click();

  // The report has every cell.
  await host.button('More').click();
  await host.button('End the class…').click();
  await host.button('End the class').click();
  await host.page.getByRole('link', { name: 'Report of the class' }).click();
  const row = new RegExp(`^${place(forgetful)} 6 .*${text(right(forgetful))} 0\\W+1$`, 'u');
  await host.page.getByRole('row', { name: row }).waitFor();
  expect(await violations(host)).toEqual([]);
  await replayed(host);
  for (const person of room.people)
    person.forgive(
      /WebSocket connection|ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|404 \(Not Found\)/u,
    );
});

/** The host watches it again: the map fills as it did, and what is right comes when it came. */
async function replayed(host: Person): Promise<void> {
  await host.page.getByRole('link', { name: 'Watch the replay' }).click();
  await slider(host).waitFor();
  const recording = await saved(host.page);
  const seen = recording.moments.flatMap(({ at, seen }) =>
    seen.topic === 'question' && seen.value ? [{ at, question: seen.value }] : [],
  );
  const [map, part] = recording.questions;
  // Of the second map, which was withdrawn, nothing is told but what was seen of it.
  expect(map?.cells.filter(({ wrong }) => wrong)).toHaveLength(1);
  expect(part?.cells).toEqual([]);
  expect(seen.filter(({ question }) => question.id === part?.id && question.outcome)).toEqual([]);

  let count = 0;
  let partial = 0;
  for (const { at, question } of seen.filter(({ question }) => question.id === map?.id)) {
    await slider(host).fill(String(at));
    const shown = card(host, question.phase === 'revealed' ? 'revealed' : 'open');
    await shown.waitFor();
    if (question.phase === 'revealed') await expectTruth(host);
    else {
      await expect.poll(() => shown.locator('[data-cell="filled"]').count()).toBe(question.filled.length);
      await shown.getByText(`${question.filled.length} of 9 cells filled`).first().waitFor();
      for (const mark of ['wrong', 'number']) expect(await cells(host, mark).count()).toBe(0);
      expect(question.filled.length).toBeGreaterThanOrEqual(count);
      count = question.filled.length;
      if (count > 0 && count < 9) partial += 1;
    }
  }
  expect(count).toBe(9);
  expect(partial).toBeGreaterThan(0);
  expect(await violations(host)).toEqual([]);
}
