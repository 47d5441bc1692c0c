/** The side panel of the desk as this browser keeps it: open or not, and on which tab. Not what the tabs show. */
import { browserShelf, type Shelf } from '../../sync/keyring';

/** The tabs, in the order in which they stand. */
export const TABS = ['lesson', 'question', 'asks', 'class'] as const;

export type Tab = (typeof TABS)[number];

const KEY = 'convocation:panel';

/** Kept as one word: the tab, with this before it while the panel is closed. */
const CLOSED = '-';

export class PanelState {
  readonly #shelf: Shelf;
  #isOpen = $state(false);
  #tab = $state<Tab>(TABS[0]);

  constructor(shelf: Shelf = browserShelf()) {
    this.#shelf = shelf;
    const kept = shelf.getItem(KEY);
    if (kept === null) return;
    this.#isOpen = !kept.startsWith(CLOSED);
    this.#tab = TABS.find((tab) => kept.endsWith(tab)) ?? TABS[0];
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get tab(): Tab {
    return this.#tab;
  }

  /** Opens the panel, on a tab or where it was. */
  open(tab: Tab = this.#tab): void {
    this.#isOpen = true;
    this.#tab = tab;
    this.#keep();
  }

  close(): void {
    this.#isOpen = false;
    this.#keep();
  }

  /** Opens the panel on a tab, or closes it when that tab is in sight. */
  toggle(tab: Tab = this.#tab): void {
    if (this.#isOpen && this.#tab === tab) this.close();
    else this.open(tab);
  }

  #keep(): void {
    this.#shelf.setItem(KEY, (this.#isOpen ? '' : CLOSED) + this.#tab);
  }
}
