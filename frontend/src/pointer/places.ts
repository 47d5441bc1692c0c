/**
 * Places: where the things of one screen are, and which of them a point belongs to. Pure geometry in CSS pixels of one frame of
 * reference: what is drawn there, and who draws, is not known here.
 */
import { POINT_REACH, type Part, type Aim, type Thing } from '../protocol/classroom';
import { clamp, type Rect } from '../scene/geometry';
import type { Column } from '../scene/column';
import type { NodeKind } from '../scene/node';
import type { Scene } from '../scene/scene';
import { seen } from '../scene/sight';
import type { Cells } from '../views/things.svelte';

/** Where a thing is. */
export interface Place extends Rect {
  thing: Thing;
  /** Units that stand there: 1, but for a part of a strip. */
  units: number;
  /** What can be seen of it. */
  seen: Rect;
  /** Whether it is in the picture of the network, not in the explanation beside it. */
  inPicture: boolean;
  /** Its cells, if it is a large map. */
  cells: Cells | null;
}

/** A point on the screen. */
export interface Point {
  x: number;
  y: number;
}

/** The parts that stand in the picture; what is no part of an explanation has none. */
const PARTS: Partial<Record<NodeKind, Part>> = {
  kernel: 'kernel',
  map: 'intermediate',
  sum: 'sum',
  bias: 'bias',
  total: 'total',
  softmax: 'softmax',
};

/** The places of everything in a scene that lies at `origin`, so far as it can be seen. */
export function placesOf(scene: Scene, columns: readonly Column[], origin: Point): Place[] {
  const perBox = new Map(columns.map(({ layer, unitsPerBox }) => [layer.id, unitsPerBox]));
  const place = (rect: Rect & { lane: string }, thing: Thing, units: number): Place[] => {
    const part = seen(scene, rect);
    if (!part) return [];
    return [
      { thing, units, inPicture: true, cells: null, ...moved(rect, origin), seen: moved(part, origin) },
    ];
  };
  return [
    ...scene.boxes.flatMap((box) =>
      place(box, { kind: 'unit', layer: box.layer, unit: box.unit }, perBox.get(box.layer) ?? 1),
    ),
    ...scene.nodes.flatMap((node) => {
      const part = PARTS[node.kind];
      return part ? place(node, { kind: 'part', part, input: node.input }, 1) : [];
    }),
  ];
}

function moved({ x, y, width, height }: Rect, origin: Point): Rect {
  return { x: x + origin.x, y: y + origin.y, width, height };
}

/** The place where a thing is on this screen, if it is. */
export function placeFor(places: readonly Place[], thing: Thing): Place | null {
  return places.find((place) => isAt(place, thing)) ?? null;
}

function isAt({ thing: here, units }: Place, thing: Thing): boolean {
  if (here.kind === 'unit' && thing.kind === 'unit')
    return here.layer === thing.layer && thing.unit >= here.unit && thing.unit < here.unit + units;
  if (here.kind === 'part' && thing.kind === 'part')
    return here.part === thing.part && here.input === thing.input;
  return false;
}

/** The place whose visible part a point lies on: in an explanation before one in the picture, the smallest first. */
export function placeUnder(places: readonly Place[], point: Point): Place | null {
  const under = places.filter((place) => holds(place.seen, point));
  const [best] = under.sort(
    (a, b) => Number(a.inPicture) - Number(b.inPicture) || a.width * a.height - b.width * b.height,
  );
  return best ?? null;
}

/** The place that a point belongs to: the one under it, else the nearest that reaches so far. */
export function placeNear(places: readonly Place[], point: Point): Place | null {
  const under = placeUnder(places, point);
  if (under) return under;
  let best: Place | null = null;
  for (const place of places)
    if (reaches(place, point) && (!best || distance(place.seen, point) < distance(best.seen, point)))
      best = place;
  return best;
}

/** Whether a point is near enough to a place to be tied to it. */
export function reaches(place: Rect, { x, y }: Point): boolean {
  const share = POINT_REACH / 1000;
  return (
    Math.abs(x - place.x - place.width / 2) <= place.width * (0.5 + share) &&
    Math.abs(y - place.y - place.height / 2) <= place.height * (0.5 + share)
  );
}

function holds(rect: Rect, { x, y }: Point): boolean {
  return x >= rect.x && x <= rect.x + rect.width && y >= rect.y && y <= rect.y + rect.height;
}

function distance(rect: Rect, { x, y }: Point): number {
  return Math.hypot(x - clamp(x, rect.x, rect.x + rect.width), y - clamp(y, rect.y, rect.y + rect.height));
}

/** A point in thousandths of its place. */
export function spotAt(place: Place, { x, y }: Point): Aim {
  const share = (at: number, from: number, length: number) =>
    clamp(Math.round(((at - from) / length) * 1000), -POINT_REACH, 1000 + POINT_REACH);
  return {
    thing: place.thing,
    u: share(x, place.x, place.width),
    v: share(y, place.y, place.height),
  };
}

/** Where a spot is on this screen. */
export function pointAt(place: Rect, u: number, v: number): Point {
  return { x: place.x + (u / 1000) * place.width, y: place.y + (v / 1000) * place.height };
}

/** Whether a point can be seen: on what is visible of its place, or beside it where nothing is cut off. */
export function isSeen(place: Place, point: Point): boolean {
  const { seen: part } = place;
  const cut = {
    left: part.x > place.x + 0.5,
    top: part.y > place.y + 0.5,
    right: part.x + part.width < place.x + place.width - 0.5,
    bottom: part.y + part.height < place.y + place.height - 0.5,
  };
  return !(
    (cut.left && point.x < part.x) ||
    (cut.top && point.y < part.y) ||
    (cut.right && point.x > part.x + part.width) ||
    (cut.bottom && point.y > part.y + part.height)
  );
}

/** The cell of a large map that a spot is on, if it is on one. */
export function cellAt({ cells }: Place, { u, v }: Aim): { row: number; column: number } | null {
  if (!cells || u < 0 || v < 0 || u >= 1000 || v >= 1000) return null;
  return { row: Math.floor((v / 1000) * cells.rows), column: Math.floor((u / 1000) * cells.columns) };
}

/** Where a cell of a large map is. */
export function cellRect(place: Place, { row, column }: { row: number; column: number }): Rect {
  const { rows, columns } = place.cells ?? { rows: 1, columns: 1 };
  const [width, height] = [place.width / columns, place.height / rows];
  return { x: place.x + column * width, y: place.y + row * height, width, height };
}

/** The rectangle of the map itself, in an element that shows it with its padding. */
export function withoutPadding(
  rect: Rect,
  { rows, columns, padding: [top, left, bottom, right] }: Cells,
): Rect {
  const across = rect.width / (columns + left + right);
  const down = rect.height / (rows + top + bottom);
  return { x: rect.x + left * across, y: rect.y + top * down, width: columns * across, height: rows * down };
}
