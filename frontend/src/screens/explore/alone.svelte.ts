/** A lesson that someone takes alone: which, and where in it. Not what is shown: that is the own view, which each step changes. */
import type { Lesson } from '../../protocol/classroom';
import { isAt, stageAt } from '../../sync/lesson';
import type { OwnView } from '../../sync/own.svelte';

export class AloneLesson {
  readonly #own: OwnView;
  readonly #now: () => number;
  lesson = $state.raw<Lesson | null>(null);
  step = $state(0);
  /** Whether the own view shows something else than the step. */
  readonly isAway = $derived.by(() => {
    const { stage } = this.#own;
    return this.lesson !== null && stage !== null && !isAt(this.lesson, this.step, stage);
  });

  constructor(own: OwnView, now: () => number) {
    this.#own = own;
    this.#now = now;
  }

  /** Begins a lesson at its first step. */
  take(lesson: Lesson): void {
    this.lesson = lesson;
    this.go(0);
  }

  /** Shows a step: a place in the history, so that Back leads to the one before. */
  go(step: number): void {
    const { stage } = this.#own;
    if (!this.lesson || !stage) return;
    this.step = step;
    this.#own.begin(stageAt(this.lesson, step, stage, this.#now()));
  }

  leave(): void {
    this.lesson = null;
  }
}
