/**
 * The portrait layout: layers are rows from top to bottom, the units of a row scroll sideways. An open unit takes the width of the
 * screen, below the rows of its sources and of its own layer; where height is short these share one line without names.
 */
import { boxKey, columns, mostMaps, type Column } from './column';
import { grid } from './grid';
import { spread, type Spread } from './lane';
import { legendGroups } from './legend';
import * as px from './measures';
import { focusLayer, focusUnit, unstaged, type Box, type Label, type Lane, type Legend } from './scene';
import type { Scene, SceneInput } from './scene';

/** Height of the line with a layer's name, in px. */
export const NAME_PX = 26;
/** The same where a finger opens the layer by it: the least target. */
const NAME_TOUCH_PX = px.TOUCH_PX;
/** Height of the line above a grid, with the ways back and to the article at its end, and their width, in px. */
const HEAD_PX = 48;
const WAYS_PX = 2 * px.TOUCH_PX + 16;

/** Space between two rows: small inside a block, large where everything is mixed, in px. */
export const ROW_GAP_PX = { none: 4, small: 4, large: 16 };
/** Tile sides: at least a finger's target, at most what keeps several rows in sight. */
const TILE_PX = { min: 52, max: 84 };
/** Height of the names below the input's channels, in px. */
const CAPTION_PX = 18;
/** Distance between two tiles. */
const GAP_PX = 8;
/** Height of a row of single values: the least target. */
const VALUE_ROW_PX = px.TOUCH_PX;
/** Height of the row of a flattened strip: the least target. */
const STRIP_ROW_PX = px.TOUCH_PX;
/** Classes stand in columns of this many, 44 px each. */
const CLASSES_DOWN = 5;
const CLASS_ROW_PX = px.TOUCH_PX + 2;

/** Height below which the rows beside an open unit become one line, in px: the whole arithmetic of a step is in sight under it. */
const SHORT_PX = 820;
/** Space between two lanes of that line, in px. */
const LANE_GAP_PX = 24;
/** Width of a class in that line, in px. */
const LINE_CLASS_PX = 144;

/** One row: a layer's boxes, their lane, its name and the place below it. */
export interface Row {
  boxes: Box[];
  lane: Lane;
  label: Label;
  bottom: number;
}

/** The scene of a network on a phone held upright. */
export function portraitScene(input: SceneInput): Scene {
  const { network, view, viewport } = input;
  const all = columns(network);
  const layer = focusLayer(network, view.focus);
  const focus = all.find((column) => column.layer.id === layer);
  const asGrid = view.focus.kind === 'layer';
  const shown = focus
    ? all.filter((column) => focus.layer.inputs.includes(column.layer.id) || (column === focus && !asGrid))
    : all;

  const asLine = Boolean(focus) && !asGrid && viewport.height < SHORT_PX;
  const rows = asLine ? line(shown, input) : stack(shown, { input, all, open: Boolean(focus) });
  let y = rows.at(-1)?.bottom ?? px.MARGIN_PX / 2;
  const boxes = rows.flatMap((each) => each.boxes);
  const lanes = rows.map((each) => each.lane);
  const labels = asLine ? [] : rows.map((each) => each.label);
  emphasise(boxes, input, focus ?? null);

  if (!focus) {
    return {
      ...frame(viewport.width, Math.max(y + px.MARGIN_PX, viewport.height)),
      boxes,
      lanes,
      labels,
      legends: view.detail ? legends(input, labels) : [],
      open: null,
    };
  }
  y += asLine ? px.MARGIN_PX / 2 : ROW_GAP_PX.large;
  const open = {
    x: 0,
    y,
    width: viewport.width,
    height: Math.max(viewport.height - y, OPEN_LEAST_PX),
  };
  if (asGrid) {
    labels.push({
      layer: focus.layer.id,
      x: px.MARGIN_PX,
      y,
      width: viewport.width - 2 * px.MARGIN_PX - WAYS_PX,
      height: NAME_PX,
      emphasis: 'strong',
    });
    const rect = { ...open, y: y + HEAD_PX, height: open.height - HEAD_PX };
    const cells = grid(focus, { rect, scrolls: input.scrolls });
    boxes.push(...cells.boxes);
    lanes.push(cells.lane);
  }
  const size = frame(viewport.width, open.y + open.height);
  return { ...size, flow: asLine ? 'line' : 'down', boxes, lanes, labels, legends: [], open };
}

/** Least height of the place for an explanation, in px: both matrices in sight. */
const OPEN_LEAST_PX = 320;

function frame(width: number, height: number) {
  return { layout: 'portrait' as const, width, height, flow: 'down' as const, bundles: false, ...unstaged() };
}

interface Stack {
  input: SceneInput;
  all: readonly Column[];
  open: boolean;
}

/** One row below the other. */
function stack(shown: readonly Column[], { input, all, open }: Stack): Row[] {
  const most = mostMaps(all);
  const inner = input.viewport.width - 2 * px.MARGIN_PX;
  const fitting = (inner - GAP_PX * (most - 1)) / most;
  const plain = Math.floor(Math.min(Math.max(fitting, TILE_PX.min), TILE_PX.max));
  const tile = open ? px.TOUCH_PX : Math.round(plain * (input.viewport.zoom ?? 1));
  const name = input.viewport.touch && !open ? NAME_TOUCH_PX : NAME_PX;
  const rows: Row[] = [];
  for (const column of shown) {
    // A higher line has the space above its words in itself.
    const gap = Math.max(ROW_GAP_PX[column.gap] - (name - NAME_PX), 0);
    const y = (rows.at(-1)?.bottom ?? px.MARGIN_PX / 2) + (rows.length > 0 ? gap : 0);
    rows.push(row(column, { x: px.MARGIN_PX, y, inner, tile, name, input, open }));
  }
  return rows;
}

