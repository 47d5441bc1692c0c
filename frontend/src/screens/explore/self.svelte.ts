/**
 * A question that someone who learns alone puts to themselves: asked about the own view, answered, then shown with what is right. The
 * numbers are the server's; nothing of it is kept. Not how it looks.
 */
import { ApiError } from '../../data/api';
import { resolveQuestion } from '../../data/questions';
import { m } from '../../paraglide/messages.js';
import type { Asked, Question, Resolved, Stage } from '../../protocol/classroom';
import type { Description } from '../../protocol/network';
import type { OwnView } from '../../sync/own.svelte';
import { stepAt } from '../../sync/playback';
import type { StageCommand } from '../../sync/stage';
import { toasts } from '../../ui/toasts.svelte';
import { apiWords } from '../../ui/words';
import { stepsOf } from '../../views/focus';
import { wayTo } from './way';

export class SelfQuestion {
  readonly #own: OwnView;
  readonly #now: () => number;
  #resolved = $state.raw<Resolved | null>(null);
  #number = $state(0);
  /** What the view showed when it was asked. */
  #subject = '';
  #leaving = new AbortController();
  /** What is answered. */
  chosen = $state.raw<number | null>(null);
  isRevealed = $state(false);
  /** Whether the server is asked. */
  isAsking = $state(false);

  /** The question as a class would have it. */
  readonly question: Question | null = $derived.by(() => {
    const resolved = this.#resolved;
    if (!resolved) return null;
    const { task, text, key, why } = resolved;
    return {
      id: this.#number,
      task,
      text,
      phase: this.isRevealed ? 'revealed' : 'open',
      round: 1,
      answered: 0,
      filled: [],
      outcome: this.isRevealed ? { key, why, rounds: [], cells: [] } : null,
    };
  });

  constructor(own: OwnView, now: () => number) {
    this.#own = own;
    this.#now = now;
  }

  /** Asks about what is shown. */
  async ask(asked: Asked, network: Description): Promise<void> {
    const { stage } = this.#own;
    if (stage?.network !== network.id) return;
    this.leave();
    const { signal } = this.#leaving;
    const { picture, focus, edit } = stage;
    const step = stepAt(stage.playback, this.#now(), stepsOf(network, focus));
    this.isAsking = true;
    try {
      const asking = { network: network.id, picture, focus, step, edit, question: asked };
      const resolved = await resolveQuestion(asking, signal);
      if (resolved.step !== null) this.#own.give({ type: 'pause', step: resolved.step });
      this.#subject = subjectOf(this.#own.stage);
      this.#number += 1;
      this.#resolved = resolved;
    } catch (error) {
      if (!signal.aborted) toasts.show(words(error), 'bad');
    } finally {
      if (!signal.aborted) this.isAsking = false;
    }
  }

  choose = (choice: number): void => {
    if (!this.isRevealed) this.chosen = choice;
  };

  reveal(): void {
    this.isRevealed = true;
  }

  /** What leads to where the answer is computed in view, if the network has such a place. */
  way(network: Description): StageCommand[] {
    return this.#resolved ? wayTo(this.#resolved, network, this.#own.stage) : [];
  }

  /** The question goes, also one that is on its way. */
  leave(): void {
    this.#leaving.abort();
    this.#leaving = new AbortController();
    this.#resolved = null;
    this.chosen = null;
    this.isRevealed = this.isAsking = false;
  }

  /** Whoever moves on does not want to answer any more. Call it in an effect. */
  follow(): void {
    if (this.#resolved && !this.isRevealed && subjectOf(this.#own.stage) !== this.#subject) this.leave();
  }
}

/** What a question is about: the same for as long as its answer is. */
function subjectOf(stage: Stage | null): string {
  return JSON.stringify(stage && [stage.network, stage.picture, stage.focus, stage.playback, stage.edit]);
}

function words(error: unknown): string {
  const isNone = error instanceof ApiError && error.code === 'not_askable';
  return isNone ? m.question_rejected_not_askable() : apiWords(error);
}
