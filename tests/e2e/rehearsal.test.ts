// An instructor rehearses alone, with a student's phone beside the desk.
import { expect } from 'vitest';

import { violations } from './axe';
import { scenario } from './scenario';

scenario(
  'a phone beside the desk does what a student’s does, and leaves with the rehearsal',
  async (room) => {
    const { host, code } = await room.startClass({ viewport: { width: 1440, height: 900 } });
    const { page } = host;
    const here = (words: string) => page.getByRole('button', { name: words }).waitFor();
    const phone = page.frameLocator('iframe');
    const rehearse = async () => {
      await host.button('More').click();
      await host.button('Rehearse with a student’s phone').click();
      await phone.locator('[data-focus]').waitFor();
      await here('1 here, 1 follow');
    };
    await rehearse();
    await page.getByRole('button', { name: '1 here, 1 follow' }).click();
    await page.getByRole('tabpanel', { name: 'Class' }).getByText('Phone for rehearsal').waitFor();
    expect(await violations(host)).toEqual([]);

    // It follows, answers, and goes its own way.
    await host.openUnit('conv_1_1', 3);
    await phone.locator('[data-focus="unit conv_1_1 3"]').waitFor();
    await page.getByRole('tab', { name: 'Question' }).click();
    await page.locator('[data-ask="sign"]').click();
    await phone
      .locator('[data-question="open"]')
      .getByRole('button', { name: 'positive', exact: true })
      .click();
    await page.locator('[data-lead="open"]').getByText('1 of 1 answered').waitFor();
    await host.button('Close answers').click();
    await host.button('Show the answer').click();
    await phone.locator('[data-question="revealed"] [data-histogram]').waitFor();
    await host.button('Done, continue').click();
    await phone.getByRole('button', { name: 'Explore', exact: true }).click();
    await here('1 here, 0 follow');

    // Put away and taken out again it is a newcomer; where it has no room, it is not there.
    await host.button('Put the phone away').click();
    await here('0 here, 0 follow');
    await rehearse();
    await page.setViewportSize({ width: 1024, height: 768 });
    await page.locator('iframe').waitFor({ state: 'detached' });
    await host.button('More').click();
    expect(await host.button('Rehearse with a student’s phone').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 1440, height: 900 });
    await phone.locator('[data-focus="unit conv_1_1 3"]').waitFor();

    // A desk that is opened again drives as before, and the phone is out of the class.
    await page.reload();
    await here('0 here, 0 follow');
    await host.button('Back to the network').click();
    await host.sees({ focus: 'overview' });
    await page.goto(`${room.server.address}/c/${code}/report`);
    await page.getByRole('heading', { name: /^Report of class/u }).waitFor();
    expect(await page.getByText('Phone for rehearsal').count()).toBe(0);

    // Opened by itself, the phone is a student's own page.
    const student = await room.visit(`/c/${code}/phone`);
    await student.status('The instructor is offline, the class waits');
    expect(new URL(student.page.url()).pathname).toBe(`/c/${code}`);
  },
);
