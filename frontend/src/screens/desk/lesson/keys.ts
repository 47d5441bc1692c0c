/**
 * The keys that lead through a lesson. Page Up and Page Down, as clickers send them, always do. Arrows and the space bar do where nothing
 * else has them: in no field, in nothing on the stage, and the space bar not while a unit is open, for there it plays.
 */

/** Where a key was pressed. */
export interface Situation {
  /** A field in which one writes or chooses. */
  inField: boolean;
  /** A button, link or summary, which the space bar presses. */
  onControl: boolean;
  /** Something on the stage. */
  onStage: boolean;
  /** A window over the page. */
  inDialog: boolean;
  /** Whether something on the stage can play. */
  plays: boolean;
}

/** What a key does: it leads to the next step or the one before, or asks the question of this one. */
export function lessonKey(key: string, at: Situation): 'next' | 'previous' | 'ask' | null {
  if (at.inField || at.inDialog) return null;
  if (key === 'q') return 'ask';
  if (key === 'PageDown') return 'next';
  if (key === 'PageUp') return 'previous';
  if (at.onStage) return null;
  if (key === 'ArrowRight' || key === 'ArrowDown') return 'next';
  if (key === 'ArrowLeft' || key === 'ArrowUp') return 'previous';
  return key === ' ' && !at.onControl && !at.plays ? 'next' : null;
}

/** The situation of a key pressed at `target`; `main` is what holds the stage. */
export function situation(target: EventTarget | null, plays: boolean): Situation {
  const element = target instanceof HTMLElement ? target : null;
  const inside = (selector: string) => Boolean(element?.closest(selector));
  return {
    inField: inside('input, textarea, select, [contenteditable]'),
    onControl: inside('button, a, summary'),
    onStage: inside('main') && !element?.matches('main'),
    inDialog: inside('dialog, [popover]'),
    plays,
  };
}
