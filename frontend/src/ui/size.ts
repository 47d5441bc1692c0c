/**
 * The size of an element, told once it is laid out and whenever it changes. Unlike Svelte's bindings it never asks for the size itself: that
 * would make the browser lay out everything in the middle of a change. Sizes are in CSS px, with the border, rounded as `offsetWidth` is.
 */
import type { Attachment } from 'svelte/attachments';

/** Tells `changed` the size; before the first frame in which the element is seen. */
export function sized(changed: (size: { width: number; height: number }) => void): Attachment<HTMLElement> {
  return (element) => {
    const watch = new ResizeObserver(([entry]) => {
      const [box] = entry?.borderBoxSize ?? [];
      if (box) changed({ width: Math.round(box.inlineSize), height: Math.round(box.blockSize) });
    });
    watch.observe(element);
    return () => watch.disconnect();
  };
}
