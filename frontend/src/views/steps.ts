/** The steps of an operation under the arrow keys: where a key leads. Not the player: that knows of time. */

/** What the keys go through. */
export interface Steps {
  /** The current step and how many there are. */
  step: number;
  count: number;
  /** Steps in one row of the output. */
  columns: number;
  onstep: (step: number) => void;
  /** The key is up. */
  onend: () => void;
}

/** The step that a key leads to, or `null` for a key that is not about steps: arrows by a cell, page keys by ten rows, Home and End. */
export function stepAfter(
  key: string,
  { step, count, columns }: Pick<Steps, 'step' | 'count' | 'columns'>,
): number | null {
  const row = Math.floor(step / columns);
  const rows = Math.ceil(count / columns);
  const down = (by: number) => step + (Math.min(Math.max(row + by, 0), rows - 1) - row) * columns;
  switch (key) {
    case 'ArrowRight':
      return Math.min(step + 1, count - 1);
    case 'ArrowLeft':
      return Math.max(step - 1, 0);
    case 'ArrowDown':
      return down(1);
    case 'ArrowUp':
      return down(-1);
    case 'PageDown':
      return down(10);
    case 'PageUp':
      return down(-10);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
