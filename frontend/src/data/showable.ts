/**
 * Whether what a recording tells can be shown: the same limits within which the rules of a class let it come about. A file may come from
 * anywhere, and a number too large for a screen is a page that never answers again. Its shape is checked before, in `recording.ts`.
 */
import {
  DECIMALS_MOST,
  FILL_CELLS_MOST,
  OPTIONS_MOST,
  RATES,
  ROUNDS,
  SCALE_MOST,
  type Decimal,
  type FilledCell,
  type Outcome,
  type Playback,
  type Question,
  type Recording,
  type ReportedQuestion,
  type Task,
} from '../protocol/classroom';
import { answersOf } from '../screens/question/answers';

/** Most answers that a question may have: the cells of the largest map that a screen offers. */
const ANSWERS_MOST = 1_000_000;

/** Most units of a layer of which one is the answer: each is a line of a list. */
const TILES_MOST = 65_536;

/** Whether a recording begins with a stage, time goes on in it, and nothing in it is more than a screen can offer. */
export function isShowable({ length, moments, questions }: Recording): boolean {
  const [first] = moments;
  if (first?.at !== 0 || first.seen.topic !== 'stage') return false;
  let now = 0;
  for (const { at, seen } of moments) {
    if (at < now || at > length) return false;
    now = at;
    if (seen.topic === 'stage' && !isAtRate(seen.value.playback)) return false;
    if (seen.topic === 'playback' && !isAtRate(seen.value)) return false;
    if (seen.topic === 'question' && seen.value && !isAsked(seen.value)) return false;
  }
  return questions.every((question) => isTold(question.task, question));
}

function isAtRate(playback: Playback): boolean {
  return playback.kind === 'paused' || RATES.some((rate) => rate === playback.rate);
}

function isAsked({ task, filled, outcome }: Question): boolean {
  const isFilled = task.kind === 'fill' && filled.every((cell) => cell < task.steps.length);
  return (isFilled || filled.length === 0) && isTold(task, outcome);
}

/** A task, and what was right and what was answered. */
function isTold(task: Task, outcome: Outcome | ReportedQuestion | null): boolean {
  if (!isOffered(task)) return false;
  if (!outcome) return true;
  const { key, rounds, cells } = outcome;
  const answers = answersOf(task);
  return (
    key.every((choice) => choice < answers) &&
    rounds.length <= ROUNDS &&
    rounds.flat().every(({ choice }) => choice < answers) &&
    (cells.length === 0 || (task.kind === 'fill' && cells.length === task.steps.length)) &&
    cells.every(isFilledCell)
  );
}

function isOffered(task: Task): boolean {
  switch (task.kind) {
    case 'fill': {
      const { rows, columns, steps, shown, decimals } = task;
      return (
        steps.length >= 2 &&
        steps.length <= FILL_CELLS_MOST &&
        rows * columns === steps.length &&
        steps.every((step, i) => i === 0 || step > (steps[i - 1] ?? step)) &&
        Math.max(shown, decimals) <= DECIMALS_MOST
      );
    }
    case 'value':
      return task.numbers.length <= TILES_MOST && task.numbers.every(isWritten);
    case 'winner':
      return (
        task.rows * task.columns === task.numbers.length &&
        task.numbers.every((number) => number === null || isWritten(number))
      );
    case 'choice':
      return task.options.length <= OPTIONS_MOST;
    case 'scale':
      return task.steps <= SCALE_MOST;
    default:
      return answersOf(task) <= (task.kind === 'pixel' ? ANSWERS_MOST : TILES_MOST);
  }
}

function isFilledCell({ truth, number }: FilledCell): boolean {
  return isWritten(truth.number) && (number === null || isWritten(number));
}

function isWritten({ decimals }: Decimal): boolean {
  return decimals <= DECIMALS_MOST;
}
