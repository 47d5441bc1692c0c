/** The words of the languages, each loaded when it is needed; see `build/words.ts`. */
declare module 'convocation:words' {
  /**
   * Loads the words of a language, and those that a screen says alone: from then on also where another language is loaded. Only then may
   * they be shown. Rejects when they cannot be had.
   */
  export function loadWords(
    locale: import('./ui/preferences.svelte').Locale,
    screen?: 'replay' | 'report',
  ): Promise<void>;
}
