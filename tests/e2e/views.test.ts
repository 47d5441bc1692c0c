// What holds in every view of a network, whatever it explains.
import type { BrowserContextOptions } from 'playwright-core';
import { expect } from 'vitest';

import { violationsInBothThemes } from './axe';
import { settled } from './canvas';
import { hostsLine } from './line';
import { PHONE, type Person } from './person';
import { scenario } from './scenario';
import { everyView } from './views';

/** Elements that a page may have: more of them make phones slow. */
const ELEMENTS = 2500;

const DESK = { viewport: { width: 1440, height: 900 } };
const SCREENS: [string, BrowserContextOptions][] = [
  ['on a desk', DESK],
  ['on a phone', PHONE],
];

for (const [name, options] of SCREENS)
  scenario(`axe finds nothing in any view, and no view has too many elements, ${name}`, async (room) => {
    const who = await room.visit('/explore', {
      ...options,
      reducedMotion: 'reduce',
    });
    const found: Record<string, unknown> = {};
    for (const { name, shows, address } of await everyView(room.server.address)) {
      await who.goesTo(address);
      await who.sees({ focus: shows });
      await settled(who);
      const list = await violationsInBothThemes(who);
      if (list.length > 0) found[name] = list;
      const elements = await who.page.locator('*').count();
      if (elements > ELEMENTS) found[`elements of ${name}`] = elements;
    }
    expect(found).toEqual({});
  });

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
  const { host, code } = await room.startClass({
    ...DESK,
    reducedMotion: 'reduce',
  });
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
