/** The sizes that layouts are made of, in CSS pixels, each with its reason. */

/** Smallest target for a finger (look.md: 44 × 44). */
export const TOUCH_PX = 44;
/** Smallest distance of two tiles for a mouse: a 24 px target with space around it. */
export const POINTER_PX = 30;
/** Most boxes of an overview: each is an element that can have the focus, and more of them make phones slow. */
export const BOXES_MOST = 1500;
/** Largest tile of an overview: beyond it more size shows no more. */
export const TILE_MAX_PX = 76;
/** Smallest tile of an overview whose content can still be made out. */
export const TILE_MIN_PX = 24;
/** Least space between two tiles of a column. */
export const TILE_GAP_PX = 5;
/** Side of the cell of a single value. */
export const VALUE_PX = 24;
/** Width of a flattened layer's strip. */
export const STRIP_PX = 14;
/**
 * Width of the names of a strip and of a value where they stand side by side, and from the strip to the value: both are narrower than their
 * names.
 */
export const NAME_PX = { strip: 46, value: 44, apart: 38 };
/** Width of a class with its name and bar. */
export const CLASS_PX = 136;
/** The same on a projector, in larger type. */
export const CLASS_FAR_PX = 168;
/** Width of a class beside an open unit. */
export const CLASS_NARROW_PX = 92;
/** Height of a class: two lines, name over bar. */
export const CLASS_HEIGHT_PX = 40;
/** Space to the borders. */
export const MARGIN_PX = 14;
/** Height of layer names: two lines, and the shape below them when detail is shown. */
export const LABEL_PX = { brief: 34, detail: 52 };
/** The same on a projector, in larger type and with a line above for the name of a strip, which is wider than its column. */
export const LABEL_FAR_PX = { brief: 60, detail: 98 };
/** That line, and how wide it may be; with the shape below the name when detail is shown. */
export const STRIP_LABEL_PX = { width: 96, height: { brief: 22, detail: 40 } };
/** Height of the legends: bar and ticks. */
export const LEGEND_PX = 38;
/** Width of a legend that leaves room for the ticks at its two ends. */
export const LEGEND_MIN_PX = 72;
/** Width of a legend in the portrait layout. */
export const LEGEND_WIDTH_PX = 132;
/** Least width of the place for an open unit, on a wide screen. */
export const OPEN_MIN_PX = 480;
/** Part of the width that an open unit takes. */
export const OPEN_SHARE = 0.6;
/** Tile in the context beside an open unit. */
export const CONTEXT_TILE_PX = { min: 16, max: 30 };
/** Tile of the open unit and of its sources. */
export const NEAR_TILE_PX = 44;
/** Space between two columns of the context: with the least tile, 24 px from one to the next. */
export const CONTEXT_GAP_PX = 8;
/** The smallest type of numbers on a screen at arm's length, on one held in the hand, and on a wall. */
export const TYPE_PX = { near: 11, touch: 14, far: 12 };
