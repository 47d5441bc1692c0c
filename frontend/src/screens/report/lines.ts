/** What a report says about one question, in figures and words. Not how it is laid out or saved. */
import { m } from '../../paraglide/messages.js';
import type { FilledCell, ReportedQuestion } from '../../protocol/classroom';
import type { Description } from '../../protocol/network';
import { answersOf } from '../question/answers';
import { tally, type Line } from '../question/tally';
import { layerOf } from '../../views/names';
import { cellOf, kindName, numberText, questionText } from '../question/words';

/** The question in words: where its network is not there any more, what kind it was. */
export function askedText({ task, text }: ReportedQuestion, network: Description | null): string {
  return network ? questionText(task, text, network) : (text ?? kindName(task.kind));
}

/** A line for each answer; where there are too many, for those that were given, at most `most`. */
export function linesOf({ task, key, rounds }: ReportedQuestion, most?: number): Line[] {
  return tally(answersOf(task), { key, rounds }, null, most);
}

/** How many answered in each round, and how many of them right; `null` where no answer is right or wrong. */
export function sums({ key, rounds }: ReportedQuestion): { answered: number; right: number | null }[] {
  return rounds.map((round) => {
    const sum = (counts: typeof round) => counts.reduce((total, { count }) => total + count, 0);
    const right = round.filter(({ choice }) => key.includes(choice));
    return { answered: sum(round), right: key.length > 0 ? sum(right) : null };
  });
}

/** A cell of a map that was filled: where it is, what the class made of it, what is right. */
export interface CellLine {
  place: string;
  /** The number of the class; nothing where nobody computed it. */
  number: string;
  truth: string;
  cell: FilledCell;
}

/** A line for each cell that was to be filled; counted within what was filled where the network is not there any more. */
export function cellLines({ task, cells }: ReportedQuestion, network: Description | null): CellLine[] {
  if (task.kind !== 'fill') return [];
  const columns = network && layerOf(network, task.layer)?.shape[2];
  return cells.map((cell, index) => ({
    place: m.question_cell(columns ? cellOf(task.steps[index] ?? 0, columns) : cellOf(index, task.columns)),
    number: cell.number ? numberText(cell.number) : '',
    truth: numberText(cell.truth.number),
    cell,
  }));
}
