/** DOM elements of the views of a network. */
import type { Browser } from 'playwright-core';

import { viewsOf } from '../e2e/views';
import type { Description } from '../../frontend/src/protocol/network';

/** How many elements a page has in each view, by its name. */
export async function elements(
  browser: Browser,
  address: string,
  network: Description,
): Promise<Map<string, number>> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en' });
  const page = await context.newPage();
  const counts = new Map<string, number>();
  for (const view of viewsOf(network)) {
    await page.goto(address + view.address);
    await page.locator('[aria-busy="false"][data-focus]').waitFor();
    await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
    counts.set(view.name, await page.locator('*').count());
  }
  await context.close();
  return counts;
}
