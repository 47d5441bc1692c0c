// What a unit sees, the sizes of a window, and the addresses of both: on a laptop and on a phone, alone and in a class.
import { expect } from 'vitest';

import { LAPTOP, PHONE, type Person } from './person';
import { scenario } from './scenario';
import { addressOf } from './views';

const SIZES = { kind: 'hyperparameters', input: 7, padding: 1, kernel: 3, stride: 4, dilation: 1 } as const;
const UNIT = { kind: 'unit', layer: 'max_pool_1', unit: 3 } as const;

const slider = ({ page }: Person, name: string) => page.getByRole('slider', { name, exact: true });
const panel = ({ page }: Person) => page.getByRole('complementary', { name: 'What it sees' });

for (const [size, device] of Object.entries({ wide: LAPTOP, portrait: PHONE })) {
  scenario(`the sizes of a window limit each other and explain themselves, ${size}`, async (room) => {
    const alone = await room.visit(addressOf(SIZES), device);
    const { page } = alone;
    await alone.sees({ focus: 'hyperparameters 7 1 3 4 1' });
    await page.getByText('Output 2 × 2').waitFor();
    await page.getByText('9 × 9 with padding').waitFor();
    await page.getByText(/rows and columns 8 and 9 are left over/u).waitFor();
    await page.getByText(/Row and column 4 lie between/u).waitFor();

    await page.getByRole('spinbutton', { name: 'Stride as a number' }).fill('3');
    await page.keyboard.press('Enter');
    await alone.sees({ focus: 'hyperparameters 7 1 3 3 1' });
    await page.getByText('Output 3 × 3').waitFor();
    await page.getByText('Every row and every column is read at least once.').waitFor();

    // As far as the others let it: 9 rows with padding hold a kernel of 9.
    await slider(alone, 'Kernel').press('End');
    await alone.sees({ focus: 'hyperparameters 7 1 9 3 1' });
    await page.getByText('Output 1 × 1').waitFor();
    await page.getByRole('spinbutton', { name: 'Kernel as a number' }).fill('2');
    await page.keyboard.press('Enter');
    await alone.button('Show as table').click();
    const rows = page.getByRole('dialog').getByRole('row');
    await rows.first().waitFor();
    expect(await rows.getByRole('cell').allInnerTexts()).toEqual(['1 (padding), 2', '4, 5', '7, 8']);
    await page.keyboard.press('Escape');
    await slider(alone, 'Cell of the output').press('ArrowDown');
    await alone.sees({ focus: 'hyperparameters 7 1 2 3 1', step: 3 });
    await slider(alone, 'Place of the kernel on the input').press('ArrowRight');
    await alone.sees({ step: 4 });
    await page.waitForURL(/sizes=7\.1\.2\.3\.1&step=4/u);
  });

  scenario(`what a unit sees is outlined and followed, ${size}`, async (room) => {
    const alone = await room.visit(addressOf(UNIT, { step: 310 }), device);
    await alone.sees({ focus: 'unit max_pool_1 3', step: 310 });
    await alone.unfold();
    await alone.button('What it sees').click();
    // Row 10, column 10 of the pool: cells 20 and 21 of the convolution before, pixels 20 to 25 of the input.
    await panel(alone).getByText('6 × 6 of 64 × 64 pixels').waitFor();
    await panel(alone).getByText('rows 21 to 26, columns 21 to 26').waitFor();
    const list = await panel(alone).getByRole('listitem').allInnerTexts();
    expect(list.map((text) => text.replaceAll(/\s+/gu, ' ').trim())).toEqual([
      'conv_1_1 3 × 3',
      'conv_1_2 5 × 5',
      'max_pool_1 6 × 6',
    ]);
    await alone.button('Next step').click();
    await panel(alone).getByText('rows 21 to 26, columns 23 to 28').waitFor();
    await alone.page.waitForURL(/step=311&field=1/u);
    await alone.unfold();
    await alone.button('What it sees').click();
    await panel(alone).waitFor({ state: 'detached' });
    // The diagram opens with the sizes of this very window; its input of 60 is drawn smaller.
    await alone.unfold();
    await alone.button('Kernel size, stride, padding of this layer').click();
    await alone.sees({ focus: 'hyperparameters 10 0 2 2 1' });
  });
}

