// The main job: an instructor shows a network, and every screen shows the same.
import { expect } from 'vitest';

import { violations } from './axe';
import { PHONE, type Person } from './person';
import { scenario } from './scenario';

/** Waits until everyone shows the same view, and returns it. */
async function together(people: Person[]) {
  const [first, ...rest] = people;
  if (!first) throw new Error('nobody is there');
  const view = await first.view();
  for (const person of rest) await person.sees(view);
  return view;
}

scenario('everyone follows from the overview to the very same step', async (room) => {
  const { host, code } = await room.startClass();
  const [phone, laptop, projector] = [
    await room.join(code, PHONE),
    await room.join(code),
    await room.projector(code),
  ];
  const all = [host, phone, laptop, projector];
  await host.page.getByRole('button', { name: '2 here, 2 follow' }).waitFor();

  await host.openLayer('conv_1_2');
  for (const person of all) await person.sees({ focus: 'layer conv_1_2', step: 0 });
  await host.page.keyboard.press('Escape');
  for (const person of all) await person.sees({ focus: 'overview' });

  await host.openUnit('conv_1_2', 3);
  for (const person of all) await person.sees({ focus: 'unit conv_1_2 3', step: 0 });
  await host.button('Next step').click();
  for (const person of all) await person.sees({ step: 1 });
  await host.button('Previous step').click();
  for (const person of all) await person.sees({ step: 0 });

  await host.button('Play').click();
  for (const person of all) await person.page.locator('[data-step]:not([data-step="0"])').waitFor();
  const steps = await Promise.all(all.map(async (person) => (await person.view()).step));
  // At 4 steps a second, reading four browsers one after the other may cross one boundary.
  expect(Math.max(...steps) - Math.min(...steps)).toBeLessThanOrEqual(1);

  await host.button('Pause').click();
  await host.button('Play').waitFor();
  const stopped = await together(all);
  expect(stopped.step).toBeGreaterThan(0);
  expect(stopped.focus).toBe('unit conv_1_2 3');
});

scenario('another picture and a caption reach every screen', async (room) => {
  const { host, code } = await room.startClass();
  const student = await room.join(code, PHONE);
  const projector = await room.projector(code);
  const before = await host.view();

  await host.page.getByRole('group', { name: 'Pictures' }).getByRole('button').nth(4).click();
  await host.page.locator(`[data-picture]:not([data-picture="${before.picture}"])`).waitFor();
  await together([host, student, projector]);

  await host.page.getByLabel('Caption for the class').fill('Look at the bias.');
  await host.button('Show').click();
  for (const person of [student, projector]) await person.page.getByText('Look at the bias.').waitFor();
  const size = await projector.page
    .getByText('Look at the bias.')
    .evaluate((caption) => parseFloat(getComputedStyle(caption).fontSize));
  expect(size).toBeGreaterThanOrEqual(24);
  await host.button('Clear').click();
  await student.page.getByText('Look at the bias.').waitFor({ state: 'hidden' });
});

scenario('an assistant takes the wheel, and the host takes it back', async (room) => {
  const { host, code } = await room.startClass();
  await host.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await host.button('More').click();
  await host.button('Copy the assistants’ link').click();
  const link = await host.page.evaluate(() => navigator.clipboard.readText());
  const assistant = await room.visit(new URL(link).pathname + new URL(link).hash);
  await assistant.status('Connected');
  expect(assistant.page.url()).not.toContain('#');
  await assistant.page.getByText(/drives the class/u).waitFor();

  await host.page.getByRole('button', { name: /here, \d+ follow/u }).click();
  await host.page.getByRole('button', { name: /^Hand over to/u }).click();
  await host.page.keyboard.press('Escape');
  await assistant.openUnit('conv_1_1', 0);
  await host.sees({ focus: 'unit conv_1_1 0' });
  await (await room.join(code)).sees({ focus: 'unit conv_1_1 0' });

  await host.button('Take over again').click();
  await host.button('Back to the network').click();
  await assistant.sees({ focus: 'overview' });
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
