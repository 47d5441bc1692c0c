/**
 * A question before the class as a view sees it: which tiles answer it, and which numbers stay covered because they are the answer.
 * Not the question's words and buttons: those stand beside the view.
 */
import { getContext, setContext } from 'svelte';

import type { LayerId } from '../protocol/classroom';

/** What is asked, as far as the picture of the network is concerned. */
export interface Asking {
  /** The layer whose tiles answer, if one's do. */
  tiles: LayerId | null;
  /** The unit that is chosen. */
  chosen: number | null;
  /** Takes a unit as the answer; nothing where no answer is taken. */
  onpick: ((unit: number) => void) | null;
  /** What would tell the answer: the scores of the classes, the ranges of the tiles' values, the value of one unit without steps. */
  covers: 'scores' | 'ranges' | 'value' | null;
  /** The map whose cells are the answer, with the arithmetic that makes them; where there is none, nothing of it is covered. */
  map?: { layer: LayerId; unit: number };
}

const KEY = Symbol('asking');

/** Gives the question to the components below. */
export function provideAsking(asking: () => Asking | null): void {
  setContext(KEY, asking);
}

/** What is asked; call the result where it is needed. */
export function useAsking(): () => Asking | null {
  return getContext<(() => Asking | null) | undefined>(KEY) ?? (() => null);
}

/** Whether the cells of a unit's map are what is asked for, so that nothing tells them. */
export function coversMap(asking: Asking | null, layer: LayerId, unit: number): boolean {
  return asking?.map?.layer === layer && asking.map.unit === unit;
}
