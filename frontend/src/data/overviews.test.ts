import { beforeEach, expect, test, vi } from 'vitest';

import { decodeOverview } from './overview';
import { description, overviewBytes } from './testing';

const right = decodeOverview(overviewBytes(), description);
const { signal } = new AbortController();

/** How the server answers, and what it was asked. */
let answer: () => Promise<Response>;
let asked: string[];

beforeEach(() => {
  asked = [];
  answer = () => Promise.resolve(new Response(overviewBytes()));
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path);
    return answer();
  });
});

/** The module as a page that was just loaded has it. */
async function fresh(): Promise<typeof import('./overviews')> {
  vi.resetModules();
  return import('./overviews');
}

test('what was loaded early is not asked for again, but once', async () => {
  const { loadEarly, loadOverview } = await fresh();
  loadEarly('/one', description);
  expect(await loadOverview('/one', description, signal)).toEqual(right);
  expect(asked).toEqual(['/one']);
  await loadOverview('/one', description, signal);
  expect(asked).toEqual(['/one', '/one']);
});

test('another one, or one that did not come, is asked for', async () => {
  const { loadEarly, loadOverview } = await fresh();
  loadEarly('/one', description);
  expect(await loadOverview('/other', description, signal)).toEqual(right);
  answer = () => Promise.reject(new TypeError('no network'));
  loadEarly('/one', description);
  await expect(loadOverview('/one', description, signal)).rejects.toMatchObject({ code: 'offline' });
  expect(asked).toEqual(['/one', '/other', '/one', '/one']);
});
