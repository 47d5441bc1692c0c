/** The screens, each loaded when it is needed. Not which of them is shown. */
import type { Component } from 'svelte';

import type { Route } from '../router';

export const SCREENS = {
  home: () => import('./Home.svelte'),
  explore: () => import('./Explore.svelte'),
  learn: () => import('./Article.svelte'),
  seat: () => import('./Seat.svelte'),
  desk: () => import('./Desk.svelte'),
  stage: () => import('./Stage.svelte'),
  phone: () => import('./Phone.svelte'),
  report: () => import('./Report.svelte'),
  notFound: () => import('./NotFound.svelte'),
} as const satisfies Record<Route['page'], () => Promise<{ default: Component<never> }>>;
