/** Copying a link to the clipboard, with a notice about it. */
import { m } from '../paraglide/messages.js';
import { toasts } from './toasts.svelte';

/** Copies a link. Where the browser refuses (plain HTTP from another machine), the notice has it in a field to copy it from. */
export async function copyLink(link: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(link);
    toasts.show(m.app_copied());
  } catch {
    toasts.offer(m.address_copy_by_hand(), link);
  }
}
