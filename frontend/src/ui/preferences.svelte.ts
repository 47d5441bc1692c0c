/** How this person likes the interface: language, theme and tones, kept in this browser. Not what is shown. */
import { loadWords } from 'convocation:words';

import { m } from '../paraglide/messages.js';
import { getLocale, isLocale, locales, overwriteGetLocale, setLocale } from '../paraglide/runtime.js';
import { browserShelf } from '../sync/keyring';
import { toasts } from './toasts.svelte';

export type Locale = (typeof locales)[number];
export type Theme = 'system' | 'light' | 'dark';

/** Each language by its own name, as its speakers look for it. */
export const LANGUAGES: Readonly<Record<Locale, string>> = {
  en: 'English',
  es: 'Español',
  de: 'Deutsch',
  zh: '中文',
};

/** A language by its own name, or by its tag where the interface does not speak it. */
export function languageName(tag: string): string {
  return isLocale(tag) ? LANGUAGES[tag] : tag;
}

export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

const THEME_KEY = 'convocation:theme';
const TONE_KEY = 'convocation:tone';
/** What is kept where somebody wants tones; nothing where not. */
const ON = 'on';

class Preferences {
  #locale = $state<Locale>(getLocale());
  #wanted = $state<Locale>(this.#locale);
  #theme = $state<Theme>(keptTheme());
  #tone = $state(browserShelf().getItem(TONE_KEY) === ON);

  /** The language that is shown. */
  get locale(): Locale {
    return this.#locale;
  }

  /** The language that was asked for last: the one that is shown, once its words are here. */
  get wanted(): Locale {
    return this.#wanted;
  }

  set wanted(locale: string) {
    if (!isLocale(locale)) return;
    this.#wanted = locale;
    loadWords(locale).then(
      () => this.#wanted === locale && this.#show(locale),
      () => {
        if (this.#wanted !== locale) return;
        this.#wanted = this.#locale;
        toasts.show(m.app_load_failed(), 'bad');
      },
    );
  }

  #show(locale: Locale): void {
    // Every text that is on the screen reads the locale through `getLocale` and so changes by itself: no reload, nobody leaves class.
    void setLocale(locale, { reload: false });
    this.#locale = locale;
  }

  get theme(): Theme {
    return this.#theme;
  }

  set theme(theme: Theme) {
    browserShelf().setItem(THEME_KEY, theme);
    this.#theme = theme;
  }

  /** Whether the value of every step is heard, too. */
  get tone(): boolean {
    return this.#tone;
  }

  set tone(wanted: boolean) {
    if (wanted) browserShelf().setItem(TONE_KEY, ON);
    else browserShelf().removeItem(TONE_KEY);
    this.#tone = wanted;
  }
}

function keptTheme(): Theme {
  const kept = browserShelf().getItem(THEME_KEY);
  return THEMES.find((theme) => theme === kept) ?? 'system';
}

export const preferences = new Preferences();

overwriteGetLocale(() => preferences.locale);
