import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { KernelEdit } from '../../protocol/classroom';
import { blank, withBias } from './editing';
import { KernelEditor } from './editor.svelte';

const none = blank({ layer: 'conv', unit: 2 });
const bias = (value: number) => withBias(none, value / 1000);

/** An editor on a stage that has at once what is sent to it. */
function bench() {
  const sent: (number | null)[] = [];
  let stage: KernelEdit = none;
  const editor = new KernelEditor({
    edit: () => stage,
    send: (edit) => {
      stage = edit;
      sent.push(edit.bias);
    },
  });
  return { editor, sent };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a drag shows at once and is told ten times a second, the last one always', () => {
  const { editor, sent } = bench();
  editor.begin();
  for (let i = 1; i <= 100; i += 1) {
    editor.change(bias(i));
    expect(editor.edit.bias).toBe(i);
    vi.advanceTimersByTime(10);
  }
  expect(sent.length).toBeGreaterThanOrEqual(10);
  expect(sent.length).toBeLessThanOrEqual(11);
  vi.advanceTimersByTime(200);
  expect(sent.at(-1)).toBe(100);
});

test('a whole drag is taken back at once, and changes one after the other', () => {
  const { editor, sent } = bench();
  editor.apply(bias(1));
  vi.advanceTimersByTime(200);
  editor.begin();
  for (const value of [2, 3, 4]) editor.change(bias(value));
  editor.undo();
  expect(editor.edit).toEqual(bias(1));
  editor.undo();
  expect(editor.edit).toEqual(none);
  expect(editor.canUndo).toBe(false);
  editor.undo();
  vi.advanceTimersByTime(1000);
  expect(sent.at(-1)).toBe(null);
});

test('what waits is told when the editor goes', () => {
  const { editor, sent } = bench();
  editor.apply(bias(1));
  editor.apply(bias(2));
  expect(sent).toEqual([1]);
  editor.end();
  expect(sent).toEqual([1, 2]);
});
