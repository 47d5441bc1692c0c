import { mount } from 'svelte';
import { loadWords } from 'convocation:words';

import './styles/tokens.css';
import './styles/base.css';
import App from './App.svelte';
import { parsePath } from './router';
import { askEarly } from './screens/early';
import { SCREENS } from './screens/load';
import LoadFailed from './ui/LoadFailed.svelte';
import { preferences } from './ui/preferences.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app');

// The screen is fetched along with the words, not after them. The interface asks for it again, and says so where it does not come.
const { page } = parsePath(location.pathname);
SCREENS[page]().catch(() => undefined);
askEarly(page, location.search);
// No top-level await: the words and the screens may import what this module was bundled with, and would wait for it.
loadWords(preferences.locale).then(
  () => mount(App, { target }),
  () => {
    document.documentElement.lang = preferences.locale;
    mount(LoadFailed, { target });
  },
);
