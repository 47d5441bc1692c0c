import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { ApiError } from './api';
import { Blobs } from './blobs';

const busy = (retryAfterMs: number | null) =>
  new ApiError({ code: 'busy', message: 'busy', status: 503, retryAfterMs });
const blobs = () => new Blobs<string>({ budgetBytes: 10, sizeOf: (value) => value.length });
const never = new AbortController().signal;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('many who ask at once cause one request', async () => {
  const cache = blobs();
  const load = vi.fn(() => Promise.resolve('value'));
  const answers = await Promise.all([1, 2, 3].map(() => cache.get('a', load, never)));
  expect(answers).toEqual(['value', 'value', 'value']);
  expect(await cache.get('a', load, never)).toBe('value');
  expect(load).toHaveBeenCalledTimes(1);
});

test('the budget holds, and what was used last stays', async () => {
  const cache = blobs();
  for (const name of ['a', 'b']) await cache.get(name, () => Promise.resolve('1234'), never);
  cache.peek('a');
  await cache.get('c', () => Promise.resolve('5678'), never);
  expect([cache.peek('a'), cache.peek('b'), cache.peek('c')]).toEqual(['1234', null, '5678']);
  expect(cache.bytes).toBe(8);
  await cache.get('huge', () => Promise.resolve('x'.repeat(99)), never);
  expect(cache.peek('huge')).not.toBeNull();
  expect(cache.peek('a')).toBeNull();
});

describe('when nobody waits any more', () => {
  test('the request is aborted, and the next who asks starts again', async () => {
    const cache = blobs();
    const signals: AbortSignal[] = [];
    const load = (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<string>(() => undefined);
    };
    const [one, two] = [new AbortController(), new AbortController()];
    const first = cache.get('a', load, one.signal);
    const second = cache.get('a', load, two.signal);
    one.abort();
    await expect(first).rejects.toThrow('abort');
    expect(signals[0]?.aborted).toBe(false);
    two.abort();
    await expect(second).rejects.toThrow('abort');
    expect(signals[0]?.aborted).toBe(true);
    expect(await cache.get('a', () => Promise.resolve('new'), never)).toBe('new');
  });
});

describe('a busy server', () => {
  test('is asked again when it said', async () => {
    const load = vi.fn(() => Promise.resolve('late'));
    load.mockRejectedValueOnce(busy(2000));
    const answer = blobs().get('a', load, never);
    await vi.advanceTimersByTimeAsync(1999);
    expect(load).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1001);
    expect(await answer).toBe('late');
  });

  test('is given up after five tries, and other errors at once', async () => {
    const load = vi.fn(() => Promise.reject<string>(busy(null)));
    const answer = expect(blobs().get('a', load, never)).rejects.toThrow('busy');
    await vi.advanceTimersByTimeAsync(60_000);
    await answer;
    expect(load).toHaveBeenCalledTimes(5);
    const gone = new ApiError({ code: 'offline', message: 'gone', status: 0 });
    await expect(blobs().get('a', () => Promise.reject(gone), never)).rejects.toThrow('gone');
  });

  test('an error is not kept: the next who asks tries again', async () => {
    const cache = blobs();
    const gone = new ApiError({ code: 'offline', message: 'gone', status: 0 });
    await expect(cache.get('a', () => Promise.reject(gone), never)).rejects.toThrow('gone');
    expect(await cache.get('a', () => Promise.resolve('back'), never)).toBe('back');
  });
});
