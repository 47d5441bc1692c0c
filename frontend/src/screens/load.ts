/** The screens, each loaded when it is needed, some with words of their own. Not which of them is shown. */
import { loadWords } from 'convocation:words';
import type { Component } from 'svelte';

import type { Route } from '../router';
import { preferences } from '../ui/preferences.svelte';

export const SCREENS = {
  home: () => import('./Home.svelte'),
  explore: () => import('./Explore.svelte'),
  learn: () => import('./Article.svelte'),
  seat: () => import('./Seat.svelte'),
  desk: () => import('./Desk.svelte'),
  stage: () => import('./Stage.svelte'),
  phone: () => import('./Phone.svelte'),
  report: () => worded('report', import('./Report.svelte')),
  classReplay: () => worded('replay', import('./Replay.svelte')),
  replay: () => worded('replay', import('./Replay.svelte')),
  notFound: () => import('./NotFound.svelte'),
} as const satisfies Record<Route['page'], () => Promise<{ default: Component<never> }>>;

/** A screen once the words are here that it says alone. */
async function worded<T>(name: 'replay' | 'report', screen: Promise<T>): Promise<T> {
  const [loaded] = await Promise.all([screen, loadWords(preferences.locale, name)]);
  return loaded;
}
