// What the golden recording shows at each of its times. Written by `backend/classroom/tests/golden`.
import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import type { Moment, Recording } from '../../protocol/classroom';
import { OwnAnswers } from './answers.svelte';
import { Film, LEAD_MS, READ_MS } from './film';
import { clockText } from './time';

const path = new URL('../../../../tests/golden/recording.json', import.meta.url);
const [golden] = JSON.parse(readFileSync(path, 'utf8')) as [Recording];
const film = new Film(golden);

test('each time shows what was written last', () => {
  const seen = (at: number) => {
    const { stage, lesson, question } = film.at(at);
    return [
      stage.focus.kind,
      stage.playback.kind,
      stage.caption,
      lesson?.step,
      question?.phase,
      question?.round,
    ];
  };
  expect(seen(0)).toEqual(['overview', 'paused', null, undefined, undefined, undefined]);
  expect(seen(1999)).toEqual(seen(0));
  expect(film.at(2000).stage.picture).not.toBe(film.at(0).stage.picture);
  expect(seen(7999)).toEqual(['overview', 'paused', null, null, undefined, undefined]);
  expect(seen(8000)).toEqual(['unit', 'playing', 'What is below zero goes.', 0, undefined, undefined]);
  expect(film.at(9500).stage.playback).toEqual({ kind: 'paused', step: 8 });
  expect(seen(12_000).slice(-2)).toEqual(['open', 1]);
  expect(film.at(12_000).stage.playback).toEqual({ kind: 'paused', step: 2 });
  expect(film.at(19_999).question?.answered).toBe(0);
  expect(film.at(20_000).question?.answered).toBe(1);
  expect(seen(31_000).slice(-2)).toEqual(['open', 2]);
  expect(film.at(45_999).question?.outcome).toBeNull();
  expect(film.at(46_000).question?.outcome?.key).toEqual([1]);
  expect(film.at(50_000).question).toBeNull();
  expect(film.at(1e9).lesson).toBeNull();
  expect([film.after(0), film.after(1999), film.after(55_000)]).toEqual([2000, 2000, null]);
});

test('it is known which questions the class was shown the answer to', () => {
  expect(film.wasRevealed(1)).toBe(true);
  const moments = golden.moments.filter(({ seen }) => seen.topic !== 'question' || !seen.value?.outcome);
  expect(new Film({ ...golden, moments }).wasRevealed(1)).toBe(false);
  expect(film.wasRevealed(2)).toBe(false);
});

test('the timeline marks steps and questions, and says which question comes on the way', () => {
  expect(film.marks.map(({ kind, at }) => [kind, at])).toEqual([
    ['beginning', 0],
    ['step', 8000],
    ['question', 12_000],
  ]);
  expect(film.asked(0, 11_999)).toBeNull();
  expect(film.asked(11_000, 12_000)?.at).toBe(12_000);
  expect(film.asked(12_000, 60_000)).toBeNull();
});

/** A recording with a stage at each of these times, the last of which plays. */
function staged(times: number[], more: Moment[] = []): Film {
  const [first] = golden.moments;
  if (first?.seen.topic !== 'stage') throw new Error('the first moment has the stage');
  const { value } = first.seen;
  const moments = times.map((at): Moment => ({ at, seen: { topic: 'stage', value: { ...value } } }));
  return new Film({ ...golden, length: 100_000, moments: [...moments, ...more], questions: [] });
}

test('a silence begins when all was read and ends before something happens', () => {
  const quiet = staged([0, 60_000]);
  expect(quiet.silence(READ_MS - 1, 1)).toBeNull();
  expect(quiet.silence(READ_MS, 1)).toBe(60_000 - LEAD_MS);
  expect(quiet.silence(57_000, 1)).toBeNull();
  expect(quiet.silence(70_000, 1)).toBe(100_000 - LEAD_MS);
});

test('while a kernel moves it is no silence', () => {
  const playback = { kind: 'playing', from: 0, since: 1000, rate: 4 } as const;
  const moving = staged([0], [{ at: 1000, seen: { topic: 'playback', value: playback } }]);
  expect(moving.silence(20_000, 101)).toBeNull();
  expect(moving.silence(26_000, 101)).toBe(100_000 - LEAD_MS);
});

test('that more have answered ends no silence', () => {
  const asked = golden.moments.find(({ seen }) => seen.topic === 'question');
  if (!asked) throw new Error('the golden recording has a question');
  const counts = [20, 30, 40].map((s): Moment => ({ at: s * 1000, seen: { topic: 'answered', value: s } }));
  const film = staged([0], [{ ...asked, at: 10_000 }, ...counts]);
  expect(film.silence(10_000 + READ_MS - 1, 1)).toBeNull();
  expect(film.silence(10_000 + READ_MS, 1)).toBe(100_000 - LEAD_MS);
  expect(film.silence(30_000, 1)).toBe(100_000 - LEAD_MS);
  expect(film.silence(7000, 1)).toBeNull();
});

test('whoever watches answers when they like, and compares before the class was shown the answer', () => {
  const answers = new OwnAnswers();
  const closed = film.at(30_000).question;
  const revealed = film.at(46_000).question;
  if (!closed || !revealed) throw new Error('the golden recording has a question');
  const record = film.question(closed.id);
  expect(closed.phase).toBe('closed');
  expect(answers.shown(closed, record)).toMatchObject({ phase: 'open', outcome: null });
  answers.choose(closed, 0);
  expect([answers.chosen(closed), answers.chosen(revealed), answers.before(revealed)]).toEqual([0, null, 0]);
  answers.compare(closed);
  expect(answers.shown(closed, record)).toMatchObject({
    phase: 'revealed',
    outcome: { key: [1], rounds: [[{ choice: 0, count: 1 }]] },
  });
  expect(answers.shown(revealed, record)).toEqual(revealed);
  expect(answers.shown({ ...closed, round: 2 }, record).phase).toBe('open');
});

test.each([
  [0, '0:00'],
  [59_999, '0:59'],
  [61_000, '1:01'],
  [3_600_000, '1:00:00'],
  [5_025_000, '1:23:45'],
])('%i ms are %s', (ms, text) => {
  expect(clockText(ms)).toBe(text);
});
