/**
 * The speaker: what the one polite live region of an explorer says. While something moves it speaks sparingly, so that a screen reader can
 * finish; what stands is said at once. Not the sentences: see `units/spoken.ts`.
 */
import { getContext, setContext } from 'svelte';

import { Throttle } from './throttle';
import type { Tone } from './tone';

/** Sentences per second while something moves: one every two seconds. */
const WHILE_MOVING = 0.5;

/** The speaker of one explorer. */
export class Speaker {
  /** What the live region says. */
  text = $state('');
  /** What lets values be heard, for those who want that. */
  tone: Tone | null = null;
  readonly #sparing = new Throttle<string>((text) => (this.text = text), WHILE_MOVING);

  /** Says a sentence: at once, or, while something moves, as often as can be listened to. */
  say(text: string, { moving }: { moving: boolean }): void {
    if (moving) {
      this.#sparing.push(text);
      return;
    }
    this.#sparing.drop();
    this.text = text;
  }

  /** Nothing more is to be said. */
  hush(): void {
    this.#sparing.drop();
    this.text = '';
  }
}

const KEY = Symbol('speaker');

/** Gives a speaker to the components below. */
export function provideSpeaker(speaker: Speaker): Speaker {
  return setContext(KEY, speaker);
}

/** The speaker of the explorer above. */
export function useSpeaker(): Speaker {
  return getContext<Speaker>(KEY);
}
