/** Short notices that go away by themselves. For what happened, never for what needs a decision. */

/** How long a notice stays, in ms: time to read two lines. */
const STAY_MS = 6000;

export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'bad';
}

class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #next = 0;

  /** Shows a notice. The same words twice in a row are one notice. */
  show(text: string, tone: Toast['tone'] = 'plain'): void {
    this.#next += 1;
    const toast = { id: this.#next, text, tone };
    this.list = [...this.list.filter((shown) => shown.text !== text), toast].slice(-3);
    setTimeout(() => this.dismiss(toast.id), STAY_MS);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
