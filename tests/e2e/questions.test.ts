// Predict, then reveal: questions about the very computation on the stage.
import { expect } from 'vitest';

import type { Question } from '../../frontend/src/protocol/classroom';
import { violations } from './axe';
import { lecture } from './hall';
import { LAPTOP, PHONE, type Person } from './person';
import { scenario } from './scenario';

/** What only a reveal may tell, as it stands in a frame. */
const SECRETS = ['"key"', '"rounds"', '"count"'];

const card = ({ page }: Person, phase: string) => page.locator(`[data-question="${phase}"]`);
const lead = ({ page }: Person, phase: string) => page.locator(`[data-lead="${phase}"]`);
const answer = (person: Person, name: string) =>
  card(person, 'open').getByRole('button', { name, exact: true });

async function ask(host: Person, kind: string): Promise<void> {
  const tab = host.page.getByRole('tab', { name: 'Question' });
  if (!(await tab.isVisible())) await host.button('Lesson').click();
  await tab.click();
  await host.page.locator(`[data-ask="${kind}"]`).click();
  await lead(host, 'open').waitFor();
}

lecture('a prediction, a second vote and the reveal', async (hall) => {
  const { room, host, code, assistant, projector, phone, laptop, crowd } = hall;
  await host.openUnit('conv_1_1', 3);
  await hall.sees({ focus: 'unit conv_1_1 3', step: 0 });
  await ask(host, 'sign');
  for (const person of [phone, laptop, projector]) await card(person, 'open').waitFor();
  expect(await violations(host)).toEqual([]);
  expect(await violations(phone)).toEqual([]);

  // The stage waits, and the desk says why.
  await host.button('Next step').click();
  await host.page.getByText('A question is open. Close it before you move on.').waitFor();
  await host.sees({ step: 0 });

  // Answers are counted and nothing else; one is changed.
  await answer(phone, 'zero').click();
  await answer(phone, 'positive').click();
  await phone.page.getByText(/^Your answer: positive/u).waitFor();
  await answer(laptop, 'negative').click();
  await crowd.answer([0, 0, 0, 0, 2, 2]);
  await lead(host, 'open').getByText('8 of 8 answered').waitFor();
  await projector.page.getByText('of 8 answered').waitFor();
  expect(await host.page.locator('[data-histogram]').count()).toBe(0);

  // A reload in the middle keeps the answer; joining in the middle shows the question.
  await phone.page.reload();
  await answer(phone, 'positive').and(phone.page.locator('[aria-pressed="true"]')).waitFor();
  const late = await room.join(code, { viewport: { width: 360, height: 640 }, hasTouch: true });
  await card(late, 'open').waitFor();

  await host.button('Close answers').click();
  const counts = (person: Person) =>
    person.page
      .locator('[data-histogram] [data-choice]')
      .evaluateAll((lines) =>
        lines.map((line) => (line.textContent.match(/\d+(?=\s*$|\s*Round)/gu) ?? []).map(Number).at(-1)),
      );
  await lead(host, 'closed').locator('[data-histogram]').waitFor();
  expect(await counts(host)).toEqual([5, 0, 3]);
  await assistant.button('Lesson').click();
  await assistant.page.getByRole('tab', { name: 'Question' }).click();
  await lead(assistant, 'closed').locator('[data-histogram]').waitFor();
  expect(await counts(assistant)).toEqual([5, 0, 3]);
  await card(phone, 'closed').waitFor();
  expect(await phone.page.locator('[data-histogram]').count()).toBe(0);

  await host.button('Discuss and vote again').click();
  await phone.page.getByText('In round 1 you answered: positive').waitFor();
  await answer(phone, 'negative').click();
  await answer(laptop, 'negative').click();
  await lead(host, 'open').getByText('2 of 9 answered').waitFor();
  await host.button('Close answers').click();
  await lead(host, 'closed').getByText('Round 1: 8').waitFor();
  expect(await counts(host)).toEqual([2, 0, 0]);
  await card(phone, 'closed').waitFor();
  for (const text of hall.frames()) for (const secret of SECRETS) expect(text).not.toContain(secret);

  await host.button('Show the answer').click();
  for (const person of [phone, laptop, projector, late])
    await card(person, 'revealed').locator('[data-histogram]').waitFor();
  expect(await counts(phone)).toEqual([2, 0, 0]);
  await crowd.hear('the answer', ({ question }) => question?.outcome?.rounds.length === 2);
  expect(await violations(phone)).toEqual([]);
  expect(await violations(projector)).toEqual([]);
  await host.button('Done, continue').click();
  await card(phone, 'revealed').waitFor({ state: 'hidden' });
  await host.button('Next step').click();
  await hall.sees({ step: 1 });

  // The host's report has both rounds, in either theme.
  await host.page.goto(`${room.server.address}/c/${code}/report`);
  const cells = host.page.getByRole('cell');
  await cells.first().waitFor();
  expect((await cells.allInnerTexts()).map(Number)).toEqual([5, 2, 0, 0, 3, 0]);
  for (const colorScheme of ['light', 'dark'] as const) {
    await host.page.emulateMedia({ colorScheme });
    expect(await violations(host)).toEqual([]);
  }
});

