/** Where a map that the class fills stands, in one sentence. */
import { m } from '../../../paraglide/messages.js';
import type { OwnCell, Question } from '../../../protocol/classroom';
import { numberText } from '../words';
import { ownScore, wrongCount } from './cells';

/** What a student is told; spoken when it changes. */
export function fillWords(question: Question, own: readonly OwnCell[], current: OwnCell | null): string {
  if (question.phase === 'revealed') {
    const { right, count } = ownScore(question, own);
    return count === 0 ? wrongWords(question) : m.fill_own_right({ right, count });
  }
  if (question.phase === 'closed') return m.fill_closed();
  if (!current) return m.fill_no_cell();
  if (current.number === null) return m.fill_compute();
  const cells = question.task.kind === 'fill' ? question.task.steps.length : 0;
  if (own.length === cells && own.every(({ number }) => number !== null)) return m.fill_all_done();
  return m.fill_sent({ number: numberText(current.number) });
}

/** How many cells are wrong. */
export function wrongWords(question: Question): string {
  const count = wrongCount(question);
  if (count > 0) return m.fill_wrong({ count });
  return question.filled.length === 0 ? '' : m.fill_none_wrong();
}
