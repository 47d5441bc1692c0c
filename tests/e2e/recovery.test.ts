// What happens when something goes away and comes back: a page, the server, the network.
import { expect } from 'vitest';

import { PHONE } from './person';
import { scenario } from './scenario';

const CONNECTION_BROKE =
  /WebSocket connection|ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/u;

scenario('a reload keeps the seat, and joining late shows the present', async (room) => {
  const { host, code } = await room.startClass();
  const student = await room.join(code, PHONE);
  await host.openUnit('conv_2_2', 4);
  await host.button('Next step').click();
  await student.sees({ focus: 'unit conv_2_2 4', step: 1 });
  const name = () =>
    student.page.getByRole('button', { name: /^Change your name/u }).getAttribute('aria-label');
  const before = await name();

  await student.page.reload();
  await student.sees({ focus: 'unit conv_2_2 4', step: 1 });
  expect(await name()).toBe(before);
  await host.page.reload();
  await host.sees({ focus: 'unit conv_2_2 4', step: 1 });
  await host.button('Next step').click();
  await student.sees({ step: 2 });
  await host.page.getByRole('button', { name: '1 here, 1 follow' }).waitFor();
  await (await room.join(code)).sees({ focus: 'unit conv_2_2 4', step: 2 });
});

scenario('after kill -9 of the server every screen recovers by itself', async (room) => {
  const { host, code } = await room.startClass();
  const [student, projector] = [await room.join(code, PHONE), await room.projector(code)];
  const all = [host, student, projector];
  await host.openUnit('conv_1_2', 7);
  await host.button('Next step').click();
  for (const person of all) await person.sees({ focus: 'unit conv_1_2 7', step: 1 });

  await room.server.kill();
  for (const person of all) await person.status('Your connection is gone, trying again');
  for (const person of all) await person.sees({ focus: 'unit conv_1_2 7', step: 1 });
  await host.button('Next step').click();
  await host.page.getByText('this was not sent').waitFor();
  await host.sees({ step: 1 });

  await room.server.restart();
  for (const person of all) await person.status('Connected');
  for (const person of all) await person.sees({ focus: 'unit conv_1_2 7', step: 1 });
  await host.button('Next step').click();
  for (const person of all) await person.sees({ step: 2 });
  for (const person of all) person.forgive(CONNECTION_BROKE);
});

scenario('a student without a network is told so and catches up, others go on', async (room) => {
  const { host, code } = await room.startClass();
  const [student, other] = [await room.join(code), await room.join(code)];
  await student.context.setOffline(true);
  await student.status('You are offline');
  await host.openUnit('conv_1_1', 1);
  await other.sees({ focus: 'unit conv_1_1 1' });
  await student.sees({ focus: 'overview' });
  await student.context.setOffline(false);
  await student.status('Connected');
  await student.sees({ focus: 'unit conv_1_1 1' });
  student.forgive(CONNECTION_BROKE);
});

scenario('when the instructor is gone, students are told whose connection it is', async (room) => {
  const { host, code } = await room.startClass();
  const student = await room.join(code);
  await host.page.goto('about:blank');
  await student.status('The instructor is offline, the class waits');
  await host.page.goto(`${room.server.address}/c/${code}/desk`);
  await student.status('Connected');
});

scenario(
  'numbers that a network withheld come as soon as it is back, and nobody has to ask for them',
  async (room) => {
    const { host, code } = await room.startClass();
    const student = await room.join(code, PHONE);
    const NUMBERS = /\/api\/(?:tensors|weights)\//u;
    await student.page.route(NUMBERS, (route) => route.abort());
    await host.openUnit('conv_1_2', 7);
    await host.button('Next step').click();
    await student.sees({ focus: 'unit conv_1_2 7', step: 1 });
    const told = student.page.getByText('The server cannot be reached.');
    await told.waitFor();
    // Neither the place of the controls nor the step changes for it.
    await student.page.getByRole('slider').waitFor();

    await student.page.unroute(NUMBERS);
    await told.waitFor({ state: 'hidden' });
    await student.page.locator('section.bar[aria-busy=false]').waitFor();
    student.forgive(/ERR_FAILED/u);
  },
);

scenario(
  'what is loaded when it is needed is not lost to a network that is away for a moment',
  async (room) => {
    const { code } = await room.startClass();
    const student = await room.newcomer(PHONE);
    let failures = 0;
    await student.page.route(/AskTools|AskSheet/u, (route) => {
      failures += 1;
      return failures > 3 ? route.continue() : route.abort();
    });
    await student.page.goto(`${room.server.address}/c/${code}`);
    await student.button('Ask').click();
    await student.page.getByRole('dialog').waitFor();
    expect(failures).toBeGreaterThan(3);
    const sheets = student.page.locator('link[rel=stylesheet]');
    expect(await sheets.evaluateAll((links) => links.every((link) => (link as HTMLLinkElement).sheet))).toBe(
      true,
    );
    student.forgive(/ERR_FAILED/u);
  },
);
