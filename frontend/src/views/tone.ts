/** Values as tones while a kernel moves: the greater, the higher. For whoever would rather hear a map than look at it. */
import type { Range } from '../paint/reach';

/** The pitches of the least and of the greatest value, in Hz: an octave below and above the A that orchestras tune to. */
export const PITCH = { low: 220, high: 880 };
/** How long a tone sounds, and swells before that, in s: sixteen a second are still told apart. */
const LENGTH_S = 0.09;
const SWELL_S = 0.008;
/** How loud; 1 is as loud as the device. */
const LOUDNESS = 0.12;

/** A step with its value. */
export interface Sounding {
  /** Of which unit: another one begins anew. */
  unit: string;
  step: number;
  value: number;
  /** The ends of the colour scale that shows the same values. */
  range: Range;
}

/**
 * The pitch of a value, in Hz. Equal distances on the scale are equal intervals; what is outside has the pitch of the end, and where the
 * scale has no extent, or there is no number, it is the pitch of the middle.
 */
export function pitchOf(value: number, { low, high }: Range): number {
  const share = high > low && !Number.isNaN(value) ? (value - low) / (high - low) : 0.5;
  return PITCH.low * (PITCH.high / PITCH.low) ** Math.min(Math.max(share, 0), 1);
}

/** Sounds the steps of one explorer. */
export class Tone {
  readonly #make: () => AudioContext;
  readonly #isHidden: () => boolean;
  /** Made at the first tone: nobody's device is asked for what is not heard. */
  #context: AudioContext | null = null;
  #last: { unit: string; step: number } | null = null;

  constructor(make = () => new AudioContext(), isHidden = () => document.hidden) {
    this.#make = make;
    this.#isHidden = isHidden;
  }

  /** Sounds a step, if it is another one than before of the same unit: what has just been opened is silent. */
  sound({ unit, step, value, range }: Sounding): void {
    const last = this.#last;
    this.#last = { unit, step };
    if (last?.unit !== unit || last.step === step || this.#isHidden()) return;
    const context = (this.#context ??= this.#make());
    // Browsers are silent until the page was touched; what could not be heard then is not made up for.
    if (context.state === 'running') play(context, pitchOf(value, range));
    else void context.resume().catch(() => undefined);
  }

  /** Gives the device back. */
  end(): void {
    void this.#context?.close().catch(() => undefined);
    this.#context = null;
  }
}

function play(context: AudioContext, pitch: number): void {
  const [voice, volume, now] = [context.createOscillator(), context.createGain(), context.currentTime];
  voice.type = 'triangle';
  voice.frequency.value = pitch;
  // Without a swell and a fade a tone begins and ends with a click.
  volume.gain.setValueAtTime(0, now);
  volume.gain.linearRampToValueAtTime(LOUDNESS, now + SWELL_S);
  volume.gain.linearRampToValueAtTime(0, now + LENGTH_S);
  voice.connect(volume).connect(context.destination);
  voice.start(now);
  voice.stop(now + LENGTH_S);
}
