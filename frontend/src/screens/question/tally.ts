/** What was answered, ready to be shown: one line per answer, with how many gave it in each round. */
import type { Outcome, Question, Seat } from '../../protocol/classroom';

export interface Line {
  choice: number;
  right: boolean;
  /** Whether this screen's seat gave it, in the newest round that it answered. */
  own: boolean;
  /** How many gave it, per round that is over. */
  counts: number[];
}

/** Most answers that have a line each, whether someone gave them or not: tiles and cells are too many. */
const ALL_MOST = 12;

/** Most lines of a question with too many answers. */
const LINES_MOST = 8;

/** The lines of an outcome; `answers` is how many answers there are to choose from, `most` how many lines are too many. */
export function tally(
  answers: number,
  { key, rounds }: Pick<Outcome, 'key' | 'rounds'>,
  own: number | null,
  most = LINES_MOST,
): Line[] {
  const counts = (choice: number) =>
    rounds.map((round) => round.find((count) => count.choice === choice)?.count ?? 0);
  const line = (choice: number): Line => ({
    choice,
    right: key.includes(choice),
    own: choice === own,
    counts: counts(choice),
  });
  if (answers <= ALL_MOST) return Array.from({ length: answers }, (_, choice) => line(choice));
  const given = new Set(rounds.flatMap((round) => round.map(({ choice }) => choice)));
  if (own !== null) given.add(own);
  const [first] = key;
  // Where cells near the best one are right, too, one stands for them.
  if (first !== undefined && !key.some((right) => given.has(right))) given.add(first);
  const total = ({ counts: each }: Line) => each.at(-1) ?? 0;
  const lines = [...given].map(line).sort((a, b) => total(b) - total(a) || a.choice - b.choice);
  const shown = lines.slice(0, most);
  return [
    ...shown,
    ...lines.slice(most).filter((each) => each.own || (each.right && !shown.some((s) => s.right))),
  ];
}

/** How many answered in each round that is over. */
export function answered({ rounds }: Outcome): number[] {
  return rounds.map((round) => round.reduce((sum, { count }) => sum + count, 0));
}

/** What a seat answered, in this round or in the newest one before. */
export function ownAnswer(question: Question, seat: Seat | null, round = question.round): number | null {
  const own = seat?.answers.filter((answer) => answer.question === question.id && answer.round <= round);
  return own?.at(-1)?.choice ?? null;
}

/** What a seat answered in the round that is on. */
export function answerNow(question: Question, seat: Seat | null): number | null {
  const now = seat?.answers.find(
    (answer) => answer.question === question.id && answer.round === question.round,
  );
  return now?.choice ?? null;
}
