/**
 * Formulas, typeset while building: TeX in, MathML out, so that neither KaTeX nor its fonts nor its inline styles reach a browser.
 * `import formula from './convolution.tex?formula'` gives the MathML of a file; `typeset` that of a string, for other build steps.
 */
import { readFile } from 'node:fs/promises';

import katex from 'katex';
import type { Plugin } from 'vite';

/**
 * What stands for a quantity that is drawn, too: written `\value{x}`, it gets the class `quantity value`, and `styles/formula.css` the colour
 * of that quantity.
 */
const QUANTITIES = ['value', 'weight', 'bias', 'output'] as const;

/** How a formula stands on the page: in a line of text or in one of its own. */
export type Setting = 'inline' | 'block';

/** The MathML of a formula. Throws for TeX that KaTeX does not know, and for what the content security policy would refuse. */
export function typeset(tex: string, setting: Setting = 'block'): string {
  const html = katex.renderToString(tex.trim(), {
    output: 'mathml',
    displayMode: setting === 'block',
    throwOnError: true,
    strict: 'error',
    macros: Object.fromEntries(QUANTITIES.map((name) => [`\\${name}`, `\\textcolor{${name}}{#1}`])),
  });
  const math = /<math[\s\S]*<\/math>/u.exec(html)?.[0];
  if (!math) throw new Error(`KaTeX made no MathML of: ${tex}`);
  const made = math
    // The source stands in the file; a second copy of it would be read out by some screen readers.
    .replace(/<annotation[\s\S]*?<\/annotation>/gu, '')
    .replace(/mathcolor="(\w+)"/gu, (_, name: string) => `class="quantity ${known(name, tex)}"`);
  if (/\sstyle=/u.test(made)) throw new Error(`this formula needs an inline style: ${tex}`);
  return made;
}

function known(name: string, tex: string): string {
  if (QUANTITIES.some((quantity) => quantity === name)) return name;
  throw new Error(`${name} is not a quantity, and colours stand in the tokens only: ${tex}`);
}

/** Lets modules import `*.tex?formula`. */
export function formulas(): Plugin {
  return {
    name: 'convocation-formulas',
    enforce: 'pre',
    load: {
      filter: { id: /\.tex\?formula$/u },
      async handler(id) {
        const file = id.slice(0, -'?formula'.length);
        this.addWatchFile(file);
        const mathml = typeset(await readFile(file, 'utf8'));
        return { code: `export default ${JSON.stringify(mathml)};`, moduleType: 'js' };
      },
    },
  };
}
