import { mount } from 'svelte';
import { loadWords } from 'convocation:words';

import './styles/tokens.css';
import './styles/base.css';
import App from './App.svelte';
import { parsePath } from './router';
import { askEarly } from './screens/early';
import { SCREENS } from './screens/load';
import { listenForBuilds } from './sync/build';
import { whenIdle } from './ui/idle';
import LoadFailed from './ui/LoadFailed.svelte';
import { preferences } from './ui/preferences.svelte';
import { takeUp } from './ui/release';

/** How long the first view has the line to itself, in ms. */
const SETTLE_MS = 5000;

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');

// The screen is fetched along with the words, not after them. The interface asks for it again, and says so where it does not come.
const route = parsePath(location.pathname);
SCREENS[route.page]().catch(() => undefined);
askEarly(route, location.search);
// No top-level await: the words and the screens may import what this module was bundled with, and would wait for it.
loadWords(preferences.locale).then(
  () => mount(App, { target }),
  () => {
    document.documentElement.lang = preferences.locale;
    mount(LoadFailed, { target });
  },
);

listenForBuilds(takeUp);

// On plain HTTP browsers have no workers, and nothing is kept.
if (import.meta.env.PROD && 'serviceWorker' in navigator)
  whenIdle(() => {
    const { page } = parsePath(location.pathname);
    const isInstalled = matchMedia('(display-mode: standalone)').matches;
    const wantsAll = page === 'explore' || page === 'learn' || (isInstalled && page === 'home');
    import('./offline/register')
      .then(({ register }) => register(wantsAll ? preferences.locale : null))
      // Not kept: the page itself needs none of it.
      .catch(() => undefined);
  }, SETTLE_MS);
