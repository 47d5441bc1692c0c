// A student goes their own way and comes back; someone explores without any class.
import { expect } from 'vitest';

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

scenario('gathering calls everyone back after a warning; together nobody can leave', async (room) => {
  const { host, code } = await room.startClass();
  const student = await room.join(code);
  await student.button('Explore').click();
  await student.openUnit('conv_1_1', 2);
  await student.sees({ focus: 'unit conv_1_1 2' });
  await host.button('Gather').click();
  await student.page.getByText('Back to the class in 3 seconds.').waitFor();
  await student.sees({ focus: 'unit conv_1_1 2' });
  await host.page.getByRole('button', { name: '1 here, 1 follow' }).waitFor();
  await student.sees({ focus: 'overview' });
  expect(new URL(student.page.url()).search).toBe('');

  await host.button('Together').click();
  await student.page.getByText('The instructor keeps the class together for now.').waitFor();
  expect(await student.button('Explore').getAttribute('aria-disabled')).toBe('true');
  await student.button('Explore').click({ force: true });
  expect(await student.button('Follow').getAttribute('aria-pressed')).toBe('true');
  await host.button('Free').click();
  await student.page.getByText('You see what the class sees.').waitFor({ state: 'attached' });
  await student.button('Explore').click();
  await host.page.getByRole('button', { name: '1 here, 0 follow' }).waitFor();
});

scenario('a paused class stands still, those who explore too, until it goes on', async (room) => {
  const { host, code } = await room.startClass();
  const [student, explorer] = [await room.join(code, PHONE), await room.join(code)];
  await explorer.openUnit('conv_1_1', 2);
  await explorer.button('Play').click();
  await host.openUnit('conv_1_2', 3);
  await host.button('Play').click();
  await student.page.locator('[data-step]:not([data-step="0"])').waitFor();

  await host.button('Pause class').click();
  for (const person of [student, explorer]) {
    await person.page.getByText('The instructor has paused the class.').waitFor();
    await person.button('Play').waitFor({ state: 'detached' });
  }
  const [theirs, own] = [await student.view(), await explorer.view()];
  await host.sees({ focus: 'unit conv_1_2 3', step: theirs.step });
  await student.button('Explore').click({ force: true });
  await student.page.waitForTimeout(600);
  expect(await student.view()).toEqual(theirs);
  expect(await explorer.view()).toEqual(own);

  await host.button('Class paused').click();
  await explorer.button('Play').waitFor();
  await explorer.button('Follow').click();
  await explorer.sees(theirs);
});

scenario('where the class has not been, a student can not go ahead', async (room) => {
  const { host, code } = await room.startClass();
  const student = await room.join(code);
  await host.openUnit('relu_1_1', 0);
  await host.button('Back to the network').click();
  await host.button('Taught').click();
  await student.sees({ focus: 'overview' });
  await expect
    .poll(async () => {
      await student.openUnit('conv_2_1', 0);
      return student.page.getByText('You can go as far as relu_1_1.').count();
    })
    .toBe(1);
  await student.sees({ focus: 'overview' });
  await student.openUnit('conv_1_1', 0);
  await student.sees({ focus: 'unit conv_1_1 0' });
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
