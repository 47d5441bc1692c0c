// What holds in every view of a network, whatever operation it explains.
import { expect } from 'vitest';

import { violations } from './axe';
import { settled } from './canvas';
import { scenario } from './scenario';
import { describe } from './tensors';
import { viewsOf } from './views';

/** Elements that a page may have: more of them make phones slow. */
const ELEMENTS = 2500;

for (const colorScheme of ['light', 'dark'] as const)
  scenario(
    `axe finds nothing in any view, and no view has too many elements, ${colorScheme}`,
    async (room) => {
      const network = await describe(room.server.address);
      const who = await room.visit('/explore', {
        viewport: { width: 1440, height: 900 },
        colorScheme,
        reducedMotion: 'reduce',
      });
      const found: Record<string, unknown> = {};
      for (const { name, shows, address } of viewsOf(network)) {
        await who.goesTo(address);
        await who.sees({ focus: shows });
        await settled(who);
        const list = await violations(who);
        if (list.length > 0) found[name] = list;
        const elements = await who.page.locator('*').count();
        if (elements > ELEMENTS) found[`elements of ${name}`] = elements;
      }
      expect(found).toEqual({});
    },
  );
