/** The addresses of the pages, in both directions. Not the history: see `router.svelte.ts`. */
import { parseCode, type ClassCode } from './sync/code';

export type Route =
  | { page: 'home' }
  | { page: 'seat'; code: ClassCode }
  | { page: 'desk'; code: ClassCode }
  | { page: 'stage'; code: ClassCode }
  /** A student's screen in a frame beside the desk. */
  | { page: 'phone'; code: ClassCode }
  | { page: 'report'; code: ClassCode }
  | { page: 'classReplay'; code: ClassCode }
  | { page: 'explore' }
  | { page: 'learn' }
  | { page: 'replay' }
  | { page: 'notFound' };

/** The page at a path. */
export function parsePath(path: string): Route {
  const [first = '', second = '', third, ...rest] = path.replace(/^\/+|\/+$/gu, '').split('/');
  if (rest.length > 0) return { page: 'notFound' };
  if (first === '') return { page: 'home' };
  if ((first === 'explore' || first === 'learn' || first === 'replay') && !second) return { page: first };
  const code = first === 'c' ? parseCode(decode(second)) : null;
  if (!code) return { page: 'notFound' };
  if (third === undefined) return { page: 'seat', code };
  if (third === 'replay') return { page: 'classReplay', code };
  return isOfClass(third) ? { page: third, code } : { page: 'notFound' };
}

/** The one path of a page. */
export function pathOf(route: Exclude<Route, { page: 'notFound' }>): string {
  switch (route.page) {
    case 'home':
      return '/';
    case 'explore':
    case 'learn':
    case 'replay':
      return `/${route.page}`;
    case 'seat':
      return `/c/${route.code}`;
    case 'desk':
    case 'stage':
    case 'phone':
    case 'report':
      return `/c/${route.code}/${route.page}`;
    case 'classReplay':
      return `/c/${route.code}/replay`;
  }
}

/** Whether a click on a link means: here, not in another tab or window. */
export function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

/** The pages of a class besides the student's, by the last part of their path. */
const OF_CLASS = ['desk', 'stage', 'phone', 'report'] as const;

const isOfClass = (part: string): part is (typeof OF_CLASS)[number] => OF_CLASS.some((each) => each === part);

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}
