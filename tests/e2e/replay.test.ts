// A class once more: for its host, and from the file on a server that never had it.
import { expect } from 'vitest';

import type { Recording } from '../../frontend/src/protocol/classroom';
import { violationsInBothThemes } from './axe';
import { drawing } from './drawing';
import { lecture, type Hall } from './hall';
import { LAPTOP, PHONE, type Person } from './person';
import { savedText, slider } from './recording';
import type { Room } from './room';
import { scenario } from './scenario';
import { Server } from './server';

const SIZES = [
  [360, 640],
  [390, 844],
  [844, 390],
  [1024, 768],
  [1440, 900],
] as const;

const card = ({ page }: Person, phase: string) => page.locator(`[data-question="${phase}"]`);
const heading = ({ page }: Person, name: string | RegExp) => page.getByRole('heading', { name });

/** A short class: a lesson, a question answered twice over and shown, another that is never shown, and a picture of the instructor's own. */
async function held(hall: Hall): Promise<void> {
  const { host, phone, crowd } = hall;
  const tab = host.page.getByRole('tab', { name: 'Lesson' });
  if (!(await tab.isVisible())) await host.button('Lesson').click();
  await tab.click();
  const panel = host.page.getByRole('tabpanel');
  await panel.getByRole('button', { name: /^A first look/u }).click();
  await panel.getByRole('button', { name: 'Start the lesson' }).click();
  await panel.getByRole('button', { name: 'Go on' }).click();
  await hall.sees({ focus: 'unit input 0' });
  await host.button('Back to the network').click();
  await host.openUnit('conv_1_1', 3);
  await hall.sees({ focus: 'unit conv_1_1 3' });
  const lead = (phase: string) => host.page.locator(`[data-lead="${phase}"]`);
  await host.page.getByRole('tab', { name: 'Question' }).click();
  await host.page.locator('[data-ask="sign"]').click();
  await card(phone, 'open').getByRole('button', { name: 'zero', exact: true }).click();
  await crowd.answer([0, 0, 2, 2, 2]);
  await lead('open').getByText('6 of 8 answered').waitFor();
  await host.button('Close answers').click();
  await host.button('Show the answer').click();
  await host.button('Done, continue').click();
  const before = await host.view();
  await host.page.getByLabel('Use your own picture').setInputFiles({
    name: 'mine.png',
    mimeType: 'image/png',
    buffer: await drawing(host.page),
  });
  await phone.page.locator(`[data-picture]:not([data-picture="${before.picture}"])`).waitFor();
  await hall.sees(await host.view());
  await host.page.locator('[data-ask="value"]').click();
  await crowd.answer([0]);
  await lead('open').getByText('1 of 8 answered').waitFor();
  await host.button('Withdraw the question').click();
  await host.button('More').click();
  await host.button('End the class…').click();
  await host.button('End the class').click();
  for (const person of [host, phone]) await heading(person, 'The class is over').waitFor();
}

/** Chooses a file on the page for recordings, whatever is open there. */
async function open({ page }: Person, text: string, name = 'class.json'): Promise<void> {
  await page
    .locator('input[type="file"][accept*="json"]')
    .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
}

/** The recording after `change`. */
function changed(text: string, change: (recording: Recording) => void): string {
  const recording = JSON.parse(text) as Recording;
  change(recording);
  return JSON.stringify(recording);
}

