// A lesson, as it is taught: by desk, projector, assistant and students, and as it is written, kept and taken alone.
import { readFile } from 'node:fs/promises';

import { expect } from 'vitest';

import { violations } from './axe';
import { lecture } from './hall';
import { PHONE, type Person } from './person';
import type { Room } from './room';
import { scenario } from './scenario';

const CONNECTION_BROKE =
  /WebSocket connection|ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/u;

interface Step {
  caption: string | null;
  view: { focus: { kind: string } & Record<string, number | string> } | null;
  question: { kind: string } | null;
}

/** The steps of a shipped lesson, as everyone may read them. */
async function stepsOf(room: Room, name: string): Promise<Step[]> {
  const answer = await fetch(`${room.server.address}/api/networks/tiny-vgg/lessons/en/${name}`);
  const { steps } = (await answer.json()) as { steps: Step[] };
  return steps;
}

async function openLessons(desk: Person): Promise<void> {
  const tab = desk.page.getByRole('tab', { name: 'Lesson' });
  if (!(await tab.isVisible())) await desk.page.getByRole('button', { name: 'Lesson', exact: true }).click();
  await tab.click();
}

lecture(
  'everyone sees every step, notes stay with the staff, and an assistant goes on',
  async (hall) => {
    const { room, host, code, assistant, projector, phone, crowd } = hall;
    const steps = await stepsOf(room, 'a-first-look');
    /** Waits until everyone sees a step's caption. */
    const seen = async (index: number, people: Person[] = hall.watching): Promise<void> => {
      const caption = steps[index]?.caption ?? '';
      for (const { page } of people) await page.locator('[data-caption]', { hasText: caption }).waitFor();
      await crowd.hear(caption, ({ stage, lesson }) => stage?.caption === caption && lesson?.step === index);
    };

    await openLessons(host);
    const panel = host.page.getByRole('tabpanel');
    await panel.getByRole('button', { name: /^A first look/u }).click();
    await panel.getByText('The lesson is ready').waitFor();
    expect(await violations(host)).toEqual([]);
    await panel.getByRole('button', { name: 'Start the lesson' }).click();
    await seen(0);
    await panel.getByText('Do not explain the columns yet').waitFor();

    // As a clicker sends it, with the focus on the stage; then as keys, with the focus nowhere.
    await host.page.locator('main').focus();
    await host.page.keyboard.press('PageDown');
    await seen(1);
    await host.page.keyboard.press('PageUp');
    await seen(0);
    await host.page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await host.page.keyboard.press('ArrowRight');
    await seen(1);

    // Away from the lesson, and back with one tap.
    await host.button('Back to the network').click();
    await hall.sees({ focus: 'overview' });
    await panel.getByRole('button', { name: 'Back to step 2' }).click();
    await hall.sees({ focus: 'unit input 0' });

    const late = await room.join(code);
    await seen(1, [late]);

    await room.server.kill();
    await room.server.restart();
    for (const person of [...hall.screens, late]) await person.status('Connected');
    await panel.getByText('Step 2 of').waitFor();

    // The host hands over and is gone: on a phone, the assistant's desk is the remote control.
    await host.page.getByRole('tab', { name: 'Class', exact: true }).click();
    await host.page.getByRole('button', { name: /^Hand over to/u }).click();
    await host.page.goto('about:blank');
    await assistant.page.getByRole('button', { name: 'Lesson', exact: true }).click();
    await assistant.button('Go on').click();
    await seen(2, [...hall.watching, late]);
    expect(await violations(assistant)).toEqual([]);
    for (let index = 3; index < steps.length; index += 1) {
      await assistant.button('Go on').click();
      await seen(index, [phone, projector]);
    }
    await assistant.page.getByText('This is the last step').waitFor();

    // Of what only instructors may see, nothing came to anyone else.
    const notes = ['"topic":"script"', 'Do not explain the columns yet'];
    expect(hall.frames().filter((frame) => notes.some((note) => frame.includes(note)))).toEqual([]);
    for (const person of room.people) person.forgive(CONNECTION_BROKE);
  },
  { assistant: PHONE },
);

