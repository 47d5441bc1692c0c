/** Light or dark on this projector, whatever its device prefers: a bright room and a dark one want different things. Kept in this browser. */
import { MediaQuery } from 'svelte/reactivity';

import { browserShelf, type Shelf } from '../../sync/keyring';

type Light = 'light' | 'dark';

const KEY = 'convocation:projector-theme';

export class ProjectorTheme {
  readonly #shelf: Shelf;
  readonly #device = new MediaQuery('(prefers-color-scheme: dark)', false);
  #chosen = $state<Light | null>(null);

  constructor(shelf: Shelf = browserShelf()) {
    this.#shelf = shelf;
    const kept = shelf.getItem(KEY);
    if (kept === 'light' || kept === 'dark') this.#chosen = kept;
  }

  get isDark(): boolean {
    const usual = document.documentElement.dataset['theme'];
    const light = this.#chosen ?? (usual === 'light' || usual === 'dark' ? usual : null);
    return light === null ? this.#device.current : light === 'dark';
  }

  /** From light to dark, or back. */
  turn(): void {
    this.#chosen = this.isDark ? 'light' : 'dark';
    this.#shelf.setItem(KEY, this.#chosen);
  }

  /** Puts it on the page for as long as this is shown; returns what takes it off again. Call it in an effect. */
  follow(): (() => void) | undefined {
    const root = document.documentElement;
    const chosen = this.#chosen;
    if (chosen === null) return undefined;
    const before = root.dataset['theme'];
    root.dataset['theme'] = chosen;
    return () => {
      if (before === undefined) delete root.dataset['theme'];
      else root.dataset['theme'] = before;
    };
  }
}
