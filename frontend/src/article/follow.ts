/** Links within this server, followed without loading everything anew. Not clicks that ask for another tab or window. */
import { isPlainClick } from '../router';

/** The address that a click on a link within this server leads to, if it is to another page than this one. */
export function followed(event: MouseEvent): string | null {
  if (!isPlainClick(event) || !(event.target instanceof Element)) return null;
  const link = event.target.closest('a');
  if (!link || link.target !== '' || link.origin !== location.origin || link.pathname === location.pathname)
    return null;
  return link.pathname + link.search + link.hash;
}
