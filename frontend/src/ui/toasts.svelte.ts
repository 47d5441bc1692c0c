/** Short notices that go away by themselves. For what happened, never for what needs a decision now. */

/** How long a notice stays, in ms: time to read two lines. */
const STAY_MS = 6000;

export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'bad';
  /** A text to take along: the notice stays until it is dismissed. */
  field?: string;
  /** Something that can be done about it: the notice stays until it is done or dismissed. */
  action?: { label: string; run: () => void };
}

class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #next = 0;

  /** Shows a notice. The same words twice in a row are one notice. */
  show(text: string, tone: Toast['tone'] = 'plain'): void {
    const id = this.#add({ text, tone });
    setTimeout(() => this.dismiss(id), STAY_MS);
  }

  /** Shows a notice with a field to copy a text from. */
  offer(text: string, field: string): void {
    this.#add({ text, tone: 'plain', field });
  }

  /** Shows a notice with something that can be done about it, now or later. */
  propose(text: string, action: NonNullable<Toast['action']>): void {
    this.#add({ text, tone: 'plain', action });
  }

  #add(toast: Omit<Toast, 'id'>): number {
    this.#next += 1;
    const rest = this.list.filter((shown) => shown.text !== toast.text);
    this.list = [...rest, { id: this.#next, ...toast }].slice(-3);
    return this.#next;
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