/** All in one line without names; a layer that needs less than its share leaves the rest to the others. */
function line(shown: readonly Column[], input: SceneInput): Row[] {
  const wish = (column: Column) =>
    column.boxes * ((column.kind === 'class' ? LINE_CLASS_PX : px.TOUCH_PX) + GAP_PX) - GAP_PX;
  const widths = new Map<Column, number>();
  let room = input.viewport.width - 2 * px.MARGIN_PX - LANE_GAP_PX * (shown.length - 1);
  for (const column of [...shown].sort((a, b) => wish(a) - wish(b))) {
    const width = Math.min(wish(column), room / (shown.length - widths.size));
    widths.set(column, width);
    room -= width;
  }
  let x = px.MARGIN_PX;
  return shown.map((column) => {
    const inner = widths.get(column) ?? 0;
    const y = px.MARGIN_PX / 2;
    const next = row(column, { x, y, inner, tile: px.TOUCH_PX, name: 0, input, open: true });
    x += inner + LANE_GAP_PX;
    return next;
  });
}

interface RowPlace {
  x: number;
  y: number;
  inner: number;
  tile: number;
  /** Height of the line with the layer's name, 0 for none. */
  name: number;
  input: SceneInput;
  open: boolean;
}

/** The row of one layer. */
export function row(column: Column, { x, y, inner, tile, name, input, open }: RowPlace): Row {
  const label: Label = {
    layer: column.layer.id,
    x,
    y,
    width: inner,
    height: name,
    emphasis: 'plain',
  };
  const top = y + name;
  const asClasses = column.kind === 'class';
  // Beside an open unit one line of classes is enough to switch.
  const down = asClasses && !open ? Math.min(CLASSES_DOWN, column.boxes) : 1;
  const count = Math.ceil(column.boxes / down);
  const classWidth = name === 0 ? Math.min(LINE_CLASS_PX, inner) : Math.floor((inner - GAP_PX) / 2);
  const width = asClasses ? classWidth : tile;
  const pitch = width + GAP_PX;
  const at = spread({
    // The last one has no space after it.
    length: inner + GAP_PX,
    count,
    minPitch: pitch,
    maxPitch: pitch,
    scroll: input.scrolls.get(column.lane) ?? 0,
  });
  const height = rowHeight(column, tile, down);
  const lane: Lane = {
    key: `${column.lane} ${column.layer.id}`,
    group: column.lane,
    axis: 'horizontal',
    x,
    y: top,
    width: inner,
    height,
    content: at.content - GAP_PX,
    scroll: at.scroll,
    pitch: at.pitch,
  };
  const boxes = cells(column, { lane, at, down, width });
  const caption = column.layer.op.type === 'input' && !open ? CAPTION_PX : 0;
  return { boxes, lane, label, bottom: top + height + caption };
}

function rowHeight(column: Column, tile: number, down: number): number {
  switch (column.kind) {
    case 'map':
      return tile;
    case 'value':
      return VALUE_ROW_PX;
    case 'strip':
      return STRIP_ROW_PX;
    case 'class':
      return down * CLASS_ROW_PX;
  }
}

function cells(
  column: Column,
  { lane, at, down, width }: { lane: Lane; at: Spread; down: number; width: number },
): Box[] {
  const found: Box[] = [];
  // A row that fits begins at the left, under its name.
  const shift = at.slot(0) + at.scroll;
  for (let slot = at.first; slot < at.end; slot += 1) {
    for (let line = 0; line < down; line += 1) {
      const box = slot * down + line;
      if (box >= column.boxes) break;
      const long = column.kind === 'strip' ? at.pitch - 1 : width;
      found.push({
        key: boxKey(column.layer.id, box),
        layer: column.layer.id,
        box,
        unit: box * column.unitsPerBox,
        kind: column.kind,
        lane: lane.key,
        emphasis: 'plain',
        x: lane.x + at.slot(slot) - shift,
        y: lane.y + line * CLASS_ROW_PX,
        width: long,
        height: column.kind === 'class' ? CLASS_ROW_PX - 2 : lane.height,
      });
    }
  }
  return found;
}

function emphasise(boxes: Box[], { view }: SceneInput, focus: Column | null): void {
  if (!focus) return;
  const unit = focusUnit(view.focus);
  for (const box of boxes) {
    const own = box.layer === focus.layer.id;
    box.emphasis = own && Math.floor((unit ?? 0) / focus.unitsPerBox) !== box.box ? 'plain' : 'strong';
  }
}

/** Legends stand at the right end of the name of the first layer they hold for. */
function legends({ network, view, viewport }: SceneInput, labels: readonly Label[]): Legend[] {
  return legendGroups(network, view.scale).flatMap((group): Legend[] => {
    const label = labels.find((each) => each.layer === group.layers[0]);
    if (!label) return [];
    const x = viewport.width - px.MARGIN_PX - px.LEGEND_WIDTH_PX;
    label.width -= px.LEGEND_WIDTH_PX + GAP_PX;
    const y = label.y + label.height - NAME_PX;
    return [{ ...group, x, y, width: px.LEGEND_WIDTH_PX, height: NAME_PX }];
  });
}
