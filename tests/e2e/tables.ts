/** The values of a view as tables, in the window that a button opens. */
import { expect } from 'vitest';

import { violations } from './axe';
import type { Person } from './person';

/** Half of the last decimal that a cell shows. */
const SHOWN = 0.0051;

/** Opens the tables and closes them: one for each of the values, which is what it marks. */
export async function markedInTables(person: Person, values: readonly number[]): Promise<void> {
  await person.button('Show as table').click();
  const dialog = person.page.getByRole('dialog');
  await dialog.getByRole('table').first().waitFor();
  const marked = (await dialog.locator('mark').allInnerTexts()).map((text) => Number(text.replace('−', '-')));
  expect(marked).toHaveLength(values.length);
  for (const [i, value] of values.entries()) expect(Math.abs((marked[i] ?? NaN) - value)).toBeLessThan(SHOWN);
  expect(await violations(person)).toEqual([]);
  await person.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}
