/** A report as a table for spreadsheets: one line per answer, moment and question of a student. Not the page. */
import { m } from '../../paraglide/messages.js';
import type { Report, Spot } from '../../protocol/classroom';
import type { Description } from '../../protocol/network';
import { answerText } from '../question/words';
import { askedText, cellLines, linesOf } from './lines';

/** What the words of a report come from. */
export interface Surroundings {
  network: (id: string) => Description | null;
  place: (spot: Spot) => string;
  /** The language, as a tag: spreadsheets expect what belongs to it between two cells. */
  locale: string;
}

type Cell = string | number;

/** The whole file, with the mark at its beginning by which spreadsheets know UTF-8. */
export function csv(report: Report, { network, place, locale }: Surroundings): string {
  const where = (spot: Spot | null) => (spot ? place(spot) : '');
  const rows: Cell[][] = [
    [
      m.report_csv_what(),
      m.report_csv_number(),
      m.report_csv_minute(),
      m.report_csv_text(),
      m.report_answer(),
      m.report_csv_right(),
      m.question_round({ round: 1 }),
      m.question_round({ round: 2 }),
      m.report_csv_place(),
      m.report_csv_count(),
    ],
    [m.report_students_label(), '', '', '', '', '', '', '', '', report.students],
    ...report.questions.flatMap((question) => {
      const description = network(question.network);
      const text = askedText(question, description);
      const cells = cellLines(question, description).map(({ place: at, number, cell }): Cell[] => {
        const right = cell.entries === 0 ? '' : cell.wrong ? m.report_csv_no() : m.report_csv_yes();
        const what = [m.question_tab(), question.id, question.minute + 1, text];
        return [...what, number, right, cell.entries, '', at, ''];
      });
      const lines = linesOf(question, Number.POSITIVE_INFINITY).map(
        ({ choice, right, counts: [one, two] }): Cell[] => [
          m.question_tab(),
          question.id,
          question.minute + 1,
          text,
          answerText(question.task, choice, description),
          question.key.length === 0 ? '' : right ? m.report_csv_yes() : m.report_csv_no(),
          one ?? '',
          two ?? '',
          '',
          '',
        ],
      );
      return [...lines, ...cells];
    }),
    ...report.lost.map(({ minute, spot, count }): Cell[] => {
      return [m.lost_title(), '', minute + 1, '', '', '', '', '', where(spot), count];
    }),
    ...report.asks.map(({ text, spot, votes }): Cell[] => {
      return [m.asks_tab(), '', '', text, '', '', '', '', where(spot), votes];
    }),
  ];
  const between = separator(locale);
  return `\uFEFF${rows.map((row) => row.map((cell) => field(cell, between)).join(between)).join('\r\n')}\r\n`;
}

/** Where numbers have a comma for decimals, spreadsheets want a semicolon between cells. */
function separator(locale: string): string {
  return new Intl.NumberFormat(locale).format(0.5).includes(',') ? ';' : ',';
}

/** A spreadsheet calculates what begins like a formula, and whatever a student writes is text. */
function field(cell: Cell, between: string): string {
  if (typeof cell === 'number') return String(cell);
  const text = /^[=+\-@\t\r]/u.test(cell) ? `'${cell}` : cell;
  return /["\r\n]/u.test(text) || text.includes(between) ? `"${text.replaceAll('"', '""')}"` : text;
}
