/** A recording that someone watches, and its file. */
import { readFile } from 'node:fs/promises';

import type { Page } from 'playwright-core';

import type { Recording } from '../../frontend/src/protocol/classroom';
import type { Person } from './person';

export const slider = ({ page }: Person) => page.getByRole('slider', { name: 'Time in the recording' });

/** The text of the file that a page saves. */
export async function savedText(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the recording as a file' }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}

/** What it has. */
export async function saved(page: Page): Promise<Recording> {
  return JSON.parse(await savedText(page)) as Recording;
}
