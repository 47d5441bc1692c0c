/**
 * Lets the keyboard scroll what nothing in it takes the focus of: a screen that only follows has no buttons inside its scrolling
 * parts. An element that is not `alone` gets its focus from what is in it.
 */
import type { Attachment } from 'svelte/attachments';

export function scroller(alone: boolean): Attachment<HTMLElement> {
  return (element) => {
    if (alone) element.tabIndex = 0;
    else element.removeAttribute('tabindex');
  };
}
