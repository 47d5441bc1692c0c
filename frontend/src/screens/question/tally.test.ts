import { expect, test } from 'vitest';

import type { Outcome, Question } from '../../protocol/classroom';
import { aSeat } from '../../sync/testing';
import { answered, answerNow, ownAnswer, tally } from './tally';

const outcome = (rounds: [number, number][][], key = [0]): Outcome => ({
  key,
  why: null,
  rounds: rounds.map((round) => round.map(([choice, count]) => ({ choice, count }))),
  cells: [],
});

test('few answers have a line each, in their own order, with both rounds', () => {
  const rounds = outcome([
    [
      [0, 2],
      [2, 1],
    ],
    [[0, 3]],
  ]);
  expect(tally(3, rounds, 2)).toEqual([
    { choice: 0, right: true, own: false, counts: [2, 3] },
    { choice: 1, right: false, own: false, counts: [0, 0] },
    { choice: 2, right: false, own: true, counts: [1, 0] },
  ]);
  expect(answered(rounds)).toEqual([3, 3]);
});

test('of many answers those that were given have a line, the most frequent first, and a right one', () => {
  const lines = tally(
    3844,
    outcome(
      [
        [
          [7, 1],
          [9, 4],
        ],
      ],
      [40, 41],
    ),
    9,
  );
  expect(lines.map(({ choice }) => choice)).toEqual([9, 7, 40]);
  expect(lines.map(({ right }) => right)).toEqual([false, false, true]);
});

test('however many answers were given, there are few lines, with the own and a right one among them', () => {
  const many = Array.from({ length: 50 }, (_, i): [number, number] => [i, 50 - i]);
  const lines = tally(100, outcome([many], [30]), 45);
  expect(lines.length).toBeLessThanOrEqual(10);
  expect(lines.some(({ own }) => own)).toBe(true);
  expect(lines.some(({ right }) => right)).toBe(true);
});

test('what a seat answered belongs to one question and round', () => {
  const question = { id: 3, round: 2 } as Question;
  const answers = [
    { question: 3, round: 1, choice: 5 },
    { question: 2, round: 2, choice: 7 },
  ];
  const seat = aSeat({ role: 'student', answers });
  expect(answerNow(question, seat)).toBeNull();
  expect(ownAnswer(question, seat)).toBe(5);
  expect(ownAnswer(question, seat, 0)).toBeNull();
  expect(answerNow({ ...question, round: 1 }, seat)).toBe(5);
  expect(answerNow(question, null)).toBeNull();
});
