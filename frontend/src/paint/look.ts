/** How a node of a scene looks at one step: what a view says about it and `stage.ts` paints. Not where it is. */
import type { Rgb } from './colour';
import type { CellRect } from './matrix';
import type { Scale } from './scale';

/** The look of a node. */
export type Look =
  | {
      /** A small matrix in the colours of a scale, its numbers written where they fit. */
      type: 'matrix';
      /** `[rows, columns]`. */
      values: Float32Array;
      rows: number;
      columns: number;
      scale: Scale;
      /** A value as few digits. */
      text: (value: number) => string;
    }
  | {
      /** A map as pixels. */
      type: 'map';
      image: CanvasImageSource;
      rows: number;
      columns: number;
    }
  | {
      /** A place for what is not here yet. */
      type: 'empty';
    }
  | {
      /** A value or a sign: on a disc, or on a chip. */
      type: 'disc' | 'chip';
      text: string;
      /** Its colour; none for the surface's. */
      fill: Rgb | null;
    };

/** Cells that are framed on a map of `rows` × `columns`. */
export interface Frame {
  cells: CellRect;
  rows: number;
  columns: number;
  /** `window`: what the kernel covers. `field`: what a unit sees. */
  tone: 'window' | 'field';
}

/** How many cells of a map of `rows` × `columns` are revealed, row by row from the first; the others are a faint ghost. */
export interface Veil {
  shown: number;
  rows: number;
  columns: number;
}
