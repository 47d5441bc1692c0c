import { expect, test } from 'vitest';

import { lessonKey, type Situation } from './keys';

const NOWHERE: Situation = {
  inField: false,
  onControl: false,
  onStage: false,
  inDialog: false,
  plays: false,
};
const PAGE = ['PageDown', 'PageUp'];
const ARROWS = ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp'];

/** The keys that lead somewhere. */
function leading(at: Partial<Situation>): string[] {
  return [...PAGE, ...ARROWS, ' ', 'q', 'Enter', 'a'].filter((key) => lessonKey(key, { ...NOWHERE, ...at }));
}

test.each([
  ['nowhere in particular', {}, [...PAGE, ...ARROWS, ' ', 'q']],
  ['while a unit is open', { plays: true }, [...PAGE, ...ARROWS, 'q']],
  ['on a button', { onControl: true }, [...PAGE, ...ARROWS, 'q']],
  ['on the stage', { onStage: true, onControl: true, plays: true }, [...PAGE, 'q']],
  ['in a field', { inField: true }, []],
  ['in a window', { inDialog: true }, []],
])('%s', (_, at, keys) => {
  expect(leading(at)).toEqual(keys);
});

test('down and right lead on, up and left lead back', () => {
  for (const key of ['PageDown', 'ArrowRight', 'ArrowDown', ' '])
    expect(lessonKey(key, NOWHERE)).toBe('next');
  expect(lessonKey('q', NOWHERE)).toBe('ask');
  for (const key of ['PageUp', 'ArrowLeft', 'ArrowUp']) expect(lessonKey(key, NOWHERE)).toBe('previous');
});
