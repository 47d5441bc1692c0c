import { expect, test } from 'vitest';

import type { Report, ReportedQuestion } from '../../protocol/classroom';
import { csv } from './csv';
import { linesOf, sums } from './lines';

const QUESTION: ReportedQuestion = {
  id: 1,
  minute: 4,
  network: 'net',
  task: { kind: 'choice', options: ['yes, both', 'no'] },
  text: 'Is it "linear"?',
  key: [1],
  why: null,
  rounds: [[{ choice: 0, count: 3 }], [{ choice: 1, count: 4 }]],
  cells: [],
};

const REPORT: Report = {
  minutes: 25,
  ended: true,
  kept: false,
  lessons: [],
  students: 7,
  questions: [QUESTION],
  lost: [{ minute: 2, spot: { network: 'net', focus: { kind: 'overview' } }, count: 5 }],
  asks: [
    { text: '=HYPERLINK("https://elsewhere")', spot: null, votes: 2, answered: false },
    { text: 'Why two\nlines?', spot: null, votes: 0, answered: true },
  ],
};

const lines = (locale: string): string[] =>
  csv(REPORT, { network: () => null, place: () => 'the whole network', locale }).split('\r\n');

test('a line for each answer, moment and question, which every spreadsheet takes apart in the same way', () => {
  const [head, ...rows] = lines('en');
  expect(head?.startsWith('\uFEFF')).toBe(true);
  expect(head?.split(',')).toHaveLength(10);
  expect(rows).toEqual([
    'Students,,,,,,,,,7',
    'Question,1,5,"Is it ""linear""?","yes, both",no,3,0,,',
    'Question,1,5,"Is it ""linear""?",no,yes,0,4,,',
    'Lost,,3,,,,,,the whole network,5',
    // What a student writes is never calculated.
    `From the class,,,"'=HYPERLINK(""https://elsewhere"")",,,,,,2`,
    'From the class,,,"Why two\nlines?",,,,,,0',
    '',
  ]);
});

test('where a comma stands before decimals, a semicolon stands between cells', () => {
  expect(lines('de')[2]).toBe('Question;1;5;"Is it ""linear""?";yes, both;no;3;0;;');
});

test('who answered right is counted where something is right', () => {
  expect(sums(QUESTION)).toEqual([
    { answered: 3, right: 0 },
    { answered: 4, right: 4 },
  ]);
  expect(sums({ ...QUESTION, key: [] })[1]).toEqual({ answered: 4, right: null });
});

test('of very many answers a table has all that were given, a page the first', () => {
  const rounds = [Array.from({ length: 20 }, (_, choice) => ({ choice, count: 1 }))];
  const pixel: ReportedQuestion = {
    ...QUESTION,
    task: { kind: 'pixel', layer: 'conv', unit: 0, rows: 9, columns: 9 },
    key: [0],
    rounds,
  };
  expect(linesOf(pixel, Number.POSITIVE_INFINITY)).toHaveLength(20);
  expect(linesOf(pixel)).toHaveLength(8);
});

test('a map that was filled has a line for each cell', () => {
  const whole = (digits: number) => ({ digits, decimals: 0 });
  const truth = { number: whole(-8), tolerance: 0 };
  const fill: ReportedQuestion = {
    ...QUESTION,
    task: {
      kind: 'fill',
      layer: 'conv',
      unit: 0,
      input: null,
      rows: 1,
      columns: 3,
      steps: [0, 1, 2],
      shown: 0,
      decimals: 0,
    },
    key: [],
    rounds: [[]],
    cells: [
      { truth, number: whole(-8), entries: 3, right: 2, wrong: false },
      { truth, number: whole(8), entries: 1, right: 0, wrong: true },
      { truth, number: null, entries: 0, right: 0, wrong: false },
    ],
  };
  const text = csv({ ...REPORT, questions: [fill] }, { network: () => null, place: () => '', locale: 'en' });
  expect(text.split('\r\n').slice(2, 5)).toEqual([
    'Question,1,5,"Is it ""linear""?",−8,yes,3,,"row 1, column 1",',
    'Question,1,5,"Is it ""linear""?",8,no,1,,"row 1, column 2",',
    'Question,1,5,"Is it ""linear""?",,,0,,"row 1, column 3",',
  ]);
});