scenario('a lesson is written in class, kept as a file, and opened again', async (room) => {
  const { host, code } = await room.startClass();
  const student = await room.join(code);
  await openLessons(host);
  const panel = host.page.getByRole('tabpanel');
  await panel.getByLabel('Title of your lesson').fill('Edges: a start');
  await panel.getByRole('button', { name: 'Write' }).click();
  await panel.getByRole('button', { name: 'Edit' }).click();
  await host.openUnit('conv_1_1', 3);
  await panel.getByRole('button', { name: 'Make a step of the stage' }).click();
  await panel.getByLabel('Caption for the class').fill('A kernel for edges');
  await panel.getByLabel('Notes that only instructors see').fill('Wait.\n\n- then ask');
  await panel.getByRole('button', { name: 'Save', exact: true }).click();
  await student.page.getByText('A kernel for edges').waitFor();
  await host.button('Back to the network').click();
  await panel.getByRole('button', { name: 'Make a step of the stage' }).click();
  await panel.getByText('Step 2 of 2').waitFor();
  await panel.getByRole('button', { name: 'Move up' }).click();
  await panel.getByText('Step 1 of 2').waitFor();
  await panel.getByRole('button', { name: 'Undo' }).click();
  await panel.getByText('Step 2 of 2').waitFor();

  const download = host.page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Save as file' }).click();
  const path = await (await download).path();
  const text = await readFile(path, 'utf8');
  expect((await download).suggestedFilename()).toBe('Edges-a-start.md');
  for (const part of [
    'title: "Edges: a start"',
    'layer = "conv_1_1"\nunit = 4',
    'Note: Wait.',
    '\\- then ask',
  ])
    expect(text).toContain(part);

  await panel.getByRole('button', { name: 'Leave the lesson' }).click();
  const file = panel.getByLabel('Open a lesson file…');
  const bytes = (content: string) => ({
    name: 'edges.md',
    mimeType: 'text/markdown',
    buffer: Buffer.from(content),
  });
  await file.setInputFiles(bytes(text.replace('conv_1_1', 'conv_9')));
  await panel
    .getByText(/^line \d+: layer "conv_9" does not exist; this network has: input, conv_1_1/u)
    .waitFor();
  host.forgive(/422/u);
  await file.setInputFiles(bytes(text));
  await panel.getByRole('button', { name: 'Start the lesson' }).click();
  await student.sees({ focus: 'unit conv_1_1 3' });
  await panel.getByText('- then ask').waitFor();
});

scenario('whoever learns alone takes a lesson step by step', async (room) => {
  const steps = await stepsOf(room, 'a-first-look');
  const alone = await room.visit('/explore', PHONE);
  await alone.sees({ focus: 'overview' });
  await alone.button('Lessons').click();
  await alone.page.getByRole('button', { name: /^A first look/u }).click();
  const bar = alone.page.getByRole('group', { name: 'A first look' });
  for (const [index, { caption }] of steps.slice(0, 3).entries()) {
    if (index > 0) await bar.getByRole('button', { name: 'Go on' }).click();
    await bar.getByText(caption ?? '').waitFor();
  }
  expect(await violations(alone)).toEqual([]);
  await bar.getByRole('button', { name: 'Back', exact: true }).click();
  await alone.sees({ focus: 'unit input 0' });
  await alone.button('Back to the network').click();
  await bar.getByRole('button', { name: 'Back to step 2' }).click();
  await alone.sees({ focus: 'unit input 0' });

  // The question of a step is answered alone, too, with the key and where it comes from.
  const asked = steps.findIndex(({ question }) => question !== null);
  for (let index = 1; index < asked; index += 1) await bar.getByRole('button', { name: 'Go on' }).click();
  await bar.getByRole('button', { name: 'Question', exact: true }).click();
  const open = alone.page.locator('[data-question="open"]');
  await open.locator('[data-choice="0"]').click();
  await open.getByRole('button', { name: 'Show the answer' }).click();
  const revealed = alone.page.locator('[data-question="revealed"]');
  await revealed.getByText('your answer', { exact: true }).waitFor();
  await revealed.getByText('right', { exact: true }).first().waitFor();
  expect(await violations(alone)).toEqual([]);
  await revealed.getByRole('button', { name: 'Close' }).click();
  await revealed.waitFor({ state: 'hidden' });

  await bar.getByRole('button', { name: 'Leave the lesson' }).click();
  await bar.waitFor({ state: 'hidden' });
});
