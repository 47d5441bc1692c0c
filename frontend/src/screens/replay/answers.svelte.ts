/** What whoever watches a recording answers to the questions of the class. Stays on this page: nobody else hears of it. */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';

import type { Question, ReportedQuestion } from '../../protocol/classroom';

type Asked = Pick<Question, 'id' | 'round'>;

const keyOf = ({ id, round }: Asked): string => `${id} ${round}`;

export class OwnAnswers {
  readonly #chosen = new SvelteMap<string, number>();
  readonly #compared = new SvelteSet<string>();

  /** What is chosen in a round, or `null`. */
  chosen(question: Asked): number | null {
    return this.#chosen.get(keyOf(question)) ?? null;
  }

  /** What was chosen in the round before. */
  before({ id, round }: Asked): number | null {
    return this.chosen({ id, round: round - 1 });
  }

  choose(question: Asked, choice: number): void {
    this.#chosen.set(keyOf(question), choice);
  }

  /** The answer is seen before the class saw it. */
  compare(question: Asked): void {
    this.#compared.add(keyOf(question));
  }

  /**
   * The question as it is shown to whoever watches: open until the class was shown the answer, whether or not the class could still answer,
   * or until it is compared with what the class answered in the rounds up to this one.
   */
  shown(question: Question, record: ReportedQuestion | null): Question {
    if (question.phase === 'revealed') return question;
    if (!record || !this.#compared.has(keyOf(question))) return { ...question, phase: 'open' };
    const { key, why, rounds, cells } = record;
    const outcome = { key, why, rounds: rounds.slice(0, question.round), cells };
    return { ...question, phase: 'revealed', outcome };
  }
}
