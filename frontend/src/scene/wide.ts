/** The wide layout of the overview: layers are columns from left to right. An open layer or unit is `open.ts`. */
import { boxKey, columns, mostMaps, type Column } from './column';
import { spread, type Spread } from './lane';
import { legendGroups } from './legend';
import * as px from './measures';
import { openScene } from './open';
import { focusLayer, unstaged, type Box, type Corner, type Label, type Lane, type Legend } from './scene';
import type { Scene, SceneInput, Scrolls, Viewport } from './scene';

/** A column with its place. */
export interface Placed {
  column: Column;
  x: number;
  width: number;
  emphasis: Box['emphasis'];
}

/** Where columns stand: between `top` and `top + height`. */
export interface Band {
  top: number;
  height: number;
  minPitch: number;
  tile: number;
  scrolls: Scrolls;
}

/** The scene of a network on a wide screen. */
export function wideScene(input: SceneInput): Scene {
  return focusLayer(input.network, input.view.focus) === null ? overview(input) : openScene(input);
}

function overview(asked: SceneInput): Scene {
  const input = enlarged(asked);
  const { network, view, viewport } = input;
  const all = columns(network);
  const band = bandOf(input, all);
  const { tile, placed, width } = placeAcross(all, band, viewport);
  const detail = view.detail ? 'detail' : 'brief';
  const { boxes, lanes } = fillBeside(viewport.projector?.corner, placed, { ...band, tile });
  return {
    layout: 'wide',
    width,
    height: viewport.height,
    boxes,
    lanes,
    labels: labels(placed, { width, height: band.top, far: viewport.projector ? detail : null }),
    legends: view.detail ? legends(input, placed, band.top + band.height + 6) : [],
    ...unstaged(),
    open: null,
    flow: 'right',
    bundles: true,
  };
}

/** What is enlarged is laid out for a screen so much larger, and all of it scrolls. */
function enlarged(input: SceneInput): SceneInput {
  const { width, height, zoom = 1 } = input.viewport;
  return { ...input, viewport: { ...input.viewport, width: width * zoom, height: height * zoom } };
}

/** The band of the columns: between labels and legends. */
export function bandOf({ view, viewport, scrolls }: SceneInput, all: readonly Column[]): Band {
  const top = (viewport.projector ? px.LABEL_FAR_PX : px.LABEL_PX)[view.detail ? 'detail' : 'brief'];
  const bottom = view.detail ? px.LEGEND_PX + 6 : px.MARGIN_PX;
  const target = viewport.touch ? px.TOUCH_PX : px.POINTER_PX;
  const height = Math.max(viewport.height - top - bottom, target * 2);
  const rows = Math.max(Math.floor(px.BOXES_MOST / all.length), 2);
  const minPitch = Math.max(target, height / rows);
  const pitch = Math.max(height / mostMaps(all), minPitch);
  const most = px.TILE_MAX_PX * (viewport.zoom ?? 1);
  const tile = Math.min(most, Math.floor(pitch - Math.max(px.TILE_GAP_PX, pitch * 0.12)));
  return { top, height, minPitch, tile, scrolls };
}

/** The width of a column whose tiles have a given side. */
export function widthOf(column: Column, tile: number): number {
  switch (column.kind) {
    case 'map':
      return tile;
    case 'value':
      return Math.min(tile, px.VALUE_PX);
    case 'strip':
      return px.STRIP_PX;
    case 'class':
      return px.CLASS_PX;
  }
}

interface Across {
  tile: number;
  placed: Placed[];
  width: number;
}

