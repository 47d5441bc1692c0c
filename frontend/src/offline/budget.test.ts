import fc from 'fast-check';
import { expect, test } from 'vitest';

import { Budget } from './budget';

test('what was used longest ago goes first', () => {
  const budget = new Budget(100);
  expect(budget.add('a', 40)).toEqual([]);
  expect(budget.add('b', 40)).toEqual([]);
  budget.use('a');
  expect(budget.add('c', 50)).toEqual(['b']);
  expect(budget.bytes).toBe(90);
});

test('the same again takes its own place, and what is too large takes none', () => {
  const budget = new Budget(100);
  budget.add('a', 40);
  expect(budget.add('a', 90)).toEqual([]);
  expect(budget.add('b', 101)).toBeNull();
  expect(budget.bytes).toBe(90);
});

test('whatever happens, the bytes are those of what is kept, and never too many', () => {
  const step = fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), bytes: fc.nat(60), use: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const budget = new Budget(100);
      const kept = new Map<string, number>();
      for (const { name, bytes, use } of steps) {
        if (use) {
          budget.use(name);
          continue;
        }
        const gone = budget.add(name, bytes);
        kept.set(name, bytes);
        for (const each of gone ?? []) kept.delete(each);
        expect(kept.has(name)).toBe(true);
        expect(budget.bytes).toBe([...kept.values()].reduce((sum, n) => sum + n, 0));
        expect(budget.bytes).toBeLessThanOrEqual(100);
      }
    }),
  );
});
