/** How a student fills cells: which are theirs, which is in hand, and how a number is sent. Not the question itself. */
import { m } from '../../../paraglide/messages.js';
import type { Command, Decimal, OwnCell } from '../../../protocol/classroom';
import type { ClassStore } from '../../../sync/class.svelte';
import { toasts } from '../../../ui/toasts.svelte';
import { outcomeWords } from '../../../ui/words';

export class Filling {
  readonly #store: ClassStore;
  /** The cell that was chosen to be looked at again. */
  #picked = $state.raw<{ question: number; cell: number } | null>(null);
  /** Whether an answer of the server is awaited. */
  isBusy = $state(false);

  /** The cells of this seat, in the order in which they were dealt. */
  readonly own: readonly OwnCell[] = $derived.by(() => {
    const id = this.#store.question?.id;
    return this.#store.seat?.cells.filter(({ question }) => question === id) ?? [];
  });
  /** The cell in hand: the one that was picked, else the one that has no number yet, else the last. */
  readonly current: OwnCell | null = $derived.by(() => {
    const picked = this.#picked;
    return (
      this.own.find(({ question, cell }) => picked?.question === question && picked.cell === cell) ??
      this.own.find(({ number }) => number === null) ??
      this.own.at(-1) ??
      null
    );
  });

  constructor(store: ClassStore) {
    this.#store = store;
  }

  pick(cell: number): void {
    const question = this.#store.question?.id;
    if (question !== undefined) this.#picked = { question, cell };
  }

  /** Sends what was computed for the cell in hand. Returns whether it counts. */
  async fill(number: Decimal): Promise<boolean> {
    const cell = this.current;
    if (!cell) return false;
    // Stay with the cell until the next one is asked for.
    this.pick(cell.cell);
    return this.#ask({ type: 'fillCell', question: cell.question, cell: cell.cell, number });
  }

  /** Goes on to the cell that has no number yet, or asks for another one. */
  async next(): Promise<void> {
    const question = this.#store.question?.id;
    if (question === undefined) return;
    if (await this.#ask({ type: 'takeCell', question })) this.#picked = null;
  }

  async #ask(command: Command): Promise<boolean> {
    this.isBusy = true;
    const outcome = await this.#store.send(command);
    this.isBusy = false;
    if (outcome.kind === 'rejected' && outcome.reason === 'noCell') toasts.show(m.fill_all_done());
    else if (outcome.kind === 'rejected' && outcome.reason === 'unknownCell')
      toasts.show(m.question_rejected_over(), 'bad');
    else {
      const words = outcomeWords(outcome);
      if (words) toasts.show(words, 'bad');
      return words === null;
    }
    return false;
  }
}
