import { expect, test } from 'vitest';

import { Newest } from './newest';

/** Wishes that end when the test says so. */
function bench() {
  const begun: number[] = [];
  const ends = new Map<number, () => void>();
  const aborted: number[] = [];
  const newest = new Newest<number>((wish, signal) => {
    begun.push(wish);
    signal.addEventListener('abort', () => aborted.push(wish));
    return new Promise<void>((resolve) => ends.set(wish, resolve));
  });
  const end = async (wish: number) => {
    ends.get(wish)?.();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { newest, begun, aborted, end };
}

test('one at a time, and those between are never begun', async () => {
  const { newest, begun, aborted, end } = bench();
  for (const wish of [1, 2, 3, 4]) newest.want(wish, 'after');
  expect(begun).toEqual([1]);
  await end(1);
  expect(begun).toEqual([1, 4]);
  await end(4);
  newest.want(5, 'after');
  expect(begun).toEqual([1, 4, 5]);
  expect(aborted).toEqual([]);
});

test('another wish gives up what is under way', async () => {
  const { newest, begun, aborted, end } = bench();
  newest.want(1, 'after');
  newest.want(2, 'after');
  newest.want(3, 'instead');
  expect(begun).toEqual([1, 3]);
  expect(aborted).toEqual([1]);
  await end(1);
  expect(begun).toEqual([1, 3]);
  newest.want(4, 'after');
  await end(3);
  expect(begun).toEqual([1, 3, 4]);
});

test('nothing is begun after the end', async () => {
  const { newest, begun, aborted, end } = bench();
  newest.want(1, 'after');
  newest.want(2, 'after');
  newest.end();
  await end(1);
  expect(begun).toEqual([1]);
  expect(aborted).toEqual([1]);
});