lecture('a tile is the answer, and a restart keeps the question', async (hall) => {
  const { room, host, assistant, projector, phone, laptop, crowd } = hall;
  await ask(host, 'tile');
  for (const person of hall.watching) await card(person, 'open').waitFor();
  // On the stage itself, and in the list.
  await laptop.button('conv_1_1 · unit 3').click();
  await card(laptop, 'open').locator('[data-choice="2"][aria-pressed="true"]').waitFor();
  await card(phone, 'open').locator('[data-choice="5"]').click();
  await crowd.answer([0, 1, 2, 3]);
  await lead(host, 'open').getByText('6 of 8 answered').waitFor();

  await room.server.kill();
  await phone.status('Your connection is gone, trying again');
  await room.server.restart();
  for (const person of hall.screens) await person.status('Connected');
  await lead(host, 'open').getByText('6 of 8 answered').waitFor();
  await card(phone, 'open').locator('[data-choice="5"][aria-pressed="true"]').waitFor();
  await card(laptop, 'open').locator('[data-choice="2"][aria-pressed="true"]').waitFor();
  await projector.page.getByText('of 8 answered').waitFor();
  // Who answered before the end of the server may still think better of it, and who did not, answers now.
  await crowd.answer([5, 5, 5, 5, 5, 5]);
  await lead(host, 'open').getByText('8 of 8 answered').waitFor();
  await host.button('Close answers').click();
  await assistant.button('Lesson').click();
  await assistant.page.getByRole('tab', { name: 'Question' }).click();
  await lead(assistant, 'closed').locator('[data-histogram]').waitFor();
  await crowd.hear('the end of answers', ({ question }) => question?.phase === 'closed');
  for (const text of hall.frames()) for (const secret of SECRETS) expect(text).not.toContain(secret);
  await host.button('Show the answer').click();
  await card(laptop, 'revealed').getByText('your answer', { exact: true }).waitFor();
  const counted = ({ question }: { question?: Question | null }) =>
    question?.outcome?.rounds[0]?.map(({ choice, count }) => `${choice}: ${count}`).join();
  await crowd.hear('what was answered', (told) => counted(told) === '2: 1,5: 7');
  await host.button('Done, continue').click();
  for (const person of hall.screens)
    person.forgive(/WebSocket connection|ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/u);
});

scenario('own questions, the cell of a map, and the class that the scores would tell', async (room) => {
  const { host, code } = await room.startClass();
  const student = await room.join(code, LAPTOP);
  const scores = () => student.page.getByText(/^0[.]\d{4}$/u).count();
  await expect.poll(scores).toBeGreaterThan(0);
  await ask(host, 'topClass');
  await card(student, 'open').waitFor();
  await expect.poll(scores).toBe(0);
  await answer(student, 'koala').click();
  await host.button('Close answers').click();
  await host.button('Show the answer').click();
  await expect.poll(scores).toBeGreaterThan(0);
  await host.button('Done, continue').click();

  await host.page
    .getByLabel('Question', { exact: true })
    .and(host.page.locator('textarea'))
    .fill('What slides?');
  await host.page.getByPlaceholder('Answer 1').fill('The kernel');
  await host.page.getByPlaceholder('Answer 2').fill('The picture');
  await host.page.getByLabel('Answer 1 is right').click();
  await host.button('Ask the class').click();
  await answer(student, 'The picture').click();
  await lead(host, 'open').getByText('1 of 1 answered').waitFor();
  await host.button('Close answers').click();
  await host.button('Show the answer').click();
  await student.page.getByText('Your answer was not the right one.').waitFor();
  await host.button('Done, continue').click();

  // With the keys only: the map is a slider whose value is told.
  await host.openUnit('conv_2_2', 1);
  await ask(host, 'pixel');
  const map = card(student, 'open').getByRole('slider');
  await map.focus();
  await student.page.keyboard.press('Home');
  await student.page.keyboard.press('ArrowRight');
  await student.page.getByText(/^Your answer: row 1, column 2/u).waitFor();
  await lead(host, 'open').getByText('1 of 1 answered').waitFor();
  await host.button('Withdraw the question').click();
  await card(student, 'open').waitFor({ state: 'hidden' });
});

