/** How a student answers: the newest choice shows at once and is sent; a refusal takes it back. Not the question itself. */
import type { Question } from '../../protocol/classroom';
import type { ClassStore } from '../../sync/class.svelte';
import { ask } from '../enter';
import { Filling } from './fill/filling.svelte';
import { answerNow, ownAnswer } from './tally';

export class Answering {
  /** Answers to a question whose cells are filled. */
  readonly filling: Filling;
  readonly #store: ClassStore;
  /** What was chosen and has not come back yet. */
  #sent = $state.raw<{ question: number; round: number; choice: number } | null>(null);

  constructor(store: ClassStore) {
    this.#store = store;
    this.filling = new Filling(store);
  }

  get question(): Question | null {
    return this.#store.question;
  }

  /** What is answered in this round. */
  get chosen(): number | null {
    const { question } = this;
    if (!question) return null;
    const sent = this.#sent;
    if (sent && sent.question === question.id && sent.round === question.round) return sent.choice;
    return answerNow(question, this.#store.seat);
  }

  /** What was answered in the rounds before. */
  get before(): number | null {
    const { question } = this;
    return question && ownAnswer(question, this.#store.seat, question.round - 1);
  }

  choose = async (choice: number): Promise<void> => {
    const { question } = this;
    if (question?.phase !== 'open' || choice === this.chosen) return;
    const sent = { question: question.id, round: question.round, choice };
    this.#sent = sent;
    await ask(this.#store, { type: 'answer', ...sent });
    // The own seat came before the answer to the command; a refused choice falls back to what counts.
    if (this.#sent === sent) this.#sent = null;
  };
}
