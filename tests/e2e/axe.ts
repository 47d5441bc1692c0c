/** What axe finds wrong with a page. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { AxeResults, RunOptions } from 'axe-core';

import type { Person } from './person';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What is told is what is broken, and nothing else is made for it. Style sheets are asked for again only by experimental rules, which do not
 * run; players are waited for.
 */
const VIOLATIONS: RunOptions = {
  resultTypes: ['violations'],
  selectors: false,
  elementRef: false,
  preload: { assets: ['media'] },
};

/** A line for each rule that something on someone's page breaks. Named rules alone, where some are named. */
export async function violations({ page }: Person, rules?: string[]): Promise<string[]> {
  // Colours that change slowly are looked at when they have changed.
  await page.waitForFunction(() => !document.getAnimations().some((each) => each instanceof CSSTransition));
  // Evaluated by the browser's own tools, to which the page's policy does not apply; a page keeps it until it is loaded anew.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  return page.evaluate(
    async (options) => {
      const { axe } = globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
      const { violations } = await axe.run(options);
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
      );
    },
    rules ? { ...VIOLATIONS, runOnly: rules } : VIOLATIONS,
  );
}

/** The same in both themes. Whoever came has the light one; of the dark one all that can differ is looked at. */
export async function violationsInBothThemes(person: Person): Promise<string[]> {
  const inLight = await violations(person);
  await person.page.emulateMedia({ colorScheme: 'dark' });
  const inDark = await violations(person, ['color-contrast']);
  await person.page.emulateMedia({ colorScheme: 'light' });
  return [...inLight, ...inDark.map((line) => `dark: ${line}`)];
}
