import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { POINT_REACH, STROKE_POINTS, type Focus, type Thing } from '../protocol/classroom';
import { columns } from '../scene/column';
import { tinyVgg } from '../scene/sample';
import { scene } from '../scene/scene';
import {
  cellAt,
  cellRect,
  isSeen,
  placeFor,
  placeNear,
  placeUnder,
  placesOf,
  pointAt,
  reaches,
  spotAt,
  withoutPadding,
  type Place,
} from './places';
import { legsOf, linesOf, thinned, type Sample } from './stroke';

const SCREENS = {
  projector: { width: 1024, height: 700, touch: false, projector: { corner: { width: 90, height: 130 } } },
  desk: { width: 1440, height: 760, touch: false },
  phone: { width: 390, height: 700, touch: true },
};
type Screen = keyof typeof SCREENS;
const OVERVIEW: Focus = { kind: 'overview' };

function placesOn(screen: Screen, focus: Focus = OVERVIEW): Place[] {
  const network = tinyVgg();
  const made = scene({
    network,
    view: { focus, detail: false, scale: 'block' },
    viewport: SCREENS[screen],
    scrolls: new Map(),
  });
  return placesOf(made, columns(network), { x: 7, y: 11 });
}

const tile = (layer: string, unit: number): Thing => ({ kind: 'unit', layer, unit });

function placed(places: readonly Place[], thing: Thing): Place {
  const place = placeFor(places, thing);
  if (!place) throw new Error(`not on this screen: ${JSON.stringify(thing)}`);
  return place;
}

describe('a spot', () => {
  test.each(Object.keys(SCREENS) as Screen[])('from a desk is on the same unit on a %s', (screen) => {
    const there = placesOn(screen);
    for (const from of placesOn('desk')) {
      if (from.thing.kind !== 'unit' || !placeFor(there, from.thing)) continue;
      for (const share of [0.05, 0.5, 0.95]) {
        const spot = spotAt(from, { x: from.x + share * from.width, y: from.y + share * from.height });
        const place = placed(there, spot.thing);
        const point = pointAt(place, spot.u, spot.v);
        if (isSeen(place, point)) expect(placeUnder(there, point)?.thing).toEqual(spot.thing);
      }
    }
  });

  test('goes to its place and back, within a thousandth', () => {
    const places = placesOn('desk');
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.integer({ min: -POINT_REACH, max: 1000 + POINT_REACH }),
        fc.integer({ min: -POINT_REACH, max: 1000 + POINT_REACH }),
        (place, u, v) => {
          expect(spotAt(place, pointAt(place, u, v))).toEqual({ thing: place.thing, u, v });
          expect(reaches(place, pointAt(place, u * 0.999, v * 0.999))).toBe(true);
        },
      ),
    );
  });

  test('of any element of a strip is on the part that shows it', () => {
    const places = placesOn('desk');
    const part = placed(places, tile('flatten_11', 0));
    expect(part.units).toBeGreaterThan(1);
    expect(placeFor(places, tile('flatten_11', part.units - 1))).toBe(part);
    expect(placeFor(places, tile('flatten_11', part.units))).not.toBe(part);
  });

  test.each([
    ['kernel', 2],
    ['intermediate', 2],
    ['sum', null],
    ['bias', null],
  ] as const)('on the %s of an open unit is there on every screen', (part, input) => {
    const focus: Focus = { kind: 'unit', layer: 'conv_1', unit: 1 };
    for (const screen of Object.keys(SCREENS) as Screen[])
      expect(placeFor(placesOn(screen, focus), { kind: 'part', part, input }), screen).not.toBeNull();
  });
});

describe('the place of a point', () => {
  const rect = { x: 100, y: 100, width: 40, height: 40 };
  const make = (thing: Thing, at: Partial<Place>): Place => ({
    thing,
    units: 1,
    inPicture: true,
    cells: null,
    ...rect,
    seen: { ...rect, ...at },
    ...at,
  });
  const one = make(tile('a', 0), {});
  const beside = make(tile('a', 1), { x: 150 });
  const over = make({ kind: 'part', part: 'formula', input: null }, { x: 90, width: 200, inPicture: false });

  test.each([
    ['on a tile', { x: 120, y: 120 }, one],
    ['in the gap, nearer to one', { x: 144, y: 120 }, one],
    ['in the gap, nearer to the other', { x: 147, y: 120 }, beside],
    ['at the end of its reach', { x: 100 - 20, y: 120 }, one],
    ['out of reach', { x: 79, y: 120 }, null],
  ])('%s', (_, point, place) => {
    expect(placeNear([one, beside], point)).toBe(place);
  });

  test('is the explanation where that lies over the picture', () => {
    expect(placeUnder([one, beside, over], { x: 120, y: 120 })).toBe(over);
  });

  test('is nowhere that cannot be seen', () => {
    const half = make(tile('a', 0), { seen: { ...rect, height: 20 } });
    expect(placeUnder([half], { x: 120, y: 130 })).toBeNull();
    expect(isSeen(half, { x: 120, y: 130 })).toBe(false);
    expect(isSeen(half, { x: 120, y: 90 })).toBe(true);
    expect(isSeen(half, { x: 60, y: 110 })).toBe(true);
  });
});

