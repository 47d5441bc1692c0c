import { expect, test } from 'vitest';

import type { LessonStep, LessonView, Stage } from '../protocol/classroom';
import { isAt, stageAt, type Steps } from './lesson';

const VIEW: LessonView = {
  picture: null,
  focus: { kind: 'overview' },
  step: 0,
  rate: null,
  scale: null,
  detail: null,
  receptiveField: false,
  edit: null,
};
const UNIT = { kind: 'unit', layer: 'conv', unit: 1 } as const;
const STAGE: Stage = {
  network: 'net',
  picture: 'owl',
  focus: { kind: 'layer', layer: 'conv' },
  playback: { kind: 'paused', step: 7 },
  scale: 'module',
  detail: true,
  receptiveField: false,
  edit: null,
  caption: 'before',
};

function lesson(...steps: Partial<LessonStep>[]): Steps {
  const empty = { caption: null, view: null, question: null, notes: '' };
  return { network: 'net', picture: 'cow', steps: steps.map((step) => ({ ...empty, ...step })) };
}

const taught = lesson(
  { caption: 'all', view: { ...VIEW, picture: 'dog', scale: 'global' } },
  { caption: 'one', view: { ...VIEW, focus: UNIT, step: 3, rate: 4, receptiveField: true } },
  { caption: 'words' },
);

test('a step applies everything, and what earlier steps named', () => {
  expect(stageAt(taught, 1, STAGE, 12.7)).toEqual({
    ...STAGE,
    picture: 'dog',
    scale: 'global',
    focus: UNIT,
    playback: { kind: 'playing', from: 3, since: 13, rate: 4 },
    receptiveField: true,
    caption: 'one',
  });
});

test('a step without a view leaves what plays, and leads back from elsewhere', () => {
  const playing = stageAt(taught, 1, STAGE, 0);
  expect(stageAt(taught, 2, playing, 900)).toEqual({ ...playing, caption: 'words' });
  expect(stageAt(taught, 2, STAGE, 900)).toMatchObject({ focus: UNIT, playback: { since: 900 } });
});

test('what no step names stays; another network begins at its overview', () => {
  expect(stageAt(lesson({}), 0, STAGE, 0)).toEqual({ ...STAGE, caption: null });
  expect(stageAt(lesson({}), 0, { ...STAGE, network: 'other' }, 0)).toEqual({
    ...STAGE,
    picture: 'cow',
    focus: { kind: 'overview' },
    playback: { kind: 'paused', step: 0 },
    caption: null,
  });
});

test('a class is at its step until the view is another one', () => {
  const stage = stageAt(taught, 1, STAGE, 0);
  expect(isAt(taught, 1, stage)).toBe(true);
  // The server writes fields in an order of its own.
  expect(isAt(taught, 1, { ...stage, focus: { unit: 1, layer: 'conv', kind: 'unit' } })).toBe(true);
  expect(isAt(taught, 1, { ...stage, playback: { kind: 'paused', step: 9 }, detail: false })).toBe(true);
  for (const elsewhere of [
    { focus: STAGE.focus },
    { picture: 'owl' },
    { network: 'other' },
    { caption: null },
  ])
    expect(isAt(taught, 1, { ...stage, ...elsewhere })).toBe(false);
});