/** The largest tile with which all columns fit side by side; the smallest when none does, and then it scrolls. */
function placeAcross(all: readonly Column[], band: Band, viewport: Viewport): Across {
  const { width: available, touch } = viewport;
  // The first column stands above the corner, all others beside it.
  const corner = viewport.projector?.corner.width ?? 0;
  const own = (column: Column, tile: number) =>
    column.kind === 'class' && viewport.projector ? px.CLASS_FAR_PX : widthOf(column, tile);
  const small = all.filter((column) => column.gap === 'small').length;
  const large = all.filter((column) => column.gap === 'large').length;
  const room = available - 2 * px.MARGIN_PX;
  const columnsWidth = (tile: number) => all.reduce((sum, column) => sum + own(column, tile), 0);
  const least = (tile: number) => ({
    small: touch ? Math.max(px.TOUCH_PX - tile, tile * 0.2) : Math.max(8, tile * 0.22),
    large: Math.max(26, tile * 0.7),
  });
  const beside = (tile: number) => {
    const [first, second] = all;
    if (!first || !second || second.gap === 'none') return 0;
    return Math.max(corner - px.MARGIN_PX - own(first, tile) - least(tile)[second.gap], 0);
  };
  // What the names of a strip and of the values after it need beyond the gap; on a projector the strip's is raised above the other.
  const isAfterStrip = (column: Column, i: number) =>
    !viewport.projector && column.kind === 'value' && all[i - 1]?.kind === 'strip';
  const strips = all.filter(isAfterStrip).length;
  const named = (tile: number) => Math.max(px.NAME_PX.apart - least(tile).large, 0);
  const needed = (tile: number) =>
    columnsWidth(tile) +
    small * least(tile).small +
    large * least(tile).large +
    strips * named(tile) +
    beside(tile);
  let tile = Math.max(band.tile, px.TILE_MIN_PX);
  while (tile > px.TILE_MIN_PX && needed(tile) > room) tile -= 1;

  // What is left goes to the large gaps first: edges need length to be told apart.
  const gaps = least(tile);
  let spare = Math.max(room - needed(tile), 0);
  const more = (count: number, most: number) => {
    const each = count > 0 ? Math.min(spare / count, most) : 0;
    spare -= each * count;
    return each;
  };
  gaps.large += more(large, tile * 1.6);
  gaps.small += more(small, tile * 0.4);
  gaps.large += more(large, tile * 1.5);

  let x = px.MARGIN_PX + spare / 2;
  const placed = all.map((column, i): Placed => {
    x += column.gap === 'none' ? 0 : gaps[column.gap];
    if (isAfterStrip(column, i)) x += named(tile);
    if (i === 1) x = Math.max(x, corner);
    const width = own(column, tile);
    const at = { column, x, width, emphasis: 'plain' as const };
    x += width;
    return at;
  });
  return { tile, placed, width: Math.max(available, Math.floor(x + px.MARGIN_PX)) };
}

/** As `fill`; the first column, of few tiles, stays clear of the corner and in the middle. */
function fillBeside(corner: Corner | undefined, placed: readonly Placed[], band: Band) {
  const [first, ...others] = placed;
  if (!corner || !first || others.length === 0) return fill(placed, band);
  const inset = Math.min(corner.height + px.LEGEND_PX, band.height / 3);
  const short = { ...band, top: band.top + inset, height: band.height - 2 * inset };
  const [head, tail] = [fill([first], short), fill(others, band)];
  return { boxes: [...head.boxes, ...tail.boxes], lanes: [...head.lanes, ...tail.lanes] };
}

/** Fills placed columns with boxes; neighbours of one lane scroll together. */
export function fill(placed: readonly Placed[], band: Band): { boxes: Box[]; lanes: Lane[] } {
  const boxes: Box[] = [];
  const lanes: Lane[] = [];
  const most = mostMaps(placed.map(({ column }) => column));
  const maxPitch = Math.max(band.height / most, band.minPitch) * 2.6;
  for (const run of runs(placed)) {
    const [head] = run;
    if (!head) continue;
    const group = head.column.lane;
    const key = `${group} ${head.column.layer.id}`;
    const at = spread({
      length: band.height,
      count: head.column.boxes,
      minPitch: Math.max(band.minPitch, head.column.kind === 'class' ? px.POINTER_PX : 0),
      maxPitch,
      scroll: band.scrolls.get(group) ?? 0,
    });
    lanes.push(laneOver(run, { key, group, band, at }));
    for (const place of run) boxes.push(...column(place, { key, band, at }));
  }
  return { boxes, lanes };
}

/** Neighbouring columns of the same lane. */
function runs(placed: readonly Placed[]): Placed[][] {
  const found: Placed[][] = [];
  for (const place of placed) {
    const last = found.at(-1);
    if (last?.[0]?.column.lane === place.column.lane) last.push(place);
    else found.push([place]);
  }
  return found;
}

function laneOver(
  run: readonly Placed[],
  { key, group, band, at }: { key: string; group: string; band: Band; at: Spread },
): Lane {
  const first = run[0];
  const last = run.at(-1);
  const x = first?.x ?? 0;
  return {
    key,
    group,
    axis: 'vertical',
    x,
    y: band.top,
    width: (last ? last.x + last.width : x) - x,
    height: band.height,
    content: at.content,
    scroll: at.scroll,
    pitch: at.pitch,
  };
}

