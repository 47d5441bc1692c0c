/**
 * The class clock as this screen estimates it: the own clock plus an offset learnt from pings. Not a timer, and it never reads a
 * clock itself: times of the own clock (ms, steady, from any origin) are arguments.
 */
import type { ClassTime } from '../protocol/classroom';

/** Samples kept: a minute of pings, so that a drifting clock is followed. */
const WINDOW = 12;

/** How much worse, in ms per ms of age, a sample counts: twice the drift of an ordinary quartz (100 ppm). */
const AGEING = 0.0002;

/** A step back larger than this, in ms, is a correction after sleep and shown at once; smaller ones wait until time has caught up. */
const JUMP_MS = 1000;

interface Sample {
  /** When the answer came, own clock. */
  at: number;
  /** From question to answer, in ms. */
  roundTrip: number;
  /** Class clock minus own clock, assuming both ways took equally long: wrong by at most half of `roundTrip`. */
  offset: number;
}

export class ClassClock {
  #samples: Sample[] = [];
  /** Whether the samples are only used until there is a new one. */
  #isDoubtful = false;
  #shown = 0;

  /** Learns from one question asked at `sent` and answered at `received` (own clock) with the class clock `clock`. */
  learn(sent: number, clock: ClassTime, received: number): void {
    const roundTrip = received - sent;
    if (roundTrip < 0) return;
    // Whole milliseconds were cut, not rounded.
    const offset = clock + 0.5 - (sent + received) / 2;
    const earlier = this.#isDoubtful ? [] : this.#samples;
    this.#samples = [...earlier, { at: received, roundTrip, offset }].slice(-WINDOW);
    this.#isDoubtful = false;
  }

  /** What was learnt may be wrong, because the own clock may have stood still: the next sample replaces it all. */
  doubt(): void {
    this.#isDoubtful = true;
  }

  /** The class clock in ms at `own`; never runs backwards, save to correct more than a second. */
  at(own: number): number {
    const best = this.#best(own);
    const estimate = best ? Math.max(0, own + best.offset) : this.#shown;
    const isJump = this.#shown - estimate > JUMP_MS;
    this.#shown = isJump ? estimate : Math.max(this.#shown, estimate);
    return this.#shown;
  }

  /** The sample with the least uncertainty: the shortest way, and among equals the newest. */
  #best(own: number): Sample | undefined {
    const doubt = (sample: Sample) => sample.roundTrip / 2 + AGEING * (own - sample.at);
    let best = this.#samples[0];
    for (const sample of this.#samples) if (best && doubt(sample) <= doubt(best)) best = sample;
    return best;
  }
}
