/**
 * The article, compiled while building: one Markdown file per language in, sections of HTML and figures out, so that no Markdown reader
 * and no formula reader reaches a browser. `import article from './en.md?article'` gives an `Article`. Not how it is shown.
 *
 * The Markdown is GitHub's with these additions:
 * - `{{name}}` is a fact of the model card (`facts.ts`), written as the language writes numbers;
 * - `## Title {#id}` begins a section, `### Title {#id}` a part that links may lead to;
 * - `$…$` and `$$…$$` are formulas in TeX;
 * - `::: figure id`, a caption, an empty line, what it shows in words, `:::` is a live figure;
 * - `[words](view:LAYER)`, `view:LAYER/UNIT`, `view:LAYER/UNIT/INPUT` and `view:overview` link into the explorer.
 */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

import { Marked, type Token, type TokenizerAndRendererExtension, type Tokens } from 'marked';
import type { Plugin } from 'vite';

import type { Article, Html, Part, Section } from '../src/article/article';
import { FIGURES, NETWORK, type FigureId } from '../src/article/figures.ts';
import { SECTIONS, type SectionId } from '../src/article/sections.ts';
import { factsOf, MODEL_CARD, unitsOf, type Facts } from './facts.ts';
import { typeset } from './formula.ts';

const SUFFIX = '.md?article';

/** A text and what it may name. */
export interface Source {
  markdown: string;
  /** Its language, for numbers. */
  locale: string;
  facts: Facts;
}

/** A figure as it stands in the Markdown. */
interface FigureToken extends Tokens.Generic {
  type: 'figure';
  figure: string;
  caption: Token[];
  words: string;
}

/** A line or a block of TeX. */
interface FormulaToken extends Tokens.Generic {
  type: 'formula';
  tex: string;
  setting: 'inline' | 'block';
}

/** Compiles one text. Throws for whatever it may not contain, and for links that lead nowhere. */
export function compile({ markdown, locale, facts }: Source): Article {
  const links: string[] = [];
  const ids: string[] = [...SECTIONS];
  const marked = reader(links, ids, facts);
  const tokens = marked.lexer(withFacts(markdown, locale, facts));
  const html = (part: Token[]) => checked(marked.parser(part));
  const [first] = tokens;
  if (first?.type !== 'heading' || first['depth'] !== 1)
    throw new Error('an article begins with its title: # …');

  const opening: Part[] = [];
  const sections: Section[] = [];
  let parts = opening;
  for (const token of tokens.slice(1)) {
    if (isHeading(token) && token.depth === 2) {
      parts = [];
      const { title, id } = named(token.text);
      sections.push({ id: sectionId(id), title, parts });
    } else if (isFigure(token)) {
      parts.push(figure(token, (caption) => checked(marked.Parser.parseInline(caption, marked.defaults))));
    } else if (token.type !== 'space') {
      append(parts, html([token]));
    }
  }
  for (const link of links)
    if (!ids.includes(link)) throw new Error(`a link leads to #${link}, which is not there`);
  return { title: (first as Tokens.Heading).text, opening, sections };
}

/** Text that follows text is one part with it. */
function append(parts: Part[], html: Html): void {
  const last = parts.at(-1);
  if (last?.kind === 'text') last.html = (last.html + html) as Html;
  else parts.push({ kind: 'text', html });
}

function figure(token: FigureToken, inline: (tokens: Token[]) => Html): Part {
  if (!Object.hasOwn(FIGURES, token.figure)) throw new Error(`there is no figure ${token.figure}`);
  if (!token.words) throw new Error(`the figure ${token.figure} is not told in words`);
  return {
    kind: 'figure',
    figure: token.figure as FigureId,
    caption: inline(token.caption),
    words: token.words,
  };
}

/** A reader of our Markdown. It writes down where links within the article lead, and which ids parts of sections have. */
function reader(links: string[], ids: string[], facts: Facts): Marked {
  return new Marked({
    extensions: [figureBlock, formulaBlock, formulaInline],
    renderer: {
      html({ text }): string {
        throw new Error(`raw HTML has no place in the article: ${text}`);
      },
      image({ href }): string {
        throw new Error(`pictures of the article are live figures: ${href}`);
      },
      heading({ depth, text, tokens }): string {
        if (depth !== 3) throw new Error(`the article has headings of two levels: ${text}`);
        const { id } = named(text);
        if (ids.includes(id)) throw new Error(`#${id} is there twice`);
        ids.push(id);
        return `<h3 id="${id}">${this.parser.parseInline(tokens).replace(/\s*\{#[\w-]+\}$/u, '')}</h3>`;
      },
      link({ href, tokens }): string {
        const words = this.parser.parseInline(tokens);
        if (href.startsWith('#')) links.push(href.slice(1));
        return `<a href="${target(href, facts)}">${words}</a>`;
      },
      // A table wider than a phone scrolls by itself, also by keyboard.
      table(token): string {
        const row = (cells: Tokens.TableCell[], tag: 'th' | 'td') =>
          `<tr>${cells.map((cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join('')}</tr>`;
        const rows = token.rows.map((cells) => row(cells, 'td')).join('');
        return `<div class="table" tabindex="0"><table><thead>${row(token.header, 'th')}</thead><tbody>${rows}</tbody></table></div>`;
      },
    },
  });
}

