import fc from 'fast-check';
import { expect, test, vi } from 'vitest';

import { PITCH, pitchOf, Tone } from './tone';

const RANGE = { low: -2, high: 2 };

test.each([
  [-2, 220],
  [0, 440],
  [2, 880],
  [-5, 220],
  [7, 880],
  [1, 440 * Math.SQRT2],
  [Number.NaN, 440],
])('%s has the pitch of %s Hz', (value, pitch) => {
  expect(pitchOf(value, RANGE)).toBeCloseTo(pitch, 6);
});

test('a scale without extent sounds in the middle', () => {
  expect(pitchOf(3, { low: 3, high: 3 })).toBeCloseTo(440, 6);
});

test('a greater value is never lower, and all can be heard', () => {
  const value = fc.double({ noNaN: true, min: -1e6, max: 1e6 });
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      expect(pitchOf(low, RANGE)).toBeLessThanOrEqual(pitchOf(high, RANGE));
      expect(pitchOf(a, RANGE)).toBeGreaterThanOrEqual(PITCH.low - 1e-9);
      expect(pitchOf(a, RANGE)).toBeLessThanOrEqual(PITCH.high + 1e-9);
    }),
  );
});

/** A device that notes the pitches it is asked for. */
function device(state: AudioContextState = 'running') {
  const pitches: number[] = [];
  const gain = { setValueAtTime: vi.fn(), linearRampToValueAtTime: vi.fn() };
  const context = {
    state,
    currentTime: 0,
    destination: {},
    resume: vi.fn(() => Promise.resolve()),
    close: vi.fn(() => Promise.resolve()),
    createGain: () => ({ gain, connect: vi.fn() }),
    createOscillator: () => {
      const frequency = { value: 0 };
      return {
        frequency,
        type: '',
        connect: (next: unknown) => next,
        start: () => pitches.push(frequency.value),
        stop: vi.fn(),
      };
    },
  };
  const made = vi.fn(() => context as unknown as AudioContext);
  return { made, context, pitches };
}

const step = (number: number, value: number, unit = 'conv_1 0') => ({
  unit,
  step: number,
  value,
  range: RANGE,
});

test('every further step of a unit sounds once; opening another is silent', () => {
  const { made, pitches } = device();
  const tone = new Tone(made, () => false);
  tone.sound(step(0, 0));
  expect(made).not.toHaveBeenCalled();
  tone.sound(step(1, 2));
  tone.sound(step(1, 2));
  tone.sound(step(2, -2));
  tone.sound(step(0, 1, 'conv_1 1'));
  tone.sound(step(1, 0, 'conv_1 1'));
  expect(pitches.map(Math.round)).toEqual([880, 220, 440]);
  expect(made).toHaveBeenCalledTimes(1);
});

test('a hidden page is silent, and asks for no device', () => {
  const { made } = device();
  const tone = new Tone(made, () => true);
  for (let i = 0; i < 5; i += 1) tone.sound(step(i, i));
  expect(made).not.toHaveBeenCalled();
});

test('a device that waits for a touch is asked to go on, and plays nothing late', () => {
  const { made, context, pitches } = device('suspended');
  const tone = new Tone(made, () => false);
  tone.sound(step(0, 0));
  tone.sound(step(1, 1));
  expect(context.resume).toHaveBeenCalledTimes(1);
  expect(pitches).toEqual([]);
  context.state = 'running';
  tone.sound(step(2, 0));
  expect(pitches.map(Math.round)).toEqual([440]);
  tone.end();
  expect(context.close).toHaveBeenCalledTimes(1);
});
