/**
 * From text of the socket to a message of the protocol. Says whether the shape is right, not whether the content makes sense. What it
 * does not know, it refuses: a newer server may say more than this client understands.
 */
import type { ServerMessage } from '../protocol/classroom';

export type Check = (value: unknown) => boolean;

export const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isWhole: Check = (value) => Number.isInteger(value);
export const isCount: Check = (value) => typeof value === 'number' && isWhole(value) && value >= 0;
export const isOrNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
export const isOneOf =
  (...names: string[]): Check =>
  (value) =>
    typeof value === 'string' && names.includes(value);
export const isListOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object with at least these fields. */
export const isShape =
  (fields: Record<string, Check>): Check =>
  (value) =>
    isRecord(value) && Object.entries(fields).every(([name, check]) => check(value[name]));

/** An object whose field `tag` names one of several shapes. */
export const isVariant =
  (tag: string, shapes: Record<string, Record<string, Check>>): Check =>
  (value) => {
    if (!isRecord(value)) return false;
    const name = value[tag];
    const fields = typeof name === 'string' && Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    return fields !== undefined && isShape(fields)(value);
  };

const isRole = isOneOf('host', 'assistant', 'student', 'projector');
const isMode = isOneOf('following', 'exploring');
const isFocus = isVariant('kind', {
  overview: {},
  layer: { layer: isText },
  unit: { layer: isText, unit: isCount },
  link: { layer: isText, unit: isCount, input: isCount },
  class: { class: isCount },
  hyperparameters: {
    input: isCount,
    padding: isCount,
    kernel: isCount,
    stride: isCount,
    dilation: isCount,
  },
});
const spot = { spot: isOrNull(isShape({ network: isText, focus: isFocus })) };

const isOwnAsks = isShape({
  asked: isListOf(isCount),
  voted: isListOf(isCount),
  lost: isOrNull(isShape({ ...spot, onStage: isFlag, minute: isCount })),
});
const person = { id: isCount, role: isRole, name: isText, mode: isMode };
const isAnswer = isShape({ question: isCount, round: isCount, choice: isCount });
const isDecimal = isShape({ digits: isWhole, decimals: isCount });
const isOwnCell = isShape({ question: isCount, cell: isCount, number: isOrNull(isDecimal) });
const seat = {
  ...person,
  asks: isOwnAsks,
  answers: isListOf(isAnswer),
  offered: isOrNull(isCount),
  cells: isListOf(isOwnCell),
};

const isKernel = isShape({ input: isCount, weights: isListOf(isWhole) });

const isScale = isOneOf('block', 'module', 'global');
const isEdit = isShape({
  layer: isText,
  unit: isCount,
  kernels: isListOf(isKernel),
  bias: isOrNull(isWhole),
});

export const isPlayback = isVariant('kind', {
  paused: { step: isCount },
  playing: { from: isCount, since: isCount, rate: isCount },
});

export const isStage = isShape({
  network: isText,
  picture: isText,
  focus: isFocus,
  playback: isPlayback,
  scale: isScale,
  detail: isFlag,
  receptiveField: isFlag,
  edit: isOrNull(isEdit),
  caption: isOrNull(isText),
});

const isThing = isVariant('kind', {
  unit: { layer: isText, unit: isCount },
  part: { part: isText, input: isOrNull(isCount) },
});
const isPair: Check = (value) => Array.isArray(value) && value.length === 2 && value.every(isWhole);
const isLeg = isShape({ thing: isThing, points: isListOf(isPair) });
const cell = { cell: isShape({ layer: isText, unit: isCount, step: isCount }) };
const size = { rows: isCount, columns: isCount };

export const isTask = isVariant('kind', {
  value: { ...cell, numbers: isListOf(isDecimal) },
  sign: cell,
  winner: { ...cell, ...size, numbers: isListOf(isOrNull(isDecimal)) },
  topClass: { classes: isListOf(isCount) },
  outputSize: { layer: isOrNull(isText), sizes: isListOf(isShape(size)) },
  tile: { layer: isText, units: isCount },
  pixel: { layer: isText, unit: isCount, ...size },
  choice: { options: isListOf(isText) },
  scale: { low: isText, high: isText, steps: isCount },
  fill: {
    layer: isText,
    unit: isCount,
    input: isOrNull(isCount),
    ...size,
    steps: isListOf(isCount),
    shown: isCount,
    decimals: isCount,
  },
});

export const isRounds = isListOf(isListOf(isShape({ choice: isCount, count: isCount })));

export const isCells = isListOf(
  isShape({
    truth: isShape({ number: isDecimal, tolerance: isCount }),
    number: isOrNull(isDecimal),
    entries: isCount,
    right: isCount,
    wrong: isFlag,
  }),
);

