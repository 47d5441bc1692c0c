import { expect, test } from 'vitest';

import type { LostMoment } from '../../protocol/classroom';
import { perMinute, worst } from './lost';

const moment = (minute: number, count: number): LostMoment => ({ minute, spot: null, count });

test('at first there are twenty minutes, all of those to come at nought', () => {
  const minutes = perMinute([moment(2, 1), moment(2, 3)], 4);
  expect(minutes).toHaveLength(20);
  expect(minutes[0]).toEqual({ minute: 0, count: 0 });
  expect(minutes[2]).toEqual({ minute: 2, count: 4 });
});

test('later the minutes begin with the first moment, and an hour at most is shown', () => {
  const from = (first: number, now: number) => {
    const minutes = perMinute([moment(first, 1)], now);
    return [minutes[0]?.minute, minutes.at(-1)?.minute];
  };
  expect(from(10, 35)).toEqual([10, 35]);
  expect(from(30, 35)).toEqual([16, 35]);
  expect(from(10, 130)).toEqual([71, 130]);
});

test('the worst moments come first, of equal ones the newest', () => {
  const moments = [moment(1, 2), moment(3, 9), moment(7, 2), moment(8, 1), moment(9, 1), moment(10, 1)];
  expect(worst(moments).map(({ minute }) => minute)).toEqual([3, 7, 1, 10, 9]);
});