function column(
  { column, x, width, emphasis }: Placed,
  { key, band, at }: { key: string; band: Band; at: Spread },
): Box[] {
  const height = boxHeight(column, { width, tile: band.tile, pitch: at.pitch });
  return Array.from({ length: at.end - at.first }, (_, i) => {
    const box = at.first + i;
    return {
      key: boxKey(column.layer.id, box),
      layer: column.layer.id,
      box,
      unit: box * column.unitsPerBox,
      kind: column.kind,
      lane: key,
      emphasis,
      x,
      y: band.top + at.slot(box) + (at.pitch - height) / 2,
      width,
      height,
    };
  });
}

function boxHeight(column: Column, size: { width: number; tile: number; pitch: number }): number {
  switch (column.kind) {
    case 'map':
    case 'value':
      return Math.min(size.width, size.pitch);
    case 'strip':
      // A hairline between parts keeps the strip one thing and its parts apart.
      return Math.max(size.pitch - 1, 1);
    case 'class':
      return Math.min(px.CLASS_HEIGHT_PX, size.pitch - 2);
  }
}

interface Above {
  width: number;
  height: number;
  /** On a projector: how much the names say. */
  far: 'brief' | 'detail' | null;
}

function labels(placed: readonly Placed[], { width, height, far }: Above): Label[] {
  return placed.map(({ column, x, width: own, emphasis }, i) => {
    const before = placed[i - 1];
    const after = placed[i + 1];
    // A label reaches halfway into the gaps on both sides, below the raised name of a strip, and up to the classes, whose name stays in
    // their column.
    const below = (side: Placed) => far && side.column.kind === 'strip';
    const here = { x, width: own, column };
    const left = !before ? 0 : below(before) ? before.x : border(before, here, placed[i - 2]);
    const right = !after
      ? width
      : after.column.kind === 'class'
        ? after.x
        : below(after)
          ? after.x + after.width
          : border(here, after, before);
    const middle = x + own / 2;
    const half = Math.min(middle - left, right - middle);
    if (far && column.kind === 'strip') {
      const { width: wide, height: high } = px.STRIP_LABEL_PX;
      return { layer: column.layer.id, emphasis, y: 0, x: middle - wide / 2, width: wide, height: high[far] };
    }
    // A strip is too narrow to have its name in the middle.
    const whole = column.kind === 'strip' ? { x: left, width: right - left } : null;
    const wide =
      whole ?? (column.kind === 'class' ? { x, width: own } : { x: middle - half, width: 2 * half });
    return { layer: column.layer.id, emphasis, y: 0, height, ...wide };
  });
}

type Side = Pick<Placed, 'x' | 'width' | 'column'>;

/** Where the name of a column ends and that of the next begins: in the middle between them, but a strip's has the width that it needs. */
function border(side: Side, next: Side, before: Side | undefined): number {
  const end = side.x + side.width;
  const middle = (end + next.x) / 2;
  if (side.column.kind !== 'strip') return middle;
  const begin = before ? (before.x + before.width + side.x) / 2 : 0;
  const most = next.x + next.width / 2 - px.NAME_PX.value / 2;
  return Math.max(middle, Math.min(begin + px.NAME_PX.strip, most));
}

function legends({ network, view, viewport }: SceneInput, placed: readonly Placed[], y: number): Legend[] {
  const at = new Map(placed.map(({ column }, i) => [column.layer.id, i]));
  return legendGroups(network, view.scale).flatMap((group): Legend[] => {
    const first = at.get(group.layers[0] ?? '') ?? 0;
    const last = at.get(group.layers.at(-1) ?? '') ?? 0;
    const [head, tail] = [placed[first], placed[last]];
    if (!head || !tail) return [];
    const [before, after] = [placed[first - 1], placed[last + 1]];
    const end = tail.x + tail.width;
    // Narrow groups may reach into the gaps beside them, so that their ticks stay legible.
    const space = Math.min(
      before ? (head.x - before.x - before.width) / 2 : px.MARGIN_PX,
      after ? (after.x - end) / 2 : px.MARGIN_PX,
    );
    const grow = Math.min(Math.max((px.LEGEND_MIN_PX - (end - head.x)) / 2, 0), space);
    const x = head.x - grow;
    const corner = viewport.projector?.corner;
    const above = corner && x < corner.width ? corner.height : 0;
    return [{ ...group, x, y: y - above, width: end - x + grow, height: px.LEGEND_PX }];
  });
}
