// Who gets in, who does not, and what someone without the right to it cannot do.
import { expect } from 'vitest';

import { PROTOCOL } from '../../frontend/src/protocol/classroom';
import { NOTHING_SEEN } from '../../frontend/src/sync/versions';
import { violations } from './axe';
import { lecture } from './hall';
import { scenario } from './scenario';

const REFUSED_BY_SERVER = /status of 404/u;

scenario('a code that is none, a wrong one and a sloppy one', async (room) => {
  const { code } = await room.startClass();
  const student = await room.visit('/');
  const field = student.page.getByLabel('Class code');
  await field.fill('ABC');
  await student.button('Join').click();
  await student.page.getByText('A class code has six letters and digits').waitFor();
  await field.fill(code === 'ZZZZZZ' ? 'YYYYYY' : 'zzz-zzz');
  await student.button('Join').click();
  await student.page.getByText('There is no class with this code.').waitFor();
  student.forgive(REFUSED_BY_SERVER);
  await field.fill(
    ` ${code.toLowerCase().slice(0, 3)} ${code.slice(3)} `.replaceAll('0', 'o').replaceAll('1', 'l'),
  );
  await field.press('Enter');
  await student.status('Connected');

  const lost = await room.visit('/c/ZZZZZZ');
  await lost.page.getByRole('heading', { name: 'No such class' }).waitFor();
  await lost.button('To the start page').click();
  await lost.page.getByLabel('Class code').waitFor();
});

lecture('a class is locked, people are renamed and removed, and the end is the end', async (hall) => {
  const { room, host, code, phone: student, laptop: rude, crowd } = hall;
  await host.button('Lock').click();
  await host.button('Locked').waitFor();

  const late = await room.visit('/');
  await late.page.getByLabel('Class code').fill(code);
  await late.button('Join').click();
  await late.page.getByText('This class is locked').waitFor();
  await late.page.goto(`${room.server.address}/c/${code}`);
  await late.page.getByRole('heading', { name: 'This class is locked' }).waitFor();

  await student.page.reload();
  await student.status('Connected');
  await hall.counts(8, 8);
  await host.button('Locked').click();
  await host.button('Lock').waitFor();
  await late.button('Try again').click();
  await late.status('Connected');
  await hall.counts(9, 9);

  await student.page.getByRole('button', { name: /^Change your name/u }).click();
  await student.page.getByRole('textbox', { name: 'Your name' }).fill('Noor');
  await student.button('Save').click();
  await student.page.getByRole('button', { name: 'Change your name: Noor' }).waitFor();
  await rude.page.getByRole('button', { name: /^Change your name/u }).click();
  await rude.page.getByRole('textbox', { name: 'Your name' }).fill('Rude');
  await rude.button('Save').click();

  await host.page.getByRole('button', { name: '9 here, 9 follow' }).click();
  const people = host.page.getByRole('tabpanel', { name: 'Class' });
  await people.getByText('Noor').waitFor();
  const line = people.getByRole('listitem').filter({ hasText: 'Rude' });
  await line.getByRole('button', { name: /^Remove/u }).click();
  await people.getByRole('button', { name: 'Remove', exact: true }).click();
  await rude.page.getByRole('heading', { name: 'You are no longer in this class' }).waitFor();
  await rude.page.reload();
  await rude.page.getByRole('heading', { name: 'You are no longer in this class' }).waitFor();
  await host.button('Close the side panel').click();
  await people.waitFor({ state: 'hidden' });
  await hall.counts(8, 8);

  await host.button('More').click();
  await host.button('End the class…').click();
  await host.button('End the class').click();
  for (const person of [host, hall.assistant, hall.projector, student, late])
    await person.page.getByRole('heading', { name: 'The class is over' }).waitFor();
  await expect
    .poll(() => crowd.members.map(({ errors }) => errors))
    .toEqual(crowd.members.map(() => ['ended']));
  await student.button('Explore on your own').click();
  await student.sees({ focus: 'overview' });

  // What is left is for the host, and goes when the host says so.
  await host.page.getByRole('link', { name: 'Report of the class' }).click();
  await host.page.getByRole('heading', { name: /^Report of class/u }).waitFor();
  expect(new URL(host.page.url()).hash).toBe('');
  expect(await host.page.getByText('Noor').count()).toBe(0);
  expect(await violations(host)).toEqual([]);
  // Whoever closed the page finds it from the first one.
  await host.page.goto(room.server.address);
  await host.page.getByRole('link', { name: /^Report of class/u }).click();
  host.forgive(/status of 410/u);
  const keep = host.page.getByLabel('Keep this report');
  await keep.check();
  await host.page.getByText('The server keeps them until').waitFor();
  await keep.uncheck();
  await host.page.getByText('Everything about this class is deleted on').waitFor();
  await student.page.goto(`${room.server.address}/c/${code}/report`);
  await student.page.getByRole('heading', { name: 'This report is for the host' }).waitFor();
  await host.button('Delete everything now…').click();
  await host.button('Delete everything').click();
  await host.page.getByRole('heading', { name: 'Nothing is left of this class' }).waitFor();
  await student.page.goto(`${room.server.address}/c/${code}`);
  await student.page.getByRole('heading', { name: 'No such class' }).waitFor();
});

scenario('a forged command of a student changes nothing', async (room) => {
  const { host, code } = await room.startClass();
  const student = await room.join(code);
  const before = await host.view();
  const hello = {
    type: 'hello',
    protocol: PROTOCOL,
    mode: null,
    have: NOTHING_SEEN,
  };
  const answers = await student.page.evaluate(
    async ({ code, hello }) => {
      const token = localStorage.getItem(`convocation:${code}:seat`);
      const socket = new WebSocket(`/api/classes/${code}/socket`);
      const credential = { kind: 'token', token };
      const commands = [
        { type: 'focus', focus: { kind: 'unit', layer: 'conv_1_1', unit: 0 } },
        { type: 'play', from: 0, rate: 4 },
        { type: 'setCaption', caption: 'I am the instructor' },
        { type: 'lock', locked: true },
        { type: 'remove', seat: 0 },
        { type: 'handOver', to: 1 },
        { type: 'end' },
      ];
      return new Promise<string[]>((resolve) => {
        const answers: string[] = [];
        socket.onopen = () => {
          socket.send(JSON.stringify({ ...hello, credential }));
          commands.forEach((command, id) => socket.send(JSON.stringify({ type: 'command', id, command })));
        };
        socket.onmessage = ({ data }: MessageEvent<string>) => {
          const message = JSON.parse(data) as { type: string; reason?: string };
          if (message.type === 'rejected') answers.push(String(message.reason));
          if (message.type === 'done') answers.push('done');
          if (answers.length === commands.length) resolve(answers);
        };
      });
    },
    { code, hello },
  );
  expect(answers).toEqual(Array<string>(7).fill('notAllowed'));
  // The class goes on, with the stage as it was.
  await host.openUnit('conv_1_1', 5);
  await student.sees({ ...before, focus: 'unit conv_1_1 5' });
  await host.button('Lock').waitFor();
});

scenario('a desk without its link is refused', async (room) => {
  const { host, code } = await room.startClass();
  expect(host.page.url()).not.toContain('#');
  const stranger = await room.visit(`/c/${code}/desk`);
  await stranger.page.getByRole('heading', { name: 'This link does not open the class' }).waitFor();
  const guesser = await room.visit(`/c/${code}/desk#0123456789abcdef0123456789abcdef`);
  await guesser.page.getByRole('heading', { name: 'This link does not open the class' }).waitFor();
});