scenario('two browsers see the same sizes, step and field', async (room) => {
  const { host, code } = await room.startClass();
  const [student, projector] = [await room.join(code, PHONE), await room.projector(code)];
  await host.button('Kernel size, stride, padding').click();
  await slider(host, 'Stride').press('ArrowRight');
  for (const person of [student, projector]) await person.sees({ focus: 'hyperparameters 6 1 3 2 1' });
  await host.button('Next step').click();
  for (const person of [student, projector]) {
    await person.sees({ step: 1 });
    await person.page.getByText('Output 3 × 3').waitFor();
  }
  await host.button('Back to the network').click();
  await host.openUnit('conv_1_2', 3);
  await host.button('What it sees').click();
  for (const person of [host, student, projector])
    await panel(person).getByText('5 × 5 of 64 × 64 pixels').waitFor();
  await host.button('Next step').click();
  for (const person of [student, projector])
    await panel(person).getByText('rows 1 to 5, columns 2 to 6').waitFor();
});

scenario('Back and Forward go through views, and their titles name them', async (room) => {
  const alone = await room.visit('/explore');
  await alone.sees({ focus: 'overview' });
  await alone.openUnit('conv_1_1', 2);
  await alone.sees({ focus: 'unit conv_1_1 2' });
  await alone.button('Kernel size, stride, padding').click();
  // The sizes of the layer it is opened from; its input of 64 is drawn smaller.
  await alone.sees({ focus: 'hyperparameters 10 0 3 1 1' });
  await slider(alone, 'Stride').press('ArrowRight');
  await alone.sees({ focus: 'hyperparameters 10 0 3 2 1' });
  await alone.page.waitForURL(/sizes=10\.0\.3\.2\.1/u);
  await expect.poll(() => alone.page.title()).toMatch(/^Kernel size, stride, padding · /u);
  await alone.page.goBack();
  await alone.sees({ focus: 'unit conv_1_1 2' });
  await expect.poll(() => alone.page.title()).toMatch(/^conv_1_1 · unit 3 · /u);
  await alone.page.goForward();
  await alone.sees({ focus: 'hyperparameters 10 0 3 2 1' });
});

scenario('a copied link opens the same view for someone else, and not the class', async (room) => {
  const { host, code } = await room.startClass();
  const student = await room.join(code);
  await host.openUnit('conv_2_1', 1);
  await host.button('What it sees').click();
  await host.button('Next step').click();
  await student.sees({ focus: 'unit conv_2_1 1', step: 1 });
  await host.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await host.button('More').click();
  await host.button('Copy a link to this view').click();
  await host.page.getByText('Link copied').waitFor();
  const link = new URL(await host.page.evaluate(() => navigator.clipboard.readText()));
  expect(link.pathname).toBe('/explore');
  await student.page.goto(room.server.address + link.pathname + link.search);
  await student.sees({ focus: 'unit conv_2_1 1', step: 1 });
  await panel(student).waitFor();
  await student.button('Next step').click();
  await student.sees({ step: 2 });
  await host.sees({ step: 1 });
});

scenario('where the browser refuses to copy, a field has the link', async (room) => {
  const alone = await room.newcomer();
  await alone.page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  await alone.page.goto(room.server.address + addressOf(SIZES));
  await alone.sees({ focus: 'hyperparameters 7 1 3 4 1' });
  await alone.button('Copy a link to this view').click();
  const field = alone.page.getByRole('textbox', { name: /Copy the link here/u });
  expect(await field.inputValue()).toContain('/explore?');
  expect(await field.inputValue()).toContain('sizes=7.1.3.4.1');
  await alone.page.waitForFunction(() => getSelection()?.toString().includes('/explore?'));
});
