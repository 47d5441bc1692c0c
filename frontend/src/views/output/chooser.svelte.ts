/**
 * The chooser: which element of a strip is chosen, and the wishes to choose another. An element under a finger is shown at once and told
 * to others as often as allowed, as the kernel is by the player.
 */
import { Throttle } from '../throttle';

/** What a chooser chooses for. */
export interface Choice {
  /** The element of the stage. */
  element: () => number;
  choose: (element: number) => void;
}

/** The chooser of one strip. */
export class Chooser {
  readonly #choice: Choice;
  #held = $state<number | null>(null);
  readonly #moves: Throttle<number>;

  constructor(choice: Choice) {
    this.#choice = choice;
    this.#moves = new Throttle((element) => {
      choice.choose(element);
    });
  }

  /** The element shown now. */
  get element(): number {
    return this.#held ?? this.#choice.element();
  }

  /** Moves to an element under a finger or a mouse. */
  aim(element: number): void {
    if (element === this.element) return;
    this.#held = element;
    this.#moves.push(element);
  }

  /** The finger is lifted: the last element is told. */
  drop(): void {
    this.#moves.flush();
    this.#held = null;
  }

  /** Goes to an element at once. */
  choose(element: number): void {
    this.#moves.drop();
    this.#held = null;
    this.#choice.choose(element);
  }
}
