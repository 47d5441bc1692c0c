/** Join codes as people type them: the same reading as the server's `ClassCode::parse`. */
import { CODE_ALPHABET, CODE_LENGTH } from '../protocol/classroom';

/** Six symbols of the alphabet of codes. */
export type ClassCode = string;

const LOOK_ALIKES: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };

/** The code that was meant, or `null` when it cannot be one: any case, spaces and dashes ignored, look-alikes understood. */
export function parseCode(typed: string): ClassCode | null {
  const symbols = [...typed.replaceAll(/[\s-]/gu, '')].map((symbol) => {
    // Only ASCII letters have a capital here: 'ß' or 'ı' must not become two or other symbols.
    const capital = /[a-z]/u.test(symbol) ? symbol.toUpperCase() : symbol;
    return LOOK_ALIKES[capital] ?? capital;
  });
  const isCode = symbols.length === CODE_LENGTH && symbols.every((symbol) => CODE_ALPHABET.includes(symbol));
  return isCode ? symbols.join('') : null;
}

/** The code in two groups of three, easier to read aloud and to type. */
export function spellCode(code: ClassCode): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}
