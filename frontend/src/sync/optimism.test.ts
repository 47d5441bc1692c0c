import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Stage } from '../protocol/classroom';
import { Optimism } from './optimism';
import { agree, applyStage, type StageCommand } from './stage';
import { aStage } from './testing';

const detail: StageCommand = { type: 'setDetail', detail: true };
const global: StageCommand = { type: 'setScale', scale: 'global' };

test('the own command shows at once and stays through acknowledgement and frame', () => {
  const optimism = new Optimism();
  const server = aStage();
  const shown = optimism.give(detail, 1, 0, server);
  expect(shown.detail).toBe(true);
  expect(optimism.done(1, server).detail).toBe(true);
  expect(optimism.isAwaitingFrame).toBe(true);
  const frame = { ...server, detail: true };
  expect(optimism.frame(frame)).toBe(frame);
});

test('a refused command is undone, what is still under way stays', () => {
  const optimism = new Optimism();
  const server = aStage();
  optimism.give(detail, 1, 0, server);
  optimism.give(global, 2, 0, server);
  expect(optimism.undo(1, server)).toEqual({ ...server, scale: 'global' });
  expect(optimism.undo(2, server)).toBe(server);
});

test('when the frame never comes because nothing changed, the server has the last word', () => {
  const optimism = new Optimism();
  const server = aStage();
  optimism.give({ type: 'step', step: 3 }, 1, 0, server);
  optimism.done(1, server);
  expect(optimism.frame(server)).toBe(server);
});

test('whatever order acknowledgements and frames come in, the driver sees no step back and ends with the server', () => {
  const command = fc.oneof(
    fc.record({ type: fc.constant('step' as const), step: fc.nat(50) }),
    fc.record({ type: fc.constant('setDetail' as const), detail: fc.boolean() }),
    fc.record({ type: fc.constant('play' as const), from: fc.nat(50), rate: fc.constant(4) }),
    fc.record({
      type: fc.constant('focus' as const),
      focus: fc.record({ kind: fc.constant('class' as const), class: fc.nat(9) }),
    }),
  );
  const given = fc.array(fc.record({ command, frameFirst: fc.boolean() }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(given, (given) => {
      const optimism = new Optimism();
      let server: Stage = aStage();
      let shown: Stage = server;
      given.forEach(({ command }, id) => (shown = optimism.give(command, id, id, server)));
      const wanted = shown;
      given.forEach(({ command, frameFirst }, id) => {
        const frame = () => {
          server = applyStage(server, command, id + 100);
          shown = optimism.frame(server);
          expect(agree(shown, wanted)).toBe(true);
        };
        if (frameFirst) frame();
        shown = optimism.done(id, server);
        expect(agree(shown, wanted)).toBe(true);
        if (!frameFirst) frame();
      });
      expect(shown).toEqual(server);
    }),
  );
});
