/** The words of the languages, each loaded when it is needed; see `build/words.ts`. */
declare module 'convocation:words' {
  /** Loads the words of a language; only then may it be shown. Rejects when they cannot be had. */
  export function loadWords(locale: import('./ui/preferences.svelte').Locale): Promise<void>;
}
