/**
 * A language that nobody speaks, made from the English words while they are loaded: every letter accented, every text two fifths longer,
 * as German and Spanish ones are, and if wanted read from right to left. What is told to a message (numbers, names) stays as it is.
 */
import type { Person } from './person';

/** What the language is like. */
export interface Pseudo {
  /** Whether it is read from right to left. */
  mirrored: boolean;
}

/** The modules of the English words: of all screens, and of those that have their own. */
const WORDS = '**/assets/*words-en{-,_}*.js';

/** Lets someone's pages speak it; before the first is loaded. */
export async function speakPseudo({ page }: Person, { mirrored }: Pseudo): Promise<void> {
  if (mirrored)
    await page.addInitScript(() =>
      Object.assign(Intl.Locale.prototype, { getTextInfo: () => ({ direction: 'rtl' }) }),
    );
  // The words themselves are asked for under an address that is not caught here.
  await page.route(WORDS, (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `import words from ${JSON.stringify(`${route.request().url()}?plain`)};
        ${told.toString()}
        ${stretched.toString()}
        export default words.map((say) => (inputs) => stretched(say(told(inputs))));`,
    }),
  );
}

/** Runs in the page: marks what a message is told, so that it can be told from the words around it. Numbers still count as numbers. */
function told(inputs: Record<string, unknown> = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      name,
      { valueOf: () => value, toString: () => `\u{f0000}${String(value)}\u{f0001}` },
    ]),
  );
}

/** Runs in the page: the same text in accented and more letters, but for what is marked; the marks go. */
function stretched(text: string): string {
  const from = 'aeiouyAEIOUYcdghlnrstCDGHLNRST';
  const to = [...'àéîöûýÀÉÎÖÛÝçðğĥļñřšťÇÐĞĤĻÑŘŠŤ'];
  const words = (plain: string) =>
    plain.replaceAll(/[A-Za-z]+/gu, (word) => {
      let more = Math.ceil(word.length * 0.4);
      return [...word]
        .map((letter) => {
          const accented = to[from.indexOf(letter)] ?? letter;
          if (more === 0 || !/[aeiouy]/iu.test(letter)) return accented;
          more -= 1;
          return accented + (to[from.indexOf(letter.toLowerCase())] ?? letter);
        })
        .join('');
    });
  return text
    .split(/(\u{f0000}.*?\u{f0001})/su)
    .map((part) => (part.startsWith('\u{f0000}') ? part : words(part)))
    .join('')
    .replaceAll(/[\u{f0000}\u{f0001}]/gu, '');
}
