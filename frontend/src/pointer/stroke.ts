/** Strokes: from the path of a hand to few points that are tied to things, and back to a line. Pure; who draws and when is not known here. */
import { STROKE_POINTS, type Leg, type Stroke } from '../protocol/classroom';
import { isSeen, placeFor, pointAt, reaches, spotAt, type Place, type Point } from './places';

/** How far a line may stray from the path of the hand, in px, if it has points enough. */
const STRAY_PX = 0.75;

/** A point of the path of a hand, and the thing that it belongs to. */
export interface Sample extends Point {
  place: Place;
}

/**
 * The path in at most so many points that tell it best (Douglas and Peucker, 1973); all that are left lie on it. Those at `fixed` places
 * are kept, unless they alone would be too many.
 */
export function thinned<P extends Point>(
  path: readonly P[],
  fixed: readonly number[] = [],
  most = STROKE_POINTS,
): P[] {
  const ends = fixed.length > most / 2 ? [] : fixed;
  for (let stray = STRAY_PX; ; stray *= 1.5) {
    const kept = within(path, ends, stray);
    if (kept.length <= most) return kept;
  }
}

/** The points from which no other point of the path is farther than `stray`. */
function within<P extends Point>(path: readonly P[], fixed: readonly number[], stray: number): P[] {
  const ends = [...new Set([0, ...fixed, path.length - 1])];
  const keep = new Set(ends);
  const open = ends.slice(1).map((to, i): [number, number] => [ends[i] ?? 0, to]);
  for (let span = open.pop(); span; span = open.pop()) {
    const [from, to] = span;
    const [a, b] = [path[from], path[to]];
    if (!a || !b) continue;
    let [farthest, at] = [stray, -1];
    for (let i = from + 1; i < to; i += 1) {
      const point = path[i];
      const away = point ? offLine(point, a, b) : 0;
      if (away > farthest) [farthest, at] = [away, i];
    }
    if (at < 0) continue;
    keep.add(at);
    open.push([from, at], [at, to]);
  }
  return path.filter((_, i) => keep.has(i));
}

/** Distance of a point from the line between two others, which may be one. */
function offLine(point: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const along =
    length === 0 ? 0 : Math.min(Math.max(((point.x - a.x) * dx + (point.y - a.y) * dy) / length, 0), 1);
  return Math.hypot(point.x - a.x - along * dx, point.y - a.y - along * dy);
}

/**
 * A path as it is told to others. One that stays within reach of one thing belongs to that alone: a ring around a tile is about the tile
 * in it, whatever it begins on.
 */
export function legsOf(path: readonly Sample[], places: readonly Place[]): Leg[] {
  const about = aboutOne(path, places);
  const tied = about ? path.map(({ x, y }) => ({ x, y, place: about })) : path;
  const legs: Leg[] = [];
  let last: Place | null = null;
  // Wherever it comes to another thing: so it does on screens where things stand otherwise.
  const arrivals = tied.flatMap(({ place }, i) => (i > 0 && place !== tied[i - 1]?.place ? [i] : []));
  for (const sample of thinned(tied, arrivals)) {
    const { thing, u, v } = spotAt(sample.place, sample);
    const leg = last === sample.place ? legs.at(-1) : undefined;
    if (leg) leg.points.push([u, v]);
    else legs.push({ thing, points: [[u, v]] });
    last = sample.place;
  }
  return legs;
}

/** The place whose reach a path never leaves, the one nearest to its middle; `null` where there is none. */
function aboutOne(path: readonly Point[], places: readonly Place[]): Place | null {
  const [left, right] = extent(path.map(({ x }) => x));
  const [top, bottom] = extent(path.map(({ y }) => y));
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  const away = ({ x, y, width, height }: Place) =>
    Math.hypot(x + width / 2 - middle.x, y + height / 2 - middle.y);
  let best: Place | null = null;
  for (const place of places) {
    const holds = reaches(place, { x: left, y: top }) && reaches(place, { x: right, y: bottom });
    if (holds && (!best || away(place) < away(best))) best = place;
  }
  return best;
}

function extent(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
}

/** The lines of a stroke on this screen: more than one where a thing between others is not in sight. */
export function linesOf({ legs }: Pick<Stroke, 'legs'>, places: readonly Place[]): Point[][] {
  const lines: Point[][] = [];
  let line: Point[] = [];
  const cut = () => {
    if (line.length > 0) lines.push(line);
    line = [];
  };
  for (const { thing, points } of legs) {
    const place = placeFor(places, thing);
    if (!place) cut();
    else
      for (const [u, v] of points) {
        const point = pointAt(place, u, v);
        if (isSeen(place, point)) line.push(point);
        else cut();
      }
  }
  cut();
  return lines;
}
