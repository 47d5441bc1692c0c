// What is opened is a file from anywhere: the golden one, written by `backend/classroom/tests/golden`, and everything that is nearly one.
import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import type { Recording } from '../protocol/classroom';
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
