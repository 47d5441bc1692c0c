// Every step of every lesson that ships, on a desk and on a phone, as pictures in `target/walk`. LANGUAGES=en,de takes fewer.
import { mkdir } from 'node:fs/promises';

import { expect } from 'vitest';

import { settled } from './canvas';
import { PHONE } from './person';
import { scenario } from './scenario';
import { overflowing, shippedLessons, walk } from './walking';

const FOLDER = new URL('../../target/walk/', import.meta.url).pathname;
const LANGUAGES = (process.env['LANGUAGES'] ?? 'en,es,de,zh').split(',');
/** The longest that a step is waited for, in ms. */
const REST_MS = 2500;
const SCREENS = {
  desk: { viewport: { width: 1440, height: 900 } },
  phone: { ...PHONE, deviceScaleFactor: 1 },
} as const;

for (const language of LANGUAGES)
  for (const [screen, device] of Object.entries(SCREENS))
    scenario(`${language}, ${screen}`, async (room) => {
      const found: string[] = [];
      for (const shipped of await shippedLessons(room.server.address, [language])) {
        const folder = `${FOLDER}${language}/${shipped.name}`;
        await mkdir(folder, { recursive: true });
        const who = await room.visit('/explore', { ...device, locale: language, reducedMotion: 'reduce' });
        await who.sees({ focus: 'overview' });
        await walk(who, shipped, async ({ index }) => {
          // A kernel that moves fast does not come to rest for minutes.
          const rest = settled(who).catch(() => undefined);
          await Promise.race([rest, who.page.waitForTimeout(REST_MS)]);
          const number = String(index + 1).padStart(2, '0');
          await who.page.screenshot({ path: `${folder}/${number}-${screen}.png`, animations: 'disabled' });
          for (const what of await overflowing(who))
            found.push(`${shipped.name}, step ${index + 1}: ${what}`);
        });
        await who.context.close();
        room.people.splice(0);
      }
      expect(found).toEqual([]);
    });
