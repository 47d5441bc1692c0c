// What holds in every view of a network, whatever it explains.
import type { BrowserContextOptions } from 'playwright-core';
import { expect } from 'vitest';

import { violationsInBothThemes } from './axe';
import { settled } from './canvas';
import { hostsLine } from './line';
import { difference } from './look';
import { PHONE, type Person } from './person';
import { scenario } from './scenario';
import { everyView } from './views';

/** Elements that a page may have: more of them make phones slow. */
const ELEMENTS = 2500;

const DESK = { viewport: { width: 1440, height: 900 } };
const SCREENS: Record<string, BrowserContextOptions> = { desk: DESK, phone: PHONE };
/** The views that have a reference of their look. */
const KNOWN = [
  'overview',
  'layer of conv',
  'unit of conv',
  'link of conv',
  'unit of maxPool',
  'link of dense',
  'class',
  'hyperparameters',
  'receptive field',
  'kernel lab',
  'tiny example, overview',
  'tiny example, unit of conv',
];

for (const [screen, device] of Object.entries(SCREENS))
  scenario(
    `every view looks as it did, axe finds nothing in it, and it has not too many elements, ${screen}`,
    async (room) => {
      const who = await room.visit('/explore', device);
      const found: Record<string, unknown> = {};
      const look = async (name: string, theme: string) => {
        await settled(who);
        const differs =
          KNOWN.includes(name) && (await difference(who.page, `${name.replaceAll(/\W+/gu, '-')}-${theme}`));
        if (differs) found[`look of ${name}, ${theme}`] = differs;
      };
      for (const { name, shows, address } of await everyView(room.server.address)) {
        await who.goesTo(address);
        await who.sees({ focus: shows });
        await look(name, screen);
        const list = await violationsInBothThemes(who);
        if (list.length > 0) found[name] = list;
        const elements = await who.page.locator('*').count();
        if (elements > ELEMENTS) found[`elements of ${name}`] = elements;
        if (screen !== 'desk') continue;
        await who.page.emulateMedia({ colorScheme: 'dark' });
        await look(name, 'dark');
        await who.page.emulateMedia({ colorScheme: 'light' });
      }
      expect(found).toEqual({});
    },
  );

/** What a screen tells about the view it shows, in words and numbers that do not depend on its size. */
async function told({ page }: Person) {
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
  return page.locator('[data-focus]').evaluate((explorer: HTMLElement) => {
    const { network, picture, focus, step, edit } = explorer.dataset;
    /** What is said under a name, each thing once. */
    const said = (name: 'sum' | 'output' | 'element') => {
      const all = [...explorer.querySelectorAll<HTMLElement>(`[data-${name}]`)];
      const parts = all.filter((part) => part.closest('[inert]') === null);
      return [...new Set(parts.map(({ dataset }) => dataset[name]))].sort();
    };
    // How many neighbours of an element are shown depends on the width.
    const tables = [...explorer.querySelectorAll('table')].filter((table) => !table.closest('.element'));
    const cells = tables.flatMap((table) =>
      [...table.querySelectorAll('td')].map(({ textContent }) => textContent.trim()),
    );
    // Beside an open unit a phone has no classes.
    const classes = focus === 'overview' ? [...explorer.querySelectorAll('.box.class')] : [];
    const scores = classes.map((each) => each.getAttribute('aria-label')).sort();
    const pixels = /rows \d+ to \d+, columns \d+ to \d+/u.exec(explorer.textContent)?.[0] ?? '';
    return {
      network,
      picture,
      focus,
      step,
      edit,
      output: said('output'),
      element: said('element'),
      cells,
      scores,
      pixels,
    };
  });
}

scenario('two browsers and a projector are in step in every view', async (room) => {
  const { host, code } = await room.startClass(DESK);
  const [phone, projector] = [await room.join(code, PHONE), await room.projector(code)];
  const send = await hostsLine(host, code);
  let now = '';
  for (const view of await everyView(room.server.address)) {
    const { network, picture, focus, receptiveField, edit, shows, step, name } = view;
    if (network !== now) await send({ type: 'chooseNetwork', network, picture });
    now = network;
    await send({ type: 'editKernel', edit });
    await send({ type: 'focus', focus });
    await send({ type: 'setReceptiveField', shown: receptiveField });
    if (step > 0) await send({ type: 'step', step });
    for (const person of [host, phone, projector]) await person.sees({ network, focus: shows, step });
    const desk = await told(host);
    expect(desk.edit === '', name).toBe(edit === null);
    expect(desk.pixels === '', name).toBe(!receptiveField);
    for (const person of [phone, projector])
      await expect.poll(() => told(person), { message: name }).toEqual(desk);
  }
});
