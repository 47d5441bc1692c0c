/**
 * The things on one screen that can be pointed at: the picture of the network and parts of explanations tell here that they are shown.
 * Where each of them is, is worked out only while somebody points (`../pointer/places.ts`).
 */
import { getContext, setContext, untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';

import type { LayerId, Part } from '../protocol/classroom';
import type { Column } from '../scene/column';
import type { Scene } from '../scene/scene';

/** The picture of a network as it is shown now. */
export interface Picture {
  scene: Scene;
  columns: readonly Column[];
  /** What scrolls the scene. */
  element: HTMLElement;
  /** Scrolls a unit into sight. */
  reveal: (layer: LayerId, unit: number) => void;
}

/** The cells of a large map: `[top, left, bottom, right]` rows and columns of padding stand around it. */
export interface Cells {
  rows: number;
  columns: number;
  padding: readonly [number, number, number, number];
}

/** A part of an explanation as it is shown now. */
export interface ShownPart {
  part: Part;
  input: number | null;
  element: Element;
  cells: Cells | null;
}

export class Things {
  /** The place in which they all are. */
  board = $state.raw<HTMLElement | undefined>();
  picture = $state.raw<Picture | null>(null);
  parts = $state.raw<readonly ShownPart[]>([]);

  /** Tells that an element is a part for as long as it is there. */
  part(part: Part, input: number | null = null, cells: Cells | null = null): Attachment {
    return (element) => {
      const shown: ShownPart = { part, input, element, cells };
      // Whoever tells of itself does not depend on the others.
      untrack(() => (this.parts = [...this.parts, shown]));
      return () => {
        untrack(() => (this.parts = this.parts.filter((each) => each !== shown)));
      };
    };
  }
}

const KEY = Symbol('things');

/** Gives things to the components below. */
export function provideThings(things: Things): Things {
  return setContext(KEY, things);
}

/** The things of the explorer above; nothing in a text. */
export function useThings(): Things | undefined {
  return getContext<Things | undefined>(KEY);
}