describe('cells of a large map', () => {
  const cells = { rows: 4, columns: 8, padding: [1, 2, 1, 2] as const };
  const whole = { x: 0, y: 0, width: 120, height: 60 };
  const map = withoutPadding(whole, cells);
  const place: Place = {
    thing: { kind: 'part', part: 'source', input: 0 },
    units: 1,
    inPicture: false,
    cells,
    ...map,
    seen: map,
  };

  test('the padding is not part of the map', () => {
    expect(map).toEqual({ x: 20, y: 10, width: 80, height: 40 });
  });

  test('every cell is found again', () => {
    for (let row = 0; row < 4; row += 1)
      for (let column = 0; column < 8; column += 1) {
        const { x, y, width, height } = cellRect(place, { row, column });
        for (const share of [0.02, 0.5, 0.98]) {
          const spot = spotAt(place, { x: x + share * width, y: y + share * height });
          expect(cellAt(place, spot)).toEqual({ row, column });
        }
      }
    expect(cellAt(place, spotAt(place, { x: 5, y: 5 }))).toBeNull();
  });
});

describe('a stroke', () => {
  const places = placesOn('desk');
  const on = (thing: Thing, path: readonly (readonly [number, number])[]): Sample[] => {
    const place = placed(places, thing);
    return path.map(([u, v]) => ({ ...pointAt(place, u, v), place }));
  };
  const ring = (thing: Thing) =>
    on(
      thing,
      Array.from({ length: 400 }, (_, i) => {
        const angle = (i / 399) * 2 * Math.PI;
        return [500 + 700 * Math.cos(angle), 500 + 700 * Math.sin(angle)] as const;
      }),
    );

  test('has points enough for a ring, and no more than may be sent', () => {
    const [leg, ...others] = legsOf(ring(tile('conv_1', 3)), places);
    expect(others).toEqual([]);
    expect(leg?.points.length).toBeGreaterThan(8);
    expect(leg?.points.length).toBeLessThanOrEqual(STROKE_POINTS);
  });

  test('however it is drawn, it has at most so many points, from its beginning to its end', () => {
    const point = fc.record({ x: fc.integer({ min: 0, max: 900 }), y: fc.integer({ min: 0, max: 900 }) });
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 300 }), (path) => {
        const kept = thinned(path);
        expect(kept.length).toBeLessThanOrEqual(STROKE_POINTS);
        expect([kept[0], kept.at(-1)]).toEqual([path[0], path.at(-1)]);
      }),
    );
  });

  test.each(Object.keys(SCREENS) as Screen[])('around a tile is around the same tile on a %s', (screen) => {
    const there = placesOn(screen);
    const thing = tile('conv_1', 1);
    const [line = []] = linesOf({ legs: legsOf(ring(thing), places) }, there);
    const { x, y, width, height } = placed(there, thing);
    expect(Math.min(...line.map((point) => point.x))).toBeLessThan(x);
    expect(Math.max(...line.map((point) => point.x))).toBeGreaterThan(x + width);
    const middle = line.reduce((sum, point) => sum + point.y, 0) / line.length;
    expect(middle).toBeGreaterThan(y);
    expect(middle).toBeLessThan(y + height);
  });

  test('around a tile is about that tile, whatever it begins on', () => {
    const around = ring(tile('conv_1', 3)).map((sample, i) =>
      i < 100 ? { ...sample, place: placed(places, tile('relu_2', 3)) } : sample,
    );
    expect(legsOf(around, places).map(({ thing }) => thing)).toEqual([tile('conv_1', 3)]);
  });

  test.each(Object.keys(SCREENS) as Screen[])('from tile to tile joins the same tiles on a %s', (screen) => {
    const [from, to] = [tile('conv_1', 0), tile('relu_2', 2)];
    const path = [...on(from, [[500, 500]]), ...on(to, [[500, 500]])];
    const there = placesOn(screen);
    const [line = []] = linesOf({ legs: legsOf(path, places) }, there);
    expect(line.map((point) => placeUnder(there, point)?.thing)).toEqual([from, to]);
  });

  test('is cut where a thing is not on this screen', () => {
    const legs = legsOf(
      [
        ...on(tile('conv_1', 0), [[500, 500]]),
        ...on(tile('conv_1', 1), [[500, 500]]),
        ...on(tile('conv_1', 2), [[500, 500]]),
      ],
      places,
    );
    const without = places.filter((place) => place.thing.kind !== 'unit' || place.thing.unit !== 1);
    expect(linesOf({ legs }, without).map((line) => line.length)).toEqual([1, 1]);
  });
});
