import { beforeEach, expect, test, vi } from 'vitest';

import type { Description } from '../protocol/network';
import golden from './overview.golden?raw';
import { decodeOverview } from './overview';

const { description, cases } = JSON.parse(golden) as {
  description: Description;
  cases: [{ overview: string }];
};
const bytes = () =>
  Uint8Array.from(cases[0].overview.match(/../g) ?? [], (pair) => parseInt(pair, 16)).buffer;
const right = decodeOverview(bytes(), description);
const { signal } = new AbortController();

/** How the server answers, and what it was asked. */
let answer: () => Promise<Response>;
let asked: string[];

beforeEach(() => {
  asked = [];
  answer = () => Promise.resolve(new Response(bytes()));
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
