/** When the lab is open. Apart from the lab itself, which is fetched when it is opened. */
import type { Focus, KernelEdit } from '../../protocol/classroom';

/** Whether a view is that of the lab: the edited unit itself. How it is computed with the edit is shown by its links. */
export function isLabOpen(focus: Focus, edit: KernelEdit | null): boolean {
  return edit !== null && focus.kind === 'unit' && focus.layer === edit.layer && focus.unit === edit.unit;
}
