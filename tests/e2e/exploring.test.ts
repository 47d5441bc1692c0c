// A student goes their own way and comes back; someone explores without any class.
import { expect } from 'vitest';

import { lecture } from './hall';
import type { Member } from './member';
import { PHONE } from './person';
import { scenario } from './scenario';

scenario(
  'a student breaks away by a touch, the class is told apart, and one tap brings back',
  async (room) => {
    const { host, code } = await room.startClass();
    const [one, other] = [await room.join(code), await room.join(code, PHONE)];
    await host.openUnit('conv_1_2', 3);
    for (const student of [one, other]) await student.sees({ focus: 'unit conv_1_2 3' });

    await one.button('Next step').click();
    await one.sees({ focus: 'unit conv_1_2 3', step: 1 });
    await host.sees({ step: 0 });
    await host.page.getByRole('button', { name: '2 here, 1 follow' }).waitFor();

    await host.button('Back to the network').click();
    await host.openUnit('relu_1_1', 0);
    await other.sees({ focus: 'unit relu_1_1 0' });
    await one.sees({ focus: 'unit conv_1_2 3', step: 1 });
    await one.page.getByText('The class is at relu_1_1 (1 further back)').waitFor();

    await one.button('Follow').click();
    await one.sees({ focus: 'unit relu_1_1 0' });
    await host.page.getByRole('button', { name: '2 here, 2 follow' }).waitFor();
    await one.button('Where I was').click();
    await one.sees({ focus: 'unit conv_1_2 3', step: 1 });
  },
);

lecture('roaming as far as the class was, gathered, kept together and paused', async (hall) => {
  const { host, assistant, projector, phone, laptop, crowd } = hall;
  const [wanderer, visitor] = crowd.members;
  if (!wanderer || !visitor) throw new Error('nobody is there');
  const explore = (member: Member) => member.says({ type: 'explore' });
  const mode = (member: Member, mode: string) => member.until(mode, ({ seat }) => seat?.mode === mode);

  // Free: two with a screen and two without go where they like, and nobody else moves.
  await laptop.button('Explore').click();
  await laptop.openUnit('conv_1_1', 2);
  await phone.button('Explore').click();
  await phone.openUnit('conv_1_1', 0);
  await phone.sees({ focus: 'unit conv_1_1 0' });
  for (const member of [wanderer, visitor]) expect(await explore(member)).toBe('done');
  await hall.counts(8, 4);
  for (const person of [host, assistant, projector]) await person.sees({ focus: 'overview' });

  // Gathered after a warning of three seconds; everyone keeps their place.
  await host.button('Gather').click();
  for (const student of [laptop, phone])
    await student.page.getByText('Back to the class in 3 seconds.').waitFor();
  await laptop.sees({ focus: 'unit conv_1_1 2' });
  for (const member of [wanderer, visitor]) await mode(member, 'following');
  await crowd.hear('the call', ({ pace }) => pace?.gathered !== null);
  await hall.counts(8, 8);
  await hall.sees({ focus: 'overview' });
  expect(new URL(laptop.page.url()).search).toBe('');
  await laptop.button('Where I was').click();
  await laptop.sees({ focus: 'unit conv_1_1 2' });
  await hall.counts(8, 7);

  await host.button('Together').click();
  for (const student of [laptop, phone])
    await student.page.getByText('The instructor keeps the class together for now.').waitFor();
  await hall.sees({ focus: 'overview' });
  expect(await laptop.button('Explore').getAttribute('aria-disabled')).toBe('true');
  await laptop.button('Explore').click({ force: true });
  expect(await laptop.button('Follow').getAttribute('aria-pressed')).toBe('true');
  for (const member of crowd.members) expect(await explore(member)).toBe('together');
  await host.button('Free').click();
  await laptop.page.getByText('You see what the class sees.').waitFor({ state: 'attached' });

  // As far as the class was: shown once it counts, also when the class is back at the overview.
  await host.openUnit('relu_1_1', 0);
  await host.button('Back to the network').click();
  await host.button('Taught').click();
  await hall.sees({ focus: 'overview' });
  await crowd.hear('how far', ({ pace }) => pace?.roaming === 'taught' && pace.taught === 2);
  await expect
    .poll(async () => {
      await laptop.openUnit('conv_2_1', 0);
      return laptop.page.getByText('You can go as far as relu_1_1.').count();
    })
    .toBe(1);
  await laptop.sees({ focus: 'overview' });
  await laptop.openUnit('conv_1_1', 0);
  await laptop.sees({ focus: 'unit conv_1_1 0' });
  await host.button('Free').click();

  // Paused: everything stands where it is, on the screens of those who explore, too; the driver goes on.
  await laptop.button('Play').click();
  await host.openUnit('conv_1_2', 3);
  await host.button('Play').click();
  await phone.page.locator('[data-step]:not([data-step="0"])').waitFor();
  await host.button('Pause class').click();
  for (const student of [phone, laptop]) {
    await student.page.getByText('The instructor has paused the class.').waitFor();
    await student.button('Play').waitFor({ state: 'detached' });
  }
  const [theirs, own] = [await phone.view(), await laptop.view()];
  for (const person of [host, assistant, projector])
    await person.sees({ focus: 'unit conv_1_2 3', step: theirs.step });
  await crowd.sees({ focus: 'unit conv_1_2 3', step: theirs.step });
  for (const member of crowd.members) expect(await explore(member)).toBe('paused');
  await phone.button('Explore').click({ force: true });
  await phone.page.waitForTimeout(600);
  expect(await phone.view()).toEqual(theirs);
  expect(await laptop.view()).toEqual(own);

  await host.button('Class paused').click();
  await laptop.button('Play').waitFor();
  await laptop.button('Follow').click();
  await hall.sees(theirs);
});

