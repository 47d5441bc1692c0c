/** Elements by key, so that they can be found again without asking the page. Not reactive: nothing is shown because an element is there. */
import type { Attachment } from 'svelte/attachments';

/** The elements of one component. */
export class Registry {
  readonly #elements = new Map<string, HTMLElement>();
  readonly #attachments = new Map<string, Attachment<HTMLElement>>();

  get(key: string): HTMLElement | undefined {
    return this.#elements.get(key);
  }

  /** Registers what it is attached to. Always the same for a key, so that nothing is registered anew when only its place changes. */
  known(key: string): Attachment<HTMLElement> {
    const attachment = this.#attachments.get(key) ?? this.#registering(key);
    this.#attachments.set(key, attachment);
    return attachment;
  }

  #registering(key: string): Attachment<HTMLElement> {
    return (element) => {
      this.#elements.set(key, element);
      return () => {
        // What moves to another parent may be there before it has gone from here.
        if (this.#elements.get(key) === element) this.#elements.delete(key);
      };
    };
  }
}
