/**
 * The hands on a kernel: what is shown while it is changed, how often others hear of it, and the way back. Not the changes themselves:
 * see `editing.ts`.
 */
import type { KernelEdit } from '../../protocol/classroom';
import { Throttle } from '../throttle';

/** Changes that others hear of per second, while something is dragged. */
const EDITS_PER_SECOND = 10;

/** Changes that can be taken back. */
const REMEMBERED = 50;

/** What an editor edits. */
export interface Sheet {
  /** The edit as the stage has it. */
  edit: () => KernelEdit;
  send: (edit: KernelEdit) => void;
}

/** The editor of one explorer. */
export class KernelEditor {
  readonly #sheet: Sheet;
  /** The edit under a finger, before the stage knows of it. */
  #held = $state.raw<KernelEdit | null>(null);
  #past = $state.raw<readonly KernelEdit[]>([]);
  readonly #changes: Throttle<KernelEdit>;

  /** The edit shown now. */
  readonly edit = $derived.by(() => this.#held ?? this.#sheet.edit());
  readonly canUndo = $derived.by(() => this.#past.length > 0);

  constructor(sheet: Sheet) {
    this.#sheet = sheet;
    this.#changes = new Throttle((edit) => {
      sheet.send(edit);
      // The stage has it now: what comes from there is shown again, whatever it is.
      if (this.#held === edit) this.#held = null;
    }, EDITS_PER_SECOND);
  }

  /** A change begins: `undo` comes back to what is there now. */
  begin(): void {
    this.#past = [...this.#past, this.edit].slice(-REMEMBERED);
  }

  /** Goes on with a change: shown at once, told to others as often as allowed. */
  change(edit: KernelEdit): void {
    this.#held = edit;
    this.#changes.push(edit);
  }

  /** A change that is whole at once. */
  apply(edit: KernelEdit): void {
    this.begin();
    this.change(edit);
  }

  /** Takes back the last change. */
  undo(): void {
    const before = this.#past.at(-1);
    if (!before) return;
    this.#past = this.#past.slice(0, -1);
    this.change(before);
  }

  /** Tells what has not been told yet. */
  end(): void {
    this.#changes.flush();
  }
}
