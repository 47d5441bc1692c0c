// What students ask, vote for and are lost at: without a name on any screen and in any frame.
import { expect } from 'vitest';

import type { Spot } from '../../frontend/src/protocol/classroom';
import { violations } from './axe';
import { lecture } from './hall';
import { PHONE, type Person } from './person';

// A line of the fallback is not known to a server that started anew.
const CONNECTION_BROKE =
  /WebSocket connection|ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|404 \(Not Found\)/u;

const BIAS = 'Why is there a bias?';
/** Two were lost here, in one minute of the class or in two. */
const MOMENT = /^Minute \d+, conv_1_2 · unit 4: [12]$/u;
const PADDING = 'What is padding for?';

/** The window of a student with the questions of the class. */
async function sheetOf({ page }: Person) {
  const sheet = page.getByRole('dialog', { name: 'Questions from the class' });
  if (!(await sheet.isVisible())) await page.getByRole('button', { name: /^Ask( Open|$)/u }).click();
  await sheet.waitFor();
  return sheet;
}

async function asks(student: Person, text: string): Promise<void> {
  const sheet = await sheetOf(student);
  await sheet.getByLabel('Your question').fill(text);
  await sheet.getByRole('button', { name: 'Ask', exact: true }).click();
  await sheet.getByText('Asked. Others can vote for it now.').waitFor();
  await sheet.getByRole('listitem').filter({ hasText: text }).waitFor();
}

/** The part of the desk with the questions of the class, opened. */
async function panelOf({ page }: Person) {
  const waiting = page.getByRole('button', { name: /^Questions from the class: \d/u });
  if ((await waiting.getAttribute('aria-expanded')) !== 'true') await waiting.click();
  return page.getByRole('tabpanel', { name: 'From the class' });
}

/** Waits until the bar of the desk says so many wait and are lost. */
async function waits({ page }: Person, questions: number, lost: number): Promise<void> {
  const words = `Questions from the class: ${questions}. Lost now: ${lost}.`;
  await page.getByRole('button', { name: words }).waitFor();
}

/** What was said of the questions and of who is lost: with these fields and no others, so with nobody's name or seat. */
function expectNoNames(frames: string[]): void {
  interface Frame {
    type: string;
    frame?: { topic: string; value: { list?: object[]; now?: object[]; moments?: object[] } | null };
  }
  const said = frames.map((text) => JSON.parse(text) as Frame);
  const fields = { list: new Set<string>(), now: new Set<string>(), moments: new Set<string>() };
  for (const { frame } of said) {
    if (frame?.topic !== 'asks' && frame?.topic !== 'lost') continue;
    for (const part of ['list', 'now', 'moments'] as const)
      for (const one of frame.value?.[part] ?? [])
        for (const name of Object.keys(one)) fields[part].add(name);
  }
  expect([...fields.list].sort()).toEqual(['answered', 'at', 'id', 'spot', 'step', 'text', 'votes']);
  expect([...fields.now, ...fields.moments].every((name) => ['spot', 'count', 'minute'].includes(name))).toBe(
    true,
  );
}

