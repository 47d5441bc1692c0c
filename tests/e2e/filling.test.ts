// Human convolution: a class computes a map by hand, cell by cell, with a phone, a crowd of eight and a projector.
import { expect } from 'vitest';

import { violations } from './axe';
import { Crowd } from './crowd';
import { PHONE, type Person } from './person';
import { scenario } from './scenario';

/** What only a reveal may tell, as it stands in a frame. */
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

const fill = (cell: number, digits: number) => ({
  type: 'fillCell',
  question: 1,
  cell,
  number: { digits, decimals: 0 },
});

scenario('a class fills a map, through a reload and a kill -9', async (room) => {
  const { host, code } = await room.startClass();
  await host.page.getByRole('combobox', { name: 'Network' }).selectOption('tiny-example');
  await host.sees({ network: 'tiny-example', focus: 'overview' });
  await host.openUnit('conv', 0);
  const phone = await room.join(code, PHONE);
  const projector = await room.projector(code);
  const crowd = await Crowd.join(room, code, 8);
  await host.page.getByRole('button', { name: /^9 here/u }).waitFor();
  await host.button('Lesson').click();
  await host.page.getByRole('tab', { name: 'Question' }).click();
  await host.page.locator('[data-ask="fill"]').click();

  // Nine cells for nine students. All numbers of the phone's are text: a window of three rows that are the same, a kernel, a bias.
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

  // The crowd has the others, each its own; one of it forgets the bias, one does nothing. Another's cell is nobody's.
  const dealt: number[] = [];
  for (let i = 0; i < 8; i += 1) {
    await expect.poll(() => crowd.cellOf(i)).not.toBeNull();
    dealt.push((await crowd.cellOf(i)) ?? -1);
  }
  expect([first, ...dealt].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  const [forgetful = -1] = dealt;
  const idle = dealt[7] ?? -1;
  for (const [i, cell] of dealt.entries()) {
    expect(await crowd.says(i, fill((cell + 1) % 9, 6))).toBe('unknownCell');
    if (cell !== idle)
      expect(await crowd.says(i, fill(cell, cell === forgetful ? 6 : right(cell)))).toBe('done');
  }
  await lead(host, 'open').getByText('8 of 9 cells filled').waitFor();
  await expect.poll(() => cells(host, 'wrong').count()).toBe(1);
  await expect.poll(() => cells(projector, 'filled').count()).toBe(8);
  await expect.poll(() => cells(phone, 'filled').count()).toBe(7);
  expect(await violations(host)).toEqual([]);
  expect(await violations(projector)).toEqual([]);

  // A reload and the end of the server change nothing; the cell that nobody computes goes on to whoever takes one more.
  await phone.page.reload();
  await phone.page.getByText(`Sent: ${text(right(first))}.`).waitFor();
  expect(await field(phone).inputValue()).toBe(text(right(first)));
  const heard = await crowd.frames();
  await room.server.kill();
  await phone.status('Your connection is gone, trying again');
  await room.server.restart();
  for (const person of [host, phone, projector]) await person.status('Connected');
  await phone.button('Next cell').click();
  await card(phone, 'open')
    .getByRole('heading', { name: `Your cell: ${place(idle)}` })
    .waitFor();
  await send(phone, String(right(idle)));
  await lead(host, 'open').getByText('9 of 9 cells filled').waitFor();
  const late = await room.join(code, {
    viewport: { width: 360, height: 640 },
    hasTouch: true,
  });
  await card(late, 'open').getByRole('heading', { name: 'Your cell' }).waitFor();
  // Back at the first cell with the keys.
  await phone.button(`${place(first)}: ${text(right(first))}, yours`).press('Enter');
  await card(phone, 'open')
    .getByRole('heading', { name: `Your cell: ${place(first)}` })
    .waitFor();

  await host.button('Close answers').click();
  await card(phone, 'closed').waitFor();
  for (const person of [phone, late, projector]) {
    expect(await cells(person, 'wrong').count()).toBe(0);
    expect(await cells(person, 'number').count()).toBe(0);
  }
  for (const frame of [...heard, ...phone.frames, ...late.frames, ...projector.frames])
    for (const secret of SECRETS) expect(frame).not.toContain(secret);

  await host.button('Show the answer').click();
  for (const person of [phone, late, projector]) {
    await card(person, 'revealed').waitFor();
    // The wrong one of the class, eight right ones, and the nine of the network.
    await expect.poll(() => cells(person, 'wrong').count()).toBe(1);
    expect(await cells(person, 'number').count()).toBe(17);
  }
  await phone.page.getByText('Right: 2 of your 2').waitFor();
  await projector.page.getByText('Wrong cells: 1').waitFor();
  expect(await violations(phone)).toEqual([]);
  await host.button('Done, continue').click();
  await card(phone, 'revealed').waitFor({ state: 'hidden' });

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
  await host.page.goto(`${room.server.address}/c/${code}/report`);
  const row = new RegExp(`^${place(forgetful)} 6 .*${text(right(forgetful))} 0\\W+1$`, 'u');
  await host.page.getByRole('row', { name: row }).waitFor();
  expect(await violations(host)).toEqual([]);
  for (const person of room.people)
    person.forgive(
      /WebSocket connection|ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|404 \(Not Found\)/u,
    );
});
