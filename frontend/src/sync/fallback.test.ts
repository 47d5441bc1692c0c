import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { PATIENCE_MS, withFallback } from './fallback';
import { FakeServer } from './testing';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const PING = { type: 'ping', sent: 1 } as const;

function enter() {
  const [first, second] = [new FakeServer(), new FakeServer()];
  const open = withFallback({ first: first.open, second: second.open });
  const attempt = () => {
    const told: string[] = [];
    const transport = open({
      open: () => void told.push('open'),
      message: (text) => void told.push(text),
      closed: () => void told.push('closed'),
    });
    return { told, transport };
  };
  return { first, second, attempt };
}

test('the first way stays when a message comes in time', () => {
  const { first, second, attempt } = enter();
  const { told, transport } = attempt();
  vi.advanceTimersByTime(PATIENCE_MS - 1);
  first.last.open();
  first.last.sayText('hi');
  vi.advanceTimersByTime(10 * PATIENCE_MS);
  transport.send(PING);
  expect(told).toEqual(['open', 'hi']);
  expect(first.last.heard).toEqual([PING]);
  expect(second.links).toEqual([]);
});

test.each([
  ['refused', (server: FakeServer) => server.last.drop()],
  ['swallowed', () => vi.advanceTimersByTime(PATIENCE_MS)],
  [
    'opened and then mute',
    (server: FakeServer) => {
      server.last.open();
      vi.advanceTimersByTime(PATIENCE_MS);
    },
  ],
])('the second way is taken when the first is %s', (_, fails) => {
  const { first, second, attempt } = enter();
  const { told, transport } = attempt();
  fails(first);
  expect(first.last.isClosed).toBe(true);
  second.last.open();
  second.last.sayText('hi');
  transport.send(PING);
  expect(told.slice(-2)).toEqual(['open', 'hi']);
  expect(second.last.heard).toEqual([PING]);
  // What the first way still tells is too late.
  first.last.sayText('late');
  first.last.drop();
  expect(told.slice(-1)).toEqual(['hi']);
});

test('the way that worked is tried first the next time, and given up when it works no more', () => {
  const { first, second, attempt } = enter();
  attempt();
  first.last.drop();
  second.last.sayText('hi');
  attempt();
  expect([first.links.length, second.links.length]).toEqual([1, 2]);
  second.last.drop();
  expect(first.links.length).toBe(2);
  first.last.sayText('hi');
  attempt();
  expect([first.links.length, second.links.length]).toEqual([3, 2]);
});

test('it is closed once when neither way is open, and when the way that worked breaks', () => {
  const { first, second, attempt } = enter();
  const failed = attempt();
  first.last.drop();
  second.last.drop();
  expect(failed.told).toEqual(['closed']);
  const broken = attempt();
  first.last.sayText('hi');
  first.last.drop();
  expect(broken.told).toEqual(['hi', 'closed']);
});

test('nothing is told after it was closed', () => {
  const { first, second, attempt } = enter();
  const { told, transport } = attempt();
  transport.close();
  vi.advanceTimersByTime(10 * PATIENCE_MS);
  expect(first.last.isClosed).toBe(true);
  expect(second.links).toEqual([]);
  expect(told).toEqual([]);
});
