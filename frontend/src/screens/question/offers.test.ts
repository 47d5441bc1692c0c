// The buttons that a view gets are those that the server would accept: written by `backend/questions/tests`.
import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import type { Focus } from '../../protocol/classroom';
import type { Description } from '../../protocol/network';
import { offers, type Offer } from './offers';

interface Golden {
  network: Description;
  views: { focus: Focus; step: number; kinds: Offer[] }[];
}

const path = new URL('../../../../tests/golden/offers.json', import.meta.url);
const { network, views } = JSON.parse(readFileSync(path, 'utf8')) as Golden;

test.each(views)('$focus at step $step', ({ focus, step, kinds }) => {
  expect(offers(network, focus, step).sort()).toEqual([...kinds].sort());
});

test('something is offered, and not everything everywhere', () => {
  expect(new Set(views.flatMap(({ kinds }) => kinds)).size).toBe(8);
  expect(views.some(({ kinds }) => kinds.length === 0)).toBe(true);
});
