import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { ApiError, offline } from '../data/api';
import { fetched, type Fetcher } from './fetched';

let page: EventTarget;

beforeEach(() => {
  vi.useFakeTimers();
  page = new EventTarget();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const missing = new ApiError({ code: 'not_found', message: 'no such picture', status: 404 });

/** Something that fetches, and fails so often before it succeeds. */
function bench(...failures: readonly Error[]) {
  const fetcher: Fetcher = { problem: null };
  const abort = new AbortController();
  const attempt = vi.fn(() => Promise.resolve('here'));
  for (const failure of failures) attempt.mockRejectedValueOnce(failure);
  return { fetcher, abort, attempt, value: fetched(fetcher, attempt, abort.signal) };
}

test('what only the network withholds is asked for until it is here, and what is wrong is told until then', async () => {
  const { fetcher, attempt, value } = bench(offline(), offline(), offline(), offline(), offline(), offline());
  await vi.advanceTimersByTimeAsync(0);
  expect(fetcher.problem?.code).toBe('offline');
  // The waits stop growing at 2 s.
  await vi.advanceTimersByTimeAsync(6 * 2000);
  expect(await value).toBe('here');
  expect(attempt).toHaveBeenCalledTimes(7);
  expect(fetcher.problem).toBeNull();
});

test('it is asked for at once when the browser has a network again', async () => {
  const { attempt, value } = bench(offline());
  await vi.advanceTimersByTimeAsync(0);
  expect(attempt).toHaveBeenCalledTimes(1);
  page.dispatchEvent(new Event('online'));
  expect(await value).toBe('here');
});

test.for([missing, new Error('no sense')])('what is refused is not asked for again: %s', async (refusal) => {
  const { fetcher, attempt, value } = bench(refusal);
  expect(await value).toBeNull();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(attempt).toHaveBeenCalledTimes(1);
  expect(fetcher.problem?.message).toBe(refusal.message);
});

test('nobody is told of what nobody wants any more', async () => {
  const { fetcher, abort, attempt, value } = bench(offline());
  await vi.advanceTimersByTimeAsync(0);
  const { problem } = fetcher;
  abort.abort();
  expect(await value).toBeNull();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(attempt).toHaveBeenCalledTimes(1);
  expect(fetcher.problem).toBe(problem);
  expect(vi.getTimerCount()).toBe(0);
});
