// What `look.ts` sees and what it does not; every view is looked at in `views.test.ts`.
import { expect } from 'vitest';

import { settled } from './canvas';
import { difference } from './look';
import { scenario } from './scenario';

scenario('other fonts make no difference, a missing or moved part does', async (room) => {
  // Renewing would take what is changed here for the reference.
  if (process.env['UPDATE_LOOK']) return;
  const who = await room.visit('/explore', { viewport: { width: 1440, height: 900 } });
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