lecture('a class is watched again, answered, left for a while and taken along', async (hall) => {
  const { room, host, code, crowd } = hall;
  await held(hall);
  await host.page.getByRole('link', { name: 'Watch the replay' }).click();
  await slider(host).waitFor();
  expect(new URL(host.page.url()).hash).toBe('');
  await host.sees({ focus: 'overview' });

  // By keys along the timeline, and by the list to the question.
  const { picture: first } = await host.view();
  await slider(host).focus();
  await host.page.keyboard.press('End');
  await host.sees({ focus: 'unit conv_1_1 3' });
  await host.page.getByText('This is the end of the recording.').waitFor();
  await host.page.locator(`[data-picture]:not([data-picture="${first}"])`).waitFor();
  const { picture: last } = await host.view();
  await host.page.keyboard.press('Home');
  await host.sees({ focus: 'overview', picture: first });
  expect(await slider(host).getAttribute('aria-valuetext')).toMatch(/^0:00 of \d:\d\d$/u);
  await host.button('Contents').click();
  await host.page.getByRole('button', { name: /Step 2 of/u }).click();
  await host.sees({ focus: 'unit input 0' });
  await host.button('Contents').click();
  await host.page.getByRole('button', { name: /Question 1.*positive\?/u }).click();
  await card(host, 'open').waitFor();
  await host.sees({ focus: 'unit conv_1_1 3', step: 0 });
  expect(await violationsInBothThemes(host)).toEqual([]);
  expect(await host.page.locator('[data-histogram]').count()).toBe(0);

  // Answered as then, and compared with what the class said.
  await card(host, 'open').getByRole('button', { name: 'negative', exact: true }).click();
  await host.button('Compare with the class').click();
  const counts = card(host, 'revealed').locator('[data-histogram] .count');
  await counts.first().waitFor();
  expect((await counts.allInnerTexts()).map(Number)).toEqual([2, 1, 3]);
  await card(host, 'revealed').getByText('your answer', { exact: true }).waitFor();
  expect(await violationsInBothThemes(host)).toEqual([]);

  // From here one's own way, and back to where the replay waits.
  const at = await slider(host).inputValue();
  await host.button('Back to the network').click();
  await host.page.getByText(/^You explore on your own\. The replay waits at \d+:\d\d\./u).waitFor();
  await host.openUnit('conv_1_2', 1);
  await host.sees({ focus: 'unit conv_1_2 1' });
  await host.page.goBack();
  await host.sees({ focus: 'overview' });
  await host.button('Back to the replay').click();
  await host.sees({ focus: 'unit conv_1_1 3' });
  expect(await slider(host).inputValue()).toBe(at);

  // Played from the beginning it stops at the question by itself.
  await host.page
    .getByRole('group', { name: 'Speed of the replay' })
    .getByRole('button', { name: '4×' })
    .click();
  await slider(host).focus();
  await host.page.keyboard.press('Home');
  await host.button('Play the recording').click();
  await host.page.getByText('The class was asked this. Answer it, too, then play on.').waitFor();
  expect(await slider(host).inputValue()).toBe(at);
  await host.button('Play the recording').click();
  await card(host, 'open').getByText('Which value comes out?').waitFor();
  await host.page.setViewportSize({ width: 360, height: 640 });
  const inSight = () =>
    card(host, 'open')
      .locator('[data-choice]')
      .evaluateAll((buttons) =>
        buttons.map((button) => {
          const { left, right, top, bottom } = button.getBoundingClientRect();
          const corners = [
            [left + 8, top + 8],
            [right - 8, bottom - 8],
          ] as const;
          return corners.every(([x, y]) => button.contains(document.elementFromPoint(x, y)));
        }),
      );
  expect(await inSight()).toEqual([true, true, true, true]);
  await card(host, 'open').locator('[data-choice="1"]').click();
  await host.button('Compare with the class').waitFor();
  expect(await inSight()).toEqual([true, true, true, true]);
  await host.page.setViewportSize(LAPTOP.viewport);
  await host.button('Compare with the class').click();
  const withdrawn = card(host, 'revealed');
  await withdrawn.getByText('It was not shown what is right.').waitFor();
  expect(await withdrawn.getByText('right', { exact: true }).count()).toBe(0);
  await host.button('Play the recording').click();
  await host.page.getByText('This is the end of the recording.').waitFor();

  for (const [width, height] of SIZES) {
    await host.page.setViewportSize({ width, height });
    const over = await host.page.evaluate(() => [
      document.documentElement.scrollWidth - innerWidth,
      document.documentElement.scrollHeight - innerHeight,
    ]);
    expect(Math.max(...over), `${width}×${height}`).toBeLessThanOrEqual(0);
  }
  await host.page.setViewportSize(LAPTOP.viewport);

  // Of the question that was withdrawn the class never learned the answer, and nobody reads it in the file.
  const file = await savedText(host.page);
  const { questions } = JSON.parse(file) as Recording;
  expect(questions.map(({ key, rounds }) => [key.length, rounds.length])).toEqual([
    [1, 1],
    [0, 1],
  ]);
  const names = crowd.members.map(({ told }) => told.seat?.name ?? '');
  expect(names).not.toContain('');
  for (const secret of [...names, code, '"seat"', '"token"']) expect(file).not.toContain(secret);
  const other = await Server.start();
  try {
    await watchedElsewhere(room, other, file, last);
  } finally {
    await other.stop();
  }
});