export const isQuestion = isShape({
  id: isCount,
  task: isTask,
  text: isOrNull(isText),
  phase: isOneOf('open', 'closed', 'revealed'),
  round: isCount,
  answered: isCount,
  filled: isListOf(isCount),
  outcome: isOrNull(
    isShape({
      key: isListOf(isCount),
      why: isOrNull(isText),
      rounds: isRounds,
      cells: isCells,
    }),
  ),
});

const wording = { text: isOrNull(isText), why: isOrNull(isText) };
const isAsked = isVariant('kind', {
  value: wording,
  sign: wording,
  winner: wording,
  topClass: wording,
  outputSize: wording,
  tile: { ...wording, layer: isOrNull(isText) },
  pixel: wording,
  choice: { text: isText, options: isListOf(isText), right: isOrNull(isCount), why: isOrNull(isText) },
  scale: { text: isText, low: isText, high: isText, steps: isCount, why: isOrNull(isText) },
  fill: {
    ...wording,
    area: isVariant('kind', { whole: {}, patch: { side: isCount }, spread: { side: isCount } }),
  },
});

const isLessonView = isShape({
  picture: isOrNull(isText),
  focus: isFocus,
  step: isCount,
  rate: isOrNull(isCount),
  scale: isOrNull(isScale),
  detail: isOrNull(isFlag),
  receptiveField: isFlag,
  edit: isOrNull(isEdit),
});

/** The place in a lesson, or none. */
export const isLesson = isOrNull(
  isShape({
    title: isText,
    minutes: isCount,
    language: isText,
    step: isOrNull(isCount),
    count: isCount,
    began: isOrNull(isCount),
  }),
);

const isTopicValue = isVariant('topic', {
  stage: { value: isStage },
  pace: {
    value: isShape({
      roaming: isOneOf('free', 'taught', 'together'),
      taught: isCount,
      gathered: isOrNull(isCount),
      paused: isFlag,
    }),
  },
  room: {
    value: isShape({
      locked: isFlag,
      ownPictures: isFlag,
      driver: isCount,
      ended: isFlag,
      codeShown: isFlag,
    }),
  },
  lesson: { value: isLesson },
  script: {
    value: isOrNull(
      isShape({
        network: isText,
        picture: isText,
        steps: isListOf(
          isShape({
            caption: isOrNull(isText),
            view: isOrNull(isLessonView),
            question: isOrNull(isAsked),
            notes: isText,
          }),
        ),
        canUndo: isFlag,
      }),
    ),
  },
  roster: {
    value: isShape({
      present: isCount,
      following: isCount,
      driverPresent: isFlag,
      seats: isListOf(isShape({ ...person, present: isFlag })),
      whereabouts: isListOf(isShape({ layer: isText, count: isCount })),
    }),
  },
  pointer: {
    value: isShape({
      at: isOrNull(isShape({ thing: isThing, u: isWhole, v: isWhole })),
      strokes: isListOf(isShape({ id: isCount, drawn: isCount, legs: isListOf(isLeg) })),
    }),
  },
  question: { value: isOrNull(isQuestion) },
  seat: { value: isShape(seat) },
  asks: {
    value: isShape({
      muted: isFlag,
      list: isListOf(
        isShape({
          ...spot,
          id: isCount,
          text: isText,
          step: isCount,
          at: isCount,
          votes: isCount,
          answered: isFlag,
        }),
      ),
    }),
  },
  lost: {
    value: isOrNull(
      isShape({
        now: isListOf(isShape({ ...spot, count: isCount })),
        moments: isListOf(isShape({ ...spot, minute: isCount, count: isCount })),
      }),
    ),
  },
  views: {
    value: isShape({
      called: isFlag,
      onStage: isOrNull(isCount),
      canReturn: isFlag,
      offered: isListOf(isShape({ id: isCount, view: isShape({ network: isText, view: isLessonView }) })),
    }),
  },
});

const isServerMessage = isVariant('type', {
  welcome: { protocol: isCount, build: isText, seat: isShape(seat), token: isOrNull(isText), clock: isCount },
  frame: { version: isCount, frame: isTopicValue },
  done: { id: isCount },
  // A reason that is not known yet still comes with words.
  rejected: { id: isCount, reason: isText, message: isText },
  pong: { sent: isCount, clock: isCount },
  bye: { reason: isText },
}) as (value: unknown) => value is ServerMessage;

/** The message, or `null` where the text is none of this protocol. */
export function decodeServerMessage(text: string): ServerMessage | null {
  try {
    const value: unknown = JSON.parse(text);
    return isServerMessage(value) ? value : null;
  } catch {
    return null;
  }
}
