// What is opened is a file from anywhere: the golden one, written by `backend/classroom/tests/golden`, and everything that is nearly one.
import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import type { FilledCell, Recording, Task } from '../protocol/classroom';
import { decodeRecording, readRecordingFile, RecordingError } from './recording';

const path = new URL('../../../tests/golden/recording.json', import.meta.url);
const [golden] = JSON.parse(readFileSync(path, 'utf8')) as [Recording];

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

function fault(text: string): string {
  try {
    decodeRecording(text);
    return 'none';
  } catch (error) {
    return error instanceof RecordingError ? error.fault : String(error);
  }
}

/** The golden recording after `change`. */
function changed(change: (recording: Recording) => void): string {
  const copy = structuredClone(golden);
  change(copy);
  return JSON.stringify(copy);
}

/** Every version of a value in which one field is missing or of a type that no field has. */
function* spoilt(value: Json): Generator<Json> {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    const inner = Array.isArray(value) ? value[Number(key)] : value[key];
    const put = (replacement: Json): Json => Object.assign(structuredClone(value), { [key]: replacement });
    if (!Array.isArray(value))
      yield Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    yield put([['neither']]);
    for (const worse of spoilt(inner ?? null)) yield put(worse);
  }
}

test('the golden recording is read as it was written, also with more in it than is known here', () => {
  expect(decodeRecording(JSON.stringify(golden))).toEqual(golden);
  expect(fault(changed((recording) => Object.assign(recording, { later: true })))).toBe('none');
});

test('with a field missing or spoilt it is none', () => {
  for (const worse of spoilt(golden as unknown as Json)) {
    const text = JSON.stringify(worse);
    expect(fault(text), text).not.toBe('none');
  }
});

test.each<[string, string, string]>([
  ['nothing', '', 'other'],
  ['no JSON', 'PNG', 'other'],
  ['other JSON', '{"steps":[]}', 'other'],
  ['a list', '[]', 'other'],
  ['what was cut off', JSON.stringify(golden).slice(0, -100), 'unreadable'],
  ['a newer format', changed((one) => (one.version = 2)), 'newer'],
  ['a newer format of which nothing else is known', '{"kind":"convocation-recording","version":9}', 'newer'],
  ['no moments', changed((one) => (one.moments = [])), 'unreadable'],
  ['no stage at first', changed((one) => one.moments.shift()), 'unreadable'],
  ['time that goes back', changed((one) => one.moments.reverse()), 'unreadable'],
  ['a moment after the end', changed((one) => (one.length = 100)), 'unreadable'],
  ['a kernel that never moves on', changed((one) => rate(one, 0)), 'unreadable'],
  ['a picture that leads elsewhere', changed((one) => picture(one, '../../networks')), 'unreadable'],
  ['more tiles than there can be', changed((one) => tiles(one, 1e9)), 'unreadable'],
])('%s', (_name, text, expected) => {
  expect(fault(text)).toBe(expected);
});

const EIGHT = { digits: 8, decimals: 0 };
const LONG = { digits: 8, decimals: 1000 };
const VALUE = { kind: 'value', cell: { layer: 'relu_1_1', unit: 1, step: 2 } } as const;
const WINNER = { ...VALUE, kind: 'winner', rows: 1 } as const;

type Fill = Extract<Task, { kind: 'fill' }>;

const FILL: Fill = {
  kind: 'fill',
  layer: 'relu_1_1',
  unit: 1,
  input: null,
  rows: 2,
  columns: 2,
  steps: [0, 1, 62, 63],
  shown: 2,
  decimals: 2,
};
const CELL: FilledCell = {
  truth: { number: EIGHT, tolerance: 1 },
  number: EIGHT,
  entries: 3,
  right: 3,
  wrong: false,
};

/** The golden recording, in which another task was asked and seen. */
function asked(task: Task, more: { cells?: FilledCell[]; filled?: number[] } = {}): string {
  return changed(({ moments, questions: [question] }) => {
    const { cells = [], filled = [] } = more;
    if (question) Object.assign(question, { task, cells, key: [], rounds: [] });
    for (const { seen } of moments) {
      if (seen.topic !== 'question' || !seen.value) continue;
      Object.assign(seen.value, { task, filled });
      if (seen.value.outcome) Object.assign(seen.value.outcome, { key: [], rounds: [], cells });
    }
  });
}

const map = (side: number): Fill => ({
  ...FILL,
  rows: side,
  columns: side,
  steps: Array.from({ length: side * side }, (_, i) => i),
});

test.each<[string, string]>([
  ['a map', asked(FILL)],
  ['a map that was filled', asked(FILL, { cells: [CELL, CELL, CELL, CELL], filled: [0, 1, 2, 3] })],
  ['the largest map', asked(map(6))],
])('%s is read', (_name, text) => {
  expect(fault(text)).toBe('none');
});

test.each<[string, string]>([
  ['a map with more cells than a class fills', asked(map(7))],
  ['a map with millions of cells', asked({ ...map(1), rows: 1e6, columns: 1e6 })],
  ['a map whose rows and columns are not its cells', asked({ ...FILL, columns: 1e9 })],
  ['a map of one cell', asked(map(1))],
  ['cells in any order', asked({ ...FILL, steps: [3, 2, 1, 0] })],
  ['more decimals than can be written', asked({ ...FILL, decimals: 1e6 })],
  ['more decimals than can be shown', asked({ ...FILL, shown: 101 })],
  ['a number of a cell with more decimals', asked(FILL, { cells: [long(CELL), CELL, CELL, CELL] })],
  ['the truth of more cells than there are', asked(FILL, { cells: Array<FilledCell>(5).fill(CELL) })],
  ['a filled cell that there is not', asked(FILL, { filled: [4] })],
  ['a value with more decimals than can be written', asked({ ...VALUE, numbers: [EIGHT, LONG] })],
  ['a window that is not its numbers', asked({ ...WINNER, columns: 1e8, numbers: [EIGHT, null] })],
  ['a scale that is too long', asked({ kind: 'scale', low: 'no', high: 'yes', steps: 8 })],
  ['a right answer that there is not', changed(({ questions: [one] }) => one?.key.push(9))],
])('%s: no recording', (_name, text) => {
  expect(fault(text)).toBe('unreadable');
});

function long(cell: FilledCell): FilledCell {
  return { ...cell, number: LONG };
}

function rate({ moments }: Recording, value: number): void {
  for (const { seen } of moments)
    if (seen.topic === 'stage' && seen.value.playback.kind === 'playing') seen.value.playback.rate = value;
}

function picture({ moments: [first] }: Recording, id: string): void {
  if (first?.seen.topic === 'stage') first.seen.value.picture = id;
}

function tiles({ questions: [question] }: Recording, units: number): void {
  if (question) question.task = { kind: 'tile', layer: 'conv_1_1', units };
}

test('a file is read, and one that is larger than any recording is not', async () => {
  expect(await readRecordingFile(new Blob([JSON.stringify(golden)]))).toEqual(golden);
  const large = { size: 65 * 1024 * 1024, text: () => Promise.reject(new Error('not to be read')) };
  await expect(readRecordingFile(large as unknown as Blob)).rejects.toMatchObject({ fault: 'tooLarge' });
  const gone = { size: 1, text: () => Promise.reject(new Error('moved away')) };
  await expect(readRecordingFile(gone as unknown as Blob)).rejects.toMatchObject({ fault: 'unreadable' });
});
