// The main job: an instructor shows a network, and every screen shows the same.
import { expect } from 'vitest';

import { violations } from './axe';
import { lecture, type Hall } from './hall';
import { scenario } from './scenario';

/** Waits until everyone shows what the first of them shows, and returns it. */
async function together(hall: Hall) {
  const view = await hall.host.view();
  await hall.sees(view);
  return view;
}

lecture('everyone follows to the very same step, picture and caption, whoever drives', async (hall) => {
  const { host, assistant, projector, phone, crowd, room, code } = hall;
  await assistant.page.getByText(/drives the class/u).waitFor();
  expect(assistant.page.url()).not.toContain('#');

  await host.openLayer('conv_1_2');
  await hall.sees({ focus: 'layer conv_1_2', step: 0 });
  await host.page.keyboard.press('Escape');
  await hall.sees({ focus: 'overview' });
  await host.openUnit('conv_1_2', 3);
  await hall.sees({ focus: 'unit conv_1_2 3', step: 0 });
  await host.button('Next step').click();
  await hall.sees({ step: 1 });
  await host.button('Previous step').click();
  await hall.sees({ step: 0 });

  await host.button('Play').click();
  for (const person of hall.screens) await person.page.locator('[data-step]:not([data-step="0"])').waitFor();
  await crowd.hear('that it plays', ({ stage }) => stage?.playback.kind === 'playing');
  const steps = await Promise.all(hall.screens.map(async (person) => (await person.view()).step));
  // At 4 steps a second, reading five browsers one after the other may cross one boundary.
  expect(Math.max(...steps) - Math.min(...steps)).toBeLessThanOrEqual(1);
  await host.button('Pause').click();
  await host.button('Play').waitFor();
  const stopped = await together(hall);
  expect(stopped.step).toBeGreaterThan(0);
  expect(stopped.focus).toBe('unit conv_1_2 3');

  await host.page.getByRole('group', { name: 'Pictures' }).getByRole('button').nth(4).click();
  await host.page.locator(`[data-picture]:not([data-picture="${stopped.picture}"])`).waitFor();
  await together(hall);
  const caption = 'Look at the bias.';
  await host.page.getByLabel('Caption for the class').fill(caption);
  await host.button('Show').click();
  for (const { page } of hall.watching) await page.getByText(caption).waitFor();
  await crowd.hear(caption, ({ stage }) => stage?.caption === caption);
  const size = await projector.page
    .getByText(caption)
    .evaluate((shown) => parseFloat(getComputedStyle(shown).fontSize));
  expect(size).toBeGreaterThanOrEqual(24);
  await host.button('Clear').click();
  await phone.page.getByText(caption).waitFor({ state: 'hidden' });
  await crowd.hear('no caption', ({ stage }) => stage?.caption === null);

  // The wheel is handed over and taken back; only who has it moves the class.
  await host.page.getByRole('button', { name: /here, \d+ follow/u }).click();
  await host.page.getByRole('button', { name: /^Hand over to/u }).click();
  await host.page.keyboard.press('Escape');
  await assistant.page.getByText(/drives the class/u).waitFor({ state: 'hidden' });
  await assistant.button('Back to the network').click();
  await assistant.openUnit('conv_1_1', 0);
  await hall.sees({ focus: 'unit conv_1_1 0' });
  const [driver] = [...new Set(crowd.members.map(({ told }) => told.room?.driver))];
  expect(driver).toBeGreaterThan(0);
  expect(await crowd.says(0, { type: 'handOver', to: 0 })).toBe('notAllowed');
  await (await room.join(code)).sees({ focus: 'unit conv_1_1 0' });

  await host.button('Take over again').click();
  await host.button('Back to the network').click();
  await hall.sees({ focus: 'overview' });
  await crowd.hear('who drives', ({ room }) => room?.driver === 0);
});

scenario(
  'the code fills the screen, with the address that others can reach and not with localhost',
  async (room) => {
    const { host, code } = await room.startClass();
    await host.page.getByRole('button', { name: /^Invite/u }).click();
    const picture = host.page.getByRole('img', { name: `QR code of http://class.example.org/c/${code}` });
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0);
    const { width = 0 } = (await picture.boundingBox()) ?? {};
    expect(width).toBeGreaterThan(400);
    await host.page.getByText('open class.example.org and type').waitFor();

    // On the projector: from the desk, by its key, by its button; and gone again when nobody moves anything.
    const projector = await room.projector(code);
    const far = projector.page.getByRole('dialog', { name: 'Join this class' });
    await host.button('On the projector, too').click();
    await far.getByText('open class.example.org and type').waitFor();
    expect(await violations(projector)).toEqual([]);
    await host.button('On the projector, too').click();
    await far.waitFor({ state: 'hidden' });
    await projector.page.keyboard.press('q');
    await far.waitFor();
    await projector.page.keyboard.press('Escape');
    await far.waitFor({ state: 'hidden' });
    const tools = projector.page.getByRole('group', { name: 'Projector' });
    const opacity = () => tools.evaluate((it) => getComputedStyle(it).opacity);
    await projector.page.mouse.move(500, 300);
    await expect.poll(opacity).toBe('1');
    await tools.getByRole('button', { name: 'Dark' }).click();
    await projector.page.locator('html[data-theme="dark"]').waitFor();
    expect(await violations(projector, ['color-contrast'])).toEqual([]);
    await projector.page.reload();
    await projector.page.locator('html[data-theme="dark"]').waitFor();
    await projector.page.keyboard.press('d');
    await projector.page.locator('html[data-theme="light"]').waitFor();
    await expect.poll(opacity, { timeout: 6000 }).toBe('0');
  },
  ['--public-url', 'http://class.example.org'],
);
