/**
 * What a device may keep to be used without a network, by its address. A list of what is kept, not of what is not: classes, secrets and
 * whatever will be added to the server stay out by themselves.
 */
import type { PictureId } from '../protocol/classroom';
import { parsePath } from '../router';

/** Something that may be kept. */
export type Kind =
  /** A page of the interface: all of them are one file. */
  | { kind: 'page' }
  /** A file of the interface. */
  | { kind: 'file' }
  /** Something that may be another one tomorrow: networks and their lessons. `describes` a network, which names the gallery. */
  | { kind: 'text'; describes: boolean }
  /** Something that its address says all about, `of` a picture where it shows one: only those of a gallery are kept. */
  | { kind: 'value'; of: PictureId | null };

/** Where the one page is found, whatever its address. */
export const PAGE = '/index.html';

/** What a GET request of this origin may be kept as; `null` for all that never is. */
export function kindOf(url: URL, isNavigation: boolean): Kind | null {
  const [, first, second, third, ...rest] = url.pathname.split('/');
  if (first !== 'api') {
    if (isNavigation) return parsePath(url.pathname).page === 'notFound' ? null : { kind: 'page' };
    const isIcon = second === undefined && /\.(?:png|svg|webmanifest)$/u.test(first ?? '');
    return (first === 'assets' && second) || isIcon ? { kind: 'file' } : null;
  }
  // What is tried out with an edited kernel is asked for many times a second, and seldom twice.
  if (url.search !== '' || isNavigation) return null;
  switch (second) {
    case 'networks':
      return isNetworks(third, rest)
        ? { kind: 'text', describes: Boolean(third) && rest.length === 0 }
        : null;
    case 'weights':
      return third && rest.length > 0 ? { kind: 'value', of: null } : null;
    case 'pictures':
      return third && (rest.length === 0 || rest.join('/') === 'thumbnail')
        ? { kind: 'value', of: third }
        : null;
    case 'overviews':
    case 'tensors':
      return rest[0] && rest.length > 1 ? { kind: 'value', of: rest[0] } : null;
    default:
      return null;
  }
}

/** `/api/networks`, `…/{id}`, `…/{id}/lessons` and one of these. */
function isNetworks(id: string | undefined, [lessons, ...lesson]: string[]): boolean {
  if (!id) return id === undefined;
  if (lessons === undefined) return true;
  return lessons === 'lessons' && (lesson.length === 0 || lesson.length === 2);
}
