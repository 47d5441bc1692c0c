import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { INK_MS, STROKES, type Ink, type Aim } from '../protocol/classroom';
import { Hand } from './hand.svelte';
import type { Place } from './places';
import type { Sample } from './stroke';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

const rect = { x: 0, y: 0, width: 100, height: 100 };
const place = (part: boolean): Place => ({
  thing: part ? { kind: 'part', part: 'sum', input: null } : { kind: 'unit', layer: 'conv', unit: 0 },
  units: 1,
  inPicture: true,
  cells: null,
  ...rect,
  seen: rect,
});
const at = (u: number, part = false): Aim => ({ thing: place(part).thing, u, v: 0 });
const sample = (x: number, part = false): Sample[] => [{ x, y: 0, place: place(part) }];

function aHand() {
  const told: { at: Aim | null; ink: Ink | null }[] = [];
  const hand = new Hand({ now: () => performance.now(), send: (at, ink) => told.push({ at, ink }) });
  return { hand, told };
}

describe('a hand', () => {
  test('tells where it points at most 20 times a second, and always the last place', () => {
    const { hand, told } = aHand();
    hand.take('pointer');
    for (let i = 1; i <= 200; i += 1) {
      hand.point(at(i));
      vi.advanceTimersByTime(5);
    }
    vi.advanceTimersByTime(1000);
    expect(told.length).toBeLessThanOrEqual(21);
    expect(told.at(-1)).toEqual({ at: at(200), ink: null });
  });

  test('takes a tool, another one, and puts it away', () => {
    const { hand, told } = aHand();
    hand.take('pointer');
    hand.point(at(1));
    hand.take('pen');
    expect(hand.tool).toBe('pen');
    vi.advanceTimersByTime(100);
    expect(told.at(-1)?.at).toBeNull();
    hand.take('pen');
    expect(hand.tool).toBe('off');
  });

  test('a finger that is lifted is seen as long as ink, then no more', () => {
    const { hand, told } = aHand();
    hand.take('pointer');
    hand.point(at(1));
    hand.leave();
    vi.advanceTimersByTime(INK_MS - 1);
    expect(hand.shown.at).not.toBeNull();
    vi.advanceTimersByTime(100);
    expect(hand.shown.at).toBeNull();
    expect(told.at(-1)?.at).toBeNull();
  });

  test('every stroke is told to its end, however short and fast', () => {
    const { hand, told } = aHand();
    hand.take('pen');
    for (let stroke = 0; stroke < 3; stroke += 1) {
      for (const x of [0, 10, 20]) hand.draw(sample(x + stroke), []);
      hand.lift();
    }
    vi.advanceTimersByTime(1000);
    const ends = new Map(told.map(({ ink }) => [ink?.id, ink?.legs.at(-1)?.points.at(-1)]));
    expect([...ends.values()]).toEqual([
      [200, 0],
      [210, 0],
      [220, 0],
    ]);
  });

  test('ink is gone after its time, and the oldest of too much at once', () => {
    const { hand } = aHand();
    hand.take('pen');
    for (let stroke = 0; stroke < STROKES + 2; stroke += 1) {
      hand.draw(sample(stroke), []);
      hand.lift();
      vi.advanceTimersByTime(1000);
    }
    expect(hand.shown.strokes.length).toBe(STROKES);
    hand.take('pen');
    expect(hand.busy).toBe(true);
    vi.advanceTimersByTime(INK_MS);
    hand.fade();
    expect(hand.shown.strokes).toEqual([]);
    expect(hand.busy).toBe(false);
  });

  test('what belongs to an explanation goes with it', () => {
    const { hand } = aHand();
    hand.take('pointer');
    hand.point(at(1, true));
    hand.draw([...sample(1), ...sample(2, true)], []);
    hand.forget();
    expect(hand.shown.at).toBeNull();
    expect(hand.shown.strokes.map(({ legs }) => legs.map(({ thing }) => thing.kind))).toEqual([['unit']]);
  });

  test('at rest it shows and tells nothing more', () => {
    const { hand, told } = aHand();
    hand.take('pen');
    hand.draw(sample(1), []);
    hand.draw(sample(2), []);
    hand.rest();
    vi.advanceTimersByTime(1000);
    expect(told.length).toBe(1);
    expect(hand.shown).toEqual({ at: null, strokes: [] });
    expect(hand.tool).toBe('off');
  });
});
