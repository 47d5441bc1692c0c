/** The palette and the type that hold now, for everything that is painted; follows the theme while it is in use. */
import { getContext, setContext } from 'svelte';
import { MediaQuery } from 'svelte/reactivity';

import { readPalette, type Palette } from '../paint/palette';

const KEY = Symbol('theme');

/** The theme of one explorer. */
export class Theme {
  palette = $state.raw<Palette | null>(null);
  /** The family of the type, for what CSS cannot write. Kept, because asking an element makes the browser style everything first. */
  font = $state('sans-serif');
  readonly #dark = new MediaQuery('(prefers-color-scheme: dark)', false);
  readonly #print = new MediaQuery('print', false);
  readonly #forced = new MediaQuery('(forced-colors: active)', false);

  /** Reads the palette at `element` and again whenever the theme changes; returns what ends it. Call it in an effect. */
  follow(element: HTMLElement): () => void {
    const read = () => {
      this.palette = readPalette(element);
      this.font = getComputedStyle(element).fontFamily;
    };
    void [this.#dark.current, this.#print.current, this.#forced.current];
    read();
    const watch = new MutationObserver(read);
    watch.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      watch.disconnect();
    };
  }
}

/** Gives a theme to the components below. */
export function provideTheme(theme: Theme): Theme {
  return setContext(KEY, theme);
}

/** The palette that holds now; nothing before the first element is on the page. */
export function useTheme(): Theme {
  return getContext<Theme>(KEY);
}