lecture('a class asks, votes and says where it is lost, and nobody sees who', async (hall) => {
  const { room, host, code, assistant, projector, phone: anna, laptop: chen, crowd } = hall;
  const bela = await room.join(code, PHONE);
  await host.openUnit('conv_1_2', 3);
  await host.button('Next step').click();
  await hall.sees({ focus: 'unit conv_1_2 3', step: 1 });

  // Asked about what is on the stage; others vote, once each, and may take it back.
  await asks(anna, BIAS);
  await waits(host, 1, 0);
  await (await sheetOf(bela)).getByRole('button', { name: `Vote for “${BIAS}”, votes: 0` }).click();
  await (await sheetOf(bela)).getByRole('button', { name: `votes: 1`, pressed: true }).waitFor();
  const ofChen = await sheetOf(chen);
  await ofChen.getByRole('button', { name: `Vote for “${BIAS}”` }).click();
  await ofChen.getByRole('button', { name: 'votes: 2', pressed: true }).click();
  await ofChen.getByRole('button', { name: 'votes: 1', pressed: false }).waitFor();
  await (await sheetOf(anna)).getByText('Yours · conv_1_2 · unit 4').waitFor();
  expect(await violations(anna)).toEqual([]);

  // The most wanted stands first at the desk.
  expect(await crowd.says(0, { type: 'ask', text: PADDING, spot: null, step: 0 })).toBe('done');
  for (const i of [1, 2, 3]) expect(await crowd.says(i, { type: 'voteAsk', ask: 2, up: true })).toBe('done');
  expect(await crowd.says(0, { type: 'voteAsk', ask: 2, up: true })).toBe('ownAsk');
  const desk = await panelOf(host);
  const lines = desk.getByRole('list', { name: 'Questions from the class' }).getByRole('listitem');
  await lines.first().filter({ hasText: PADDING }).getByText('Votes: 3').waitFor({ state: 'attached' });
  await lines.nth(1).filter({ hasText: BIAS }).waitFor();
  expect(await violations(host)).toEqual([]);

  // From the question to its view, and onto every screen.
  await host.button('Back to the network').first().click();
  await anna.sees({ focus: 'overview' });
  await (await panelOf(host)).getByRole('button', { name: 'Go to conv_1_2 · unit 4' }).click();
  await hall.sees({ focus: 'unit conv_1_2 3', step: 1 });
  await lines.nth(1).getByRole('button', { name: 'Show on every screen' }).click();
  await projector.page.getByText(BIAS).waitFor();
  await lines.nth(1).getByRole('button', { name: 'Take off the screens' }).click();
  await projector.page.getByText(BIAS).waitFor({ state: 'hidden' });

  // An assistant does not drive, but keeps order: answered, muted, and on again.
  const ofAssistant = await panelOf(assistant);
  const line = ofAssistant.getByRole('listitem').filter({ hasText: PADDING });
  await line.getByRole('button', { name: 'Mark as answered' }).click();
  await waits(host, 1, 0);
  await (await sheetOf(bela)).getByText(PADDING).waitFor({ state: 'hidden' });
  await desk.getByText('Answered: 1').waitFor();
  await ofAssistant.getByRole('button', { name: 'Mute' }).click();
  await (await sheetOf(bela)).getByText('The instructor takes no questions for now.').waitFor();
  expect(await crowd.says(5, { type: 'ask', text: 'Me?', spot: null, step: 0 })).toBe('asksMuted');
  await ofAssistant.getByRole('button', { name: 'Mute', pressed: true }).click();
  await (await sheetOf(bela)).getByLabel('Your question').waitFor();

  // Lost: counted while the stage stays where it is, kept by the minute.
  for (const person of [anna, bela]) await person.page.keyboard.press('Escape');
  await anna.page.getByRole('button', { name: 'Lost here' }).click();
  await anna.page.getByRole('button', { name: 'Lost here', pressed: true }).waitFor();
  await bela.page.getByRole('button', { name: 'Lost here' }).click();
  const here: Spot = { network: 'tiny-vgg', focus: { kind: 'unit', layer: 'conv_1_2', unit: 3 } };
  const elsewhere: Spot = { network: 'tiny-vgg', focus: { kind: 'layer', layer: 'conv_2_1' } };
  expect(await crowd.says(4, { type: 'lost', spot: here })).toBe('done');
  expect(await crowd.says(5, { type: 'lost', spot: elsewhere })).toBe('done');
  await waits(host, 1, 4);
  const lost = (await panelOf(host)).getByRole('region', { name: 'Lost' });
  await lost
    .getByRole('listitem')
    .filter({ hasText: /^conv_1_2 · unit 4 3$/u })
    .waitFor();
  await lost
    .getByRole('listitem')
    .filter({ hasText: /^elsewhere 1$/u })
    .waitFor();
  await bela.page.getByRole('button', { name: 'Lost here', pressed: true }).click();
  await waits(host, 1, 3);
  await host.button('Back to the network').first().click();
  await waits(host, 1, 0);
  await anna.page.getByRole('button', { name: 'Lost here', pressed: false }).waitFor();
  await (await panelOf(host)).getByText(MOMENT).first().waitFor();

  // Where those who explore are: as groups, on the network itself.
  for (const i of [0, 1, 2, 3]) await crowd.goesTo(i, 'conv_2_1');
  const badge = host.page.getByText('Exploring here: ');
  await crowd.goesTo(4, 'conv_2_1');
  await badge.filter({ hasText: '5' }).waitFor({ state: 'attached' });
  expect(await projector.page.getByText('Exploring here: ').count()).toBe(0);

  // Everything is as it was after a reload, and after the server was killed.
  const isAsBefore = async () => {
    await (await sheetOf(anna)).getByText('Yours · conv_1_2 · unit 4').waitFor();
    await (await sheetOf(bela)).getByRole('button', { name: `votes: 1`, pressed: true }).waitFor();
    await waits(host, 1, 0);
    await (await panelOf(host)).getByText('Answered: 1').waitFor();
    await (await panelOf(host)).getByText(MOMENT).first().waitFor();
  };
  for (const person of [anna, bela, host]) await person.page.reload();
  await isAsBefore();
  for (const person of [anna, bela]) await person.page.keyboard.press('Escape');
  const frames = [...crowd.frames(), ...room.people.flatMap((person) => person.frames)];
  await room.server.kill();
  for (const person of [anna, bela, host]) await person.status('Your connection is gone, trying again');
  await room.server.restart();
  for (const person of [anna, bela, host]) await person.status('Connected');
  await isAsBefore();

  // Of whoever is removed the votes go; what was asked stays, for its going would tell who asked.
  await host.page.getByRole('button', { name: /here, \d follow/u }).click();
  const name = bela.page.getByRole('button', { name: /^Change your name/u, includeHidden: true });
  const [, called = ''] = /: (.+)$/u.exec((await name.getAttribute('aria-label')) ?? '') ?? [];
  await host.page.getByRole('button', { name: `Remove ${called}` }).click();
  await host.page.getByRole('button', { name: 'Remove', exact: true }).click();
  await (await sheetOf(anna)).getByText('Votes: 0').waitFor({ state: 'attached' });
  await (await sheetOf(anna)).getByRole('button', { name: `Withdraw “${BIAS}”` }).click();
  await waits(host, 0, 0);

  expectNoNames([...frames, ...room.people.flatMap((person) => person.frames)]);
  for (const person of room.people) person.forgive(CONNECTION_BROKE);
});