lecture('the driver is offline while a question is open, and the host goes on with it', async (hall) => {
  const { room, host, code, assistant, projector, phone, laptop, crowd } = hall;
  await host.page.getByRole('button', { name: /here, \d+ follow/u }).click();
  await host.page.getByRole('button', { name: /^Hand over to/u }).click();
  await assistant.openUnit('conv_1_1', 3);
  await hall.sees({ focus: 'unit conv_1_1 3' });
  await ask(assistant, 'sign');
  await answer(phone, 'zero').click();
  await crowd.answer([0, 0, 1]);
  await lead(assistant, 'open').getByText('4 of 8 answered').waitFor();

  const desk = assistant.page.url();
  await assistant.page.goto('about:blank');
  for (const person of hall.watching) await person.status('The instructor is offline, the class waits');
  await crowd.hear('that the driver is away', ({ roster }) => roster?.driverPresent === false);
  // Whoever comes now finds the question, and a reload in the middle of answering loses nothing.
  const late = await room.visit(`/c/${code}`, LAPTOP);
  await answer(late, 'positive').click();
  await phone.page.reload();
  await answer(phone, 'zero').and(phone.page.locator('[aria-pressed="true"]')).waitFor();
  await answer(phone, 'negative').click();
  await answer(laptop, 'positive').click();

  await host.button('Take over again').click();
  for (const person of hall.watching) await person.status('Connected');
  await host.page.getByRole('tab', { name: 'Question' }).click();
  await lead(host, 'open').getByText('6 of 9 answered').waitFor();
  await host.button('Close answers').click();
  for (const text of hall.frames()) for (const secret of SECRETS) expect(text).not.toContain(secret);
  await host.button('Show the answer').click();
  await card(phone, 'revealed').getByText('your answer', { exact: true }).waitFor();
  await card(projector, 'revealed').waitFor();
  await crowd.hear('the answer', ({ question }) => question?.phase === 'revealed');

  // Back again, the assistant sees the same and does not drive.
  await assistant.page.goto(desk);
  await assistant.status('Connected');
  await lead(assistant, 'revealed').waitFor();
  await assistant.page.getByText(/drives the class/u).waitFor();
  expect(await assistant.button('Done, continue').count()).toBe(0);
});

scenario('whoever learns alone asks themselves, and sees the answer where it is computed', async (room) => {
  const alone = await room.visit('/explore', PHONE);
  const { page } = alone;
  const revealed = page.locator('[data-question="revealed"]');
  const scores = () => page.getByText(/^0[.]\d{4}$/u).count();
  await alone.sees({ focus: 'overview' });

  // The scores are covered until the answer is shown, and the way leads to the class.
  await alone.button('Ask yourself').click();
  expect(await violations(alone)).toEqual([]);
  await page.locator('[data-ask="topClass"]').click();
  await expect.poll(scores).toBe(0);
  await answer(alone, 'koala').click();
  expect(await violations(alone)).toEqual([]);
  await alone.button('Show the answer').click();
  await revealed.getByText('right', { exact: true }).waitFor();
  await alone.button('See how it is computed').click();
  await page.locator('[data-focus^="class "]').waitFor();
  await alone.button('Another question').click();
  await page.getByText('more can be asked there').waitFor();

  // Whoever moves on does not want to answer any more.
  await alone.button('Back to the network').click();
  await page.locator('[data-ask="tile"]').click();
  await card(alone, 'open').waitFor();
  await alone.goesTo('/explore?layer=conv_1_1&unit=3');
  await card(alone, 'open').waitFor({ state: 'hidden' });

  await page.locator('[data-ask="sign"]').click();
  await answer(alone, 'zero').click();
  await answer(alone, 'negative').click();
  await page.getByText(/^Your answer: negative/u).waitFor();
  await alone.sees({ focus: 'unit conv_1_1 3', step: 0 });
  await alone.button('Show the answer').click();
  await revealed.getByText('your answer', { exact: true }).waitFor();
  await alone.button('See how it is computed').click();
  await alone.sees({ focus: 'unit conv_1_1 3', step: 1 });
  await revealed.getByRole('button', { name: 'Close' }).click();
  await revealed.waitFor({ state: 'hidden' });
});
