// Every view looks as it looked when somebody last looked at it; see look.ts for what that means.
import { expect } from 'vitest';

import { settled } from './canvas';
import { difference } from './look';
import { PHONE } from './person';
import { scenario } from './scenario';
import { everyView } from './views';

const SCREENS = {
  desk: { viewport: { width: 1440, height: 900 } },
  phone: { ...PHONE, deviceScaleFactor: 1 },
  dark: { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
} as const;
/** The views that have a reference. */
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
  scenario(`every view looks as it did, ${screen}`, async (room) => {
    const who = await room.visit('/explore', { ...device, reducedMotion: 'reduce' });
    await settled(who);
    const found: Record<string, string> = {};
    for (const { name, shows, address } of await everyView(room.server.address)) {
      if (!KNOWN.includes(name)) continue;
      await who.goesTo(address);
      await who.sees({ focus: shows });
      await settled(who);
      const differs = await difference(who.page, `${name.replaceAll(/\W+/gu, '-')}-${screen}`);
      if (differs) found[name] = differs;
    }
    expect(found).toEqual({});
  });

scenario('other fonts make no difference, a missing or moved part does', async (room) => {
  // Renewing would take what is changed here for the reference.
  if (process.env['UPDATE_LOOK']) return;
  const who = await room.visit('/explore', { ...SCREENS.desk, reducedMotion: 'reduce' });
  const explorer = who.page.getByRole('region', { name: 'Network explorer' });
  /** What is said of the overview while some of its elements have another style. */
  const styled = async (selector: string, style: string, value: string) => {
    const set = (value: string) =>
      explorer.locator(selector).evaluateAll(
        (all, { style, value }) => {
          for (const it of all) if (it instanceof HTMLElement) it.style.setProperty(style, value);
        },
        { style, value },
      );
    await set(value);
    await settled(who);
    const found = await difference(who.page, 'overview-desk');
    await set('');
    return found;
  };
  await settled(who);
  const found: Record<string, string | null> = {};
  for (const family of ['serif', 'DejaVu Sans']) found[family] = await styled('*', 'font-family', family);
  found['a canvas that moved'] = await styled('canvas', 'translate', '16px 0');
  for (const selector of ['canvas', '.label', '.picker', '.box.class'])
    found[`no ${selector}`] = await styled(selector, 'visibility', 'hidden');
  const { serif, 'DejaVu Sans': sans, ...parts } = found;
  expect({ serif, sans }).toEqual({ serif: null, sans: null });
  for (const [name, differs] of Object.entries(parts)) expect(differs, name).not.toBeNull();
});
