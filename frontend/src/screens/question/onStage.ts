/** What a question means for the picture of the network: see `views/asking`. */
import type { Question } from '../../protocol/classroom';
import type { Asking } from '../../views/asking.svelte';

/** The question on the stage; `chosen` is this screen's answer and `onpick` takes one, if one is taken. */
export function askingOf(
  question: Question | null,
  chosen: number | null,
  onpick: ((choice: number) => void) | null,
): Asking | null {
  if (!question || question.phase === 'revealed') return null;
  const { task } = question;
  switch (task.kind) {
    case 'tile':
      return { tiles: task.layer, chosen, onpick, covers: 'ranges' };
    case 'topClass':
      return { tiles: null, chosen: null, onpick: null, covers: 'scores' };
    case 'value':
      return { tiles: null, chosen: null, onpick: null, covers: 'value' };
    case 'fill':
      return {
        tiles: null,
        chosen: null,
        onpick: null,
        covers: null,
        map: { layer: task.layer, unit: task.unit },
      };
    default:
      return null;
  }
}