scenario(
  'an own view has an address: Back and Forward, reload, and a link that opens alone',
  async (room) => {
    const alone = await room.visit('/explore');
    await alone.sees({ focus: 'overview' });
    await alone.openUnit('conv_1_1', 2);
    await alone.button('Next step').click();
    await alone.sees({ focus: 'unit conv_1_1 2', step: 1 });
    await alone.page.waitForURL(/layer=conv_1_1&unit=2&step=1/u);
    await alone.page.goBack();
    await alone.sees({ focus: 'overview' });
    await alone.page.goForward();
    await alone.sees({ focus: 'unit conv_1_1 2', step: 1 });
    await alone.page.reload();
    await alone.sees({ focus: 'unit conv_1_1 2', step: 1 });

    const { host, code } = await room.startClass();
    const student = await room.join(code);
    await student.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await host.openUnit('conv_2_1', 1);
    await student.sees({ focus: 'unit conv_2_1 1' });
    await student.button('Copy a link to this view').click();
    const link = new URL(await student.page.evaluate(() => navigator.clipboard.readText()));
    const friend = await room.visit(link.pathname + link.search);
    await friend.sees({ focus: 'unit conv_2_1 1' });
    expect(link.pathname).toBe('/explore');
  },
);

scenario(
  'every kind of view in a class has an address, and Back and Forward lead through all of them',
  async (room) => {
    const { code } = await room.startClass();
    const student = await room.visit(`/c/${code}`);
    await student.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await student.status('Connected');
    await student.sees({ focus: 'overview' });
    const friend = await room.visit('/explore');
    await friend.sees({ focus: 'overview' });
    const { page } = student;
    /** Escape, pressed on the network: keys pressed elsewhere are not for it. */
    const up = () => page.locator('.network button').first().press('Escape');
    const ways: [string, () => Promise<void>][] = [
      ['layer conv_1_1', () => student.openLayer('conv_1_1')],
      ['unit conv_1_1 2', () => student.openUnit('conv_1_1', 2)],
      ['link conv_1_1 2 1', () => student.button('Intermediate result of Green').click()],
      ['unit conv_1_1 2', up],
      ['overview', up],
      ['class 1', () => student.button(/^ladybug \d/u).click()],
      ['overview', up],
      ['hyperparameters', () => student.button('Kernel size, stride, padding').click()],
    ];
    for (const [focus, go] of ways) {
      await go();
      await page.locator(`[data-focus^="${focus}"]`).waitFor();
      await page.locator('.content.moving').waitFor({ state: 'detached' });
      // The link opens the very same alone.
      await student.button('Copy a link to this view').click();
      const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
      expect(link.pathname).toBe('/explore');
      await friend.goesTo(link.pathname + link.search);
      await friend.sees({ focus: (await student.view()).focus });
    }
    const kinds = ways.map(([focus]) => focus);
    for (const focus of kinds.slice(0, -1).reverse()) {
      await page.goBack();
      await page.locator(`[data-focus^="${focus}"]`).waitFor();
    }
    // Before the first of them the student followed.
    await page.goBack();
    await student.sees({ focus: 'overview' });
    await page.locator('[aria-pressed="true"]', { hasText: 'Follow' }).waitFor();
    for (const focus of kinds) {
      await page.goForward();
      await page.locator(`[data-focus^="${focus}"]`).waitFor();
    }
    await page.locator('[aria-pressed="true"]', { hasText: 'Explore' }).waitFor();
  },
);