/** The file on a server without the class, after files that are none. */
async function watchedElsewhere(room: Room, server: Server, file: string, picture: string): Promise<void> {
  const reader = await room.visit('/', PHONE, server.address);
  const { page } = reader;
  await page.getByRole('link', { name: 'Open a recording' }).click();
  await heading(reader, 'Open a recording').waitFor();
  expect(await violationsInBothThemes(reader)).toEqual([]);
  await open(reader, file.slice(0, -50));
  await page.getByText('This recording is damaged or cut off.').waitFor();
  await open(reader, '# A lesson');
  await page.getByText('This file is not the recording of a class.').waitFor();

  // The picture that was sent in came with the file.
  await open(reader, file);
  await slider(reader).waitFor();
  await slider(reader).focus();
  await page.keyboard.press('End');
  await reader.sees({ focus: 'unit conv_1_1 3', picture });
  expect(await violationsInBothThemes(reader)).toEqual([]);

  // What cannot be opened leaves what is open.
  await open(
    reader,
    changed(file, (recording) => (recording.version = 99)),
  );
  await page.getByText('This recording was written by a newer version').waitFor();
  await reader.sees({ focus: 'unit conv_1_1 3', picture });

  // Another version of the network, and none.
  await open(
    reader,
    changed(file, ({ networks }) => networks.forEach((one) => (one.digest = 'f'.repeat(32)))),
  );
  await page.getByText('This server has another version of the network “tiny-vgg”').waitFor();
  await reader.button('Show it all the same').click();
  await reader.sees({ focus: 'overview' });
  await page.getByText('Shown with another version of “tiny-vgg”').waitFor();
  await open(reader, file.replaceAll('"tiny-vgg"', '"resnet"'));
  await page.getByText('looked at the network “resnet”, which this server does not have').waitFor();

  // A picture that is lost: said at its place, the rest is there. And a minute in which nothing happens is skipped.
  const unknown = 'c'.repeat(32);
  const lost = changed(file.replaceAll(picture, unknown), (recording) => {
    recording.pictures = [];
    const moment = recording.moments.find(({ seen }) => seen.topic === 'lesson');
    for (const each of recording.moments) if (each.at > (moment?.at ?? 0)) each.at += 60_000;
    recording.length += 60_000;
  });
  await open(reader, lost);
  await slider(reader).focus();
  await page.keyboard.press('End');
  await page.getByText('The picture that the class looked at here is not there any more.').waitFor();
  await reader.sees({ focus: 'unit conv_1_1 3' });
  reader.forgive(/status of 404/u);
  await page.getByRole('group', { name: 'Speed of the replay' }).getByRole('button', { name: '4×' }).click();
  await reader.button('Play the recording').click();
  await page.getByText(/^Nothing happened for 0:\d\d: skipped\.$/u).waitFor();
  await page.getByText('The class was asked this.').waitFor();
  // Its server goes first.
  await page.goto('about:blank');
}

scenario('a recording is for the host alone', async (room) => {
  const { code } = await room.startClass();
  const stranger = await room.visit(`/c/${code}/replay`);
  await heading(stranger, 'This recording is for the host').waitFor();
});