const figureBlock: TokenizerAndRendererExtension = {
  name: 'figure',
  level: 'block',
  start: (source) => source.indexOf('::: figure'),
  tokenizer(source): FigureToken | undefined {
    const found = /^::: figure (\S+)\n([\s\S]+?)\n\n([\s\S]+?)\n:::(?:\n|$)/u.exec(source);
    if (!found) return undefined;
    const [raw, name = '', caption = '', words = ''] = found;
    return {
      type: 'figure',
      raw,
      figure: name,
      caption: this.lexer.inlineTokens(joined(caption)),
      words: joined(words),
    };
  },
};

const formulaBlock: TokenizerAndRendererExtension = {
  name: 'formula',
  level: 'block',
  start: (source) => source.indexOf('$$'),
  tokenizer: (source) => formula(/^\$\$([\s\S]+?)\$\$(?:\n|$)/u.exec(source), 'block'),
  renderer: (token) => {
    const { tex, setting } = token as FormulaToken;
    const math = typeset(tex, setting);
    return setting === 'block' ? `<div class="formula" tabindex="0">${math}</div>` : math;
  },
};

const formulaInline: TokenizerAndRendererExtension = {
  name: 'formula',
  level: 'inline',
  start: (source) => source.indexOf('$'),
  tokenizer: (source) => formula(/^\$([^$\n]+?)\$/u.exec(source), 'inline'),
};

function formula(found: RegExpExecArray | null, setting: FormulaToken['setting']): FormulaToken | undefined {
  return found ? { type: 'formula', raw: found[0], tex: found[1] ?? '', setting } : undefined;
}

/** Where a link of the Markdown leads. Throws where that is nowhere. */
function target(href: string, facts: Facts): string {
  if (href.startsWith('view:')) return `/explore?${queryOf(href, facts)}`.replaceAll('&', '&amp;');
  if (/^(?:https:\/\/[^\s"<>&]+|#[\w-]+|\/)$/u.test(href)) return href;
  throw new Error(`this is no link for the article: ${href}`);
}

/** The query of the view that a link leads to, as `src/sync/address.ts` reads it. */
function queryOf(href: string, facts: Facts): string {
  const [layer = '', ...numbers] = href.slice('view:'.length).split('/');
  const query = new URLSearchParams({ network: NETWORK });
  if (layer === 'overview') return query.toString();
  const units = unitsOf(facts).get(layer);
  const [unit, input] = numbers.map(Number);
  if (units === undefined || (unit !== undefined && !(unit < units)))
    throw new Error(`the network does not have what this link shows: ${href}`);
  query.set('layer', layer);
  if (unit !== undefined) query.set('unit', String(unit));
  if (input !== undefined) query.set('input', String(input));
  return query.toString();
}

/** Puts the facts where the text names them; no line ends within `3 × 3` or `80 %`. */
function withFacts(markdown: string, locale: string, facts: Facts): string {
  const whole = markdown.replace(/ (×) /gu, '\u00a0$1\u00a0').replaceAll(' %', '\u00a0%');
  return whole.replace(/\{\{(\w+)\}\}/gu, (_, name: string) => {
    const fact = facts[name];
    if (fact === undefined) throw new Error(`no fact is called ${name}`);
    return fact.toLocaleString(locale);
  });
}

/** `Title {#id}`. */
function named(heading: string): { title: string; id: string } {
  const [, title = '', id = ''] = /^(.+?)\s*\{#([\w-]+)\}$/u.exec(heading) ?? [];
  if (!id) throw new Error(`this heading has no id: ${heading}`);
  return { title, id };
}

function sectionId(id: string): SectionId {
  const section = SECTIONS.find((each) => each === id);
  if (!section) throw new Error(`no section is called ${id}`);
  return section;
}

function isHeading(token: Token): token is Tokens.Heading {
  return token.type === 'heading';
}

function isFigure(token: Token): token is FigureToken {
  return token.type === 'figure';
}

/** Lines of one paragraph; between Chinese characters no space takes the place of the line's end. */
function joined(lines: string): string {
  return lines.trim().replace(/\s*\n\s*/gu, ' ');
}

/** HTML that the content security policy does not refuse. */
function checked(html: string): Html {
  const refused = /<script|\sstyle=|\son\w+=|javascript:/iu.exec(html);
  if (refused) throw new Error(`the page's policy refuses ${refused[0].trim()}`);
  return html as Html;
}

/** Lets modules import `LANGUAGE.md?article`. `root` is the folder of the project, with a slash at the end. */
export function articles(root: string): Plugin {
  return {
    name: 'convocation-articles',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(SUFFIX)) return null;
      const file = id.slice(0, -'?article'.length);
      const card = root + MODEL_CARD;
      for (const each of [file, card]) this.addWatchFile(each);
      const article = compile({
        markdown: await readFile(file, 'utf8'),
        locale: basename(file, '.md'),
        facts: factsOf(await readFile(card, 'utf8')),
      });
      return { code: `export default ${JSON.stringify(article)};`, moduleType: 'js' };
    },
  };
}
