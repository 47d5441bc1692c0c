/** The cells of a map that a class fills, as a screen shows them before and after the reveal. Not how they are laid out. */
import { m } from '../../../paraglide/messages.js';
import type { Decimal, OwnCell, Question } from '../../../protocol/classroom';
import { cellOf, numberText } from '../words';
import { isRight } from './number';

/** How a cell looks. */
export type Mark = 'empty' | 'filled' | 'own' | 'number' | 'wrong';

export interface MapCell {
  /** What it is and says, in words. */
  label: string;
  /** What stands in it. */
  text: string;
  /** The number that gives it its colour, if one does. */
  value: number | null;
  mark: Mark;
  /** Whether it is one of this seat's. */
  isOwn: boolean;
}

const plain = ({ digits, decimals }: Decimal): number => digits / 10 ** decimals;

/** Columns of the grid that is filled. */
export function columnsOf({ task }: Question): number {
  return task.kind === 'fill' ? task.columns : 1;
}

function stepsOf({ task }: Question): number[] {
  return task.kind === 'fill' ? task.steps : [];
}

/** What the class has made of the map, as far as this screen may know; `mapColumns` are those of the whole map. */
export function classCells(question: Question, own: readonly OwnCell[], mapColumns: number): MapCell[] {
  return stepsOf(question).map((step, index) => {
    const place = cellOf(step, mapColumns);
    const mine = own.find(({ cell }) => cell === index);
    const told = question.outcome?.cells[index];
    if (told?.number) {
      const { right, entries, number, wrong } = told;
      const says = { ...place, number: numberText(number), right, count: entries };
      return {
        label: wrong ? m.fill_cell_wrong(says) : m.fill_cell_right(says),
        text: numberText(number),
        value: plain(number),
        mark: wrong ? 'wrong' : 'number',
        isOwn: mine !== undefined,
      };
    }
    if (mine) {
      const number = mine.number ? numberText(mine.number) : null;
      return {
        label: number === null ? m.fill_cell_own_open(place) : m.fill_cell_own({ ...place, number }),
        text: number ?? '?',
        value: null,
        mark: 'own',
        isOwn: true,
      };
    }
    const isFilled = question.filled.includes(index);
    return {
      label: isFilled ? m.fill_cell_filled(place) : m.fill_cell_empty(place),
      text: isFilled ? '●' : '',
      value: null,
      mark: isFilled ? 'filled' : 'empty',
      isOwn: false,
    };
  });
}

/** What the network has; nothing before this screen may know. */
export function trueCells(question: Question, mapColumns: number): MapCell[] {
  const cells = question.outcome?.cells ?? [];
  return cells.map(({ truth }, index) => {
    const place = cellOf(stepsOf(question)[index] ?? 0, mapColumns);
    const text = numberText(truth.number);
    return {
      label: m.question_element({ ...place, value: text }),
      text,
      value: plain(truth.number),
      mark: 'number',
      isOwn: false,
    };
  });
}

/** The largest number of the true map, by size: what its colours reach to. */
export function reachOf(question: Question): number {
  const cells = question.outcome?.cells ?? [];
  return cells.reduce((most, { truth }) => Math.max(most, Math.abs(plain(truth.number))), 0);
}

/** How many cells are wrong, as far as this screen may know. */
export function wrongCount(question: Question): number {
  return question.outcome?.cells.filter(({ wrong }) => wrong).length ?? 0;
}

/** How many of a seat's numbers are right, of how many. */
export function ownScore(question: Question, own: readonly OwnCell[]): { right: number; count: number } {
  const numbers = own.flatMap(({ cell, number }) => {
    const told = question.outcome?.cells[cell];
    return number && told ? [isRight(number, told.truth)] : [];
  });
  return { right: numbers.filter(Boolean).length, count: numbers.length };
}
