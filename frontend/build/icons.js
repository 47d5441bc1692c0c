/**
 * Paints the icons of the installed app from `public/favicon.svg`: `node build/icons.js`, when that picture has changed. Chromium paints
 * them; `CHROMIUM` names another one than Debian's.
 */
import { readFile, writeFile } from 'node:fs/promises';

import { chromium } from 'playwright-core';

/** What lies behind the mark: the paper of the light theme. */
const PAPER = '#fbfbf9';

/** Each icon: side in px, the part of it that the mark takes, and whether its corners are left to whoever shows it. */
const ICONS = [
  { name: 'icon-180', side: 180, mark: 0.68, whole: true },
  { name: 'icon-192', side: 192, mark: 0.7, whole: false },
  { name: 'icon-512', side: 512, mark: 0.7, whole: false },
  // A circle of 80 % is all that a mask surely leaves.
  { name: 'icon-maskable-512', side: 512, mark: 0.52, whole: true },
];

const folder = new URL('../public/', import.meta.url);
const mark = (await readFile(new URL('favicon.svg', folder))).toString('base64');
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
for (const { name, side, mark: part, whole } of ICONS) {
  const page = await browser.newPage({ viewport: { width: side, height: side } });
  const [inner, corner] = [side * part, whole ? 0 : side * 0.2];
  await page.setContent(`<style>
    html { background: none }
    body { margin: 0; block-size: ${side}px; display: grid; place-items: center; background: ${PAPER}; border-radius: ${corner}px }
    img { inline-size: ${inner}px; block-size: ${inner}px }
  </style><img src="data:image/svg+xml;base64,${mark}">`);
  await page.locator('img').evaluate((img) => img.decode());
  await writeFile(new URL(`${name}.png`, folder), await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();
