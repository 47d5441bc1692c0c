// The keyboard alone: every view is opened, used and left, and the focus is always somewhere.
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

import type { Focus } from '../../frontend/src/protocol/classroom';
import { settled } from './canvas';
import { hostsLine } from './line';
import { LAPTOP, type Person } from './person';
import { scenario } from './scenario';
import { describe } from './tensors';

/** Most things that the Tab key may have to pass on its way. */
const STOPS = 120;

const isFocused = (what: Locator) => what.evaluate((element) => element === document.activeElement);

/** Presses a key until something has the focus. */
async function until({ page }: Person, what: Locator, key = 'Tab'): Promise<void> {
  for (let i = 0; i < STOPS; i += 1) {
    if (await isFocused(what)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never reaches ${String(what)}`);
}

/** The tile of a unit, counted from 1. */
const tile = ({ page }: Person, layer: string, unit: number) =>
  page.getByRole('button', {
    name: new RegExp(`^${layer}, unit ${unit}\\b`, 'u'),
  });

scenario(
  'a unit of every operation is opened, played and left, and its tile has the focus again',
  async (room) => {
    const who = await room.visit('/explore', {
      ...LAPTOP,
      reducedMotion: 'reduce',
    });
    const { keyboard } = who.page;
    await settled(who);
    const { layers } = await describe(room.server.address);
    await until(who, who.page.locator('button.box[tabindex="0"]'));
    const seen = new Set<string>();
    for (const { id, op, shape } of layers) {
      const here = who.page.locator(`button.box[aria-label^="${id}, "]:focus`);
      if (op.type !== 'input' && id !== layers.at(-1)?.id) await keyboard.press('ArrowRight');
      if (shape.length < 3) continue;
      await here.waitFor();
      if (seen.has(op.type)) continue;
      seen.add(op.type);
      const name = (await here.getAttribute('aria-label')) ?? '';
      await keyboard.press('Enter');
      await who.page.locator(`[data-focus^="unit ${id} "]`).waitFor();
      await here.waitFor();
      if (op.type !== 'input') {
        await keyboard.press('.');
        await who.sees({ step: 1 });
        await keyboard.press(',');
        await who.sees({ step: 0 });
        await keyboard.press('Space');
        await who.page.locator('[data-step]:not([data-step="0"])').waitFor();
      }
      await keyboard.press('Escape');
      await who.sees({ focus: 'overview' });
      await who.page.getByRole('button', { name, exact: true }).waitFor();
      await here.waitFor();
    }
    expect([...seen]).toEqual(['input', 'conv', 'relu', 'maxPool']);
  },
);

scenario(
  'links, classes, elements, what a unit sees, the lab and hyperparameters are reached and left',
  async (room) => {
    const who = await room.visit('/explore', {
      ...LAPTOP,
      reducedMotion: 'reduce',
    });
    const { page } = who;
    const { keyboard } = page;
    await settled(who);
    const leave = async (to: string) => {
      await keyboard.press('Escape');
      await who.sees({ focus: to });
      expect(await page.evaluate(() => document.activeElement !== document.body), `after ${to}`).toBe(true);
    };

    await until(who, page.getByTitle(/^conv_1_2: /u));
    await keyboard.press('Enter');
    await who.sees({ focus: 'layer conv_1_2' });
    await leave('overview');

    await until(who, page.locator('button.box[tabindex="0"]'));
    await until(who, tile(who, 'conv_1_1', 1), 'ArrowRight');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await who.sees({ focus: 'unit conv_1_1 1' });
    await until(who, page.getByRole('button', { name: /^Kernel for Red/u }));
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await who.sees({ focus: 'link conv_1_1 1 1' });
    await until(who, page.getByRole('slider', { name: /^Output: / }));
    await keyboard.press('End');
    await who.sees({ step: 62 * 62 - 1 });
    await leave('unit conv_1_1 1');

    await until(who, who.button('What it sees'));
    await keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'What it sees' }).waitFor();
    await keyboard.press('Enter');
    await until(who, who.button('Edit this kernel'));
    await keyboard.press('Enter');
    await page.getByRole('region', { name: 'Kernel lab' }).waitFor();
    await until(who, page.getByRole('spinbutton', { name: 'Row 2, column 2' }).first());
    await keyboard.press('ArrowUp');
    await page.locator('[data-edit]:not([data-edit=""])').waitFor();
    await leave('overview');
    await until(who, who.button('Reset'));
    await keyboard.press('Enter');
    await page.locator('[data-edit=""]').waitFor();

    await until(who, page.locator('button.box[tabindex="0"]'));
    // The strip and the classes keep the place in the column.
    await until(who, page.locator('button.box.class').nth(1), 'ArrowRight');
    await keyboard.press('Enter');
    await who.sees({ focus: 'class 1' });
    await until(who, who.button('How the logit is computed'));
    await keyboard.press('Enter');
    await who.sees({ focus: 'unit output 1' });
    await until(who, page.getByRole('slider', { name: /elements in a row$/u }));
    await keyboard.press('Home');
    await who.sees({ focus: 'link output 1 0' });
    await keyboard.press('Escape');
    await leave('overview');

    await until(who, who.button('Kernel size, stride, padding'));
    await keyboard.press('Enter');
    await until(who, page.getByRole('slider', { name: 'Stride', exact: true }));
    await keyboard.press('ArrowRight');
    await page.locator('[data-focus^="hyperparameters"][data-focus$=" 2 1"]').waitFor();
    await leave('overview');

    const choice = page.getByRole('combobox', { name: 'Network' });
    await until(who, choice);
    await keyboard.press('ArrowDown');
    await who.sees({ network: 'tiny-example', focus: 'overview' });
  },
);

/** Whether something on the page has the focus. */
const isSomewhere = ({ page }: Person) =>
  page.evaluate(() => document.activeElement !== null && document.activeElement !== document.body);

/** Gives the focus to the last thing in the view that can have it: what stands there only as long as the view does. */
const focusLast = ({ page }: Person) =>
  page.locator('[data-focus]').evaluate((explorer) => {
    const all = [...explorer.querySelectorAll<HTMLElement>('a[href], button, input, select, [tabindex]')];
    const last = all.filter((each) => each.checkVisibility() && !each.matches(':disabled')).at(-1);
    last?.focus();
    return document.activeElement === last;
  });

const MOVES: Focus[] = [
  { kind: 'unit', layer: 'conv_1_1', unit: 3 },
  { kind: 'link', layer: 'conv_1_1', unit: 3, input: 1 },
  { kind: 'layer', layer: 'conv_1_2' },
  { kind: 'unit', layer: 'relu_1_1', unit: 0 },
  { kind: 'class', class: 1 },
  { kind: 'unit', layer: 'output', unit: 1 },
  { kind: 'hyperparameters', input: 7, padding: 1, kernel: 3, stride: 3, dilation: 1 },
  { kind: 'overview' },
];

scenario('the class moves on, and whoever had the focus in what is gone has it elsewhere', async (room) => {
  const { host, code } = await room.startClass();
  const student = await room.join(code, LAPTOP);
  const send = await hostsLine(host, code);
  for (const focus of MOVES) {
    // A student who follows has nothing to press in some views.
    expect(await focusLast(host)).toBe(true);
    await focusLast(student);
    // Both have a keyboard: who points is not given a focus.
    await host.page.keyboard.press('Shift');
    await student.page.keyboard.press('Tab');
    await student.page.keyboard.press('Shift+Tab');
    await send({ type: 'focus', focus });
    for (const person of [host, student]) {
      await person.sees({ focus: Object.values(focus).join(' ') });
      await settled(person);
      await expect.poll(() => isSomewhere(person), { message: JSON.stringify(focus) }).toBe(true);
    }
  }

  // The last step takes the use from the button that led there.
  await host.openUnit('conv_1_1', 0);
  await send({ type: 'step', step: 62 * 62 - 2 });
  await host.sees({ step: 62 * 62 - 2 });
  await host.button('Next step').press('Enter');
  await host.sees({ step: 62 * 62 - 1 });
  await expect.poll(() => isSomewhere(host)).toBe(true);
});

scenario('windows over the page keep the focus inside and give it back', async (room) => {
  const { host, code } = await room.startClass();
  const student = await room.join(code, LAPTOP);
  const alone = await room.visit('/explore?focus=overview');
  await alone.openUnit('relu_1_1', 0);
  const more = async () => {
    await host.button('More').press('Enter');
    await host.button('End the class…').waitFor();
  };
  const windows: [Person, Locator, (() => Promise<void>)?][] = [
    [host, host.page.getByRole('button', { name: /^Invite/u })],
    [host, host.button('End the class…'), more],
    [student, student.button('Ask')],
    [student, student.page.getByRole('button', { name: /^Change your name/u })],
    [alone, alone.button('Lessons')],
    [alone, alone.button('Show as table')],
  ];
  for (const [person, opener, before] of windows) {
    const { keyboard } = person.page;
    await before?.();
    await opener.press('Enter');
    const dialog = person.page.locator('dialog[open]');
    await dialog.waitFor();
    const stops = 3 + (await dialog.locator('a[href], button, input, select, textarea').count());
    for (const key of ['Tab', 'Shift+Tab'])
      for (let i = 0; i < stops; i += 1) {
        await keyboard.press(key);
        // Beyond the last one may come the browser's own controls, never what lies behind.
        const behind = await dialog.evaluate(
          (it) =>
            it !== document.activeElement?.closest('dialog') && document.activeElement !== document.body,
        );
        expect(behind, `${String(opener)}, ${key}`).toBe(false);
      }
    // In the browser's own controls, Escape is the browser's.
    await dialog.getByRole('button').first().focus();
    await keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    if (before) await expect.poll(() => isSomewhere(person), { message: String(opener) }).toBe(true);
    else await expect.poll(() => isFocused(opener), { message: String(opener) }).toBe(true);
  }
});
