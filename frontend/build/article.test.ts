import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import type { Article, Part } from '../src/article/article';
import { FIGURES } from '../src/article/figures';
import { SECTIONS } from '../src/article/sections';
import { decodeView } from '../src/sync/address';
import { compile } from './article.ts';
import { factsOf, MODEL_CARD } from './facts.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const LOCALES = ['en', 'es', 'de', 'zh'];
const facts = factsOf(readFileSync(ROOT + MODEL_CARD, 'utf8'));

const compiled = (markdown: string) => compile({ markdown: `# Title\n\n${markdown}`, locale: 'en', facts });

function article(locale: string): Article {
  const markdown = readFileSync(join(ROOT, `frontend/src/article/${locale}.md`), 'utf8');
  return compile({ markdown, locale, facts });
}

const html = (parts: readonly Part[]) =>
  parts.map((part) => (part.kind === 'text' ? part.html : part.caption)).join('\n');

/** What must be the same in every language: the figures, formulas, links, tables and parts of each section, in their order. */
function skeleton({ opening, sections }: Article): unknown {
  return [{ id: 'opening', parts: opening }, ...sections].map(({ id, parts }) => {
    const text = html(parts);
    const all = (pattern: RegExp) => [...text.matchAll(pattern)].map(([whole]) => whole);
    return {
      id,
      kinds: parts.map((part) => (part.kind === 'figure' ? part.figure : 'text')),
      formulas: all(/<math[\s\S]*?<\/math>/gu).sort(),
      links: all(/href="[^"]*"/gu).sort(),
      headings: all(/<h3 id="[^"]*"/gu),
      rows: all(/<tr>/gu).length,
      items: all(/<li>/gu).length,
    };
  });
}

test.each(LOCALES)('%s has every section, in order, and every figure once', (locale) => {
  const { opening, sections } = article(locale);
  expect(sections.map(({ id }) => id)).toEqual(SECTIONS);
  const figures = [...opening, ...sections.flatMap(({ parts }) => parts)].flatMap((part) =>
    part.kind === 'figure' ? [part.figure] : [],
  );
  expect(figures.sort()).toEqual(Object.keys(FIGURES).sort());
});

test.each(LOCALES)('%s has the formulas, links, tables and lists of the English text', (locale) => {
  expect(skeleton(article(locale))).toEqual(skeleton(article('en')));
});

test.each(LOCALES)('%s says every fact as the model card does', (locale) => {
  const text = html(article(locale).sections.flatMap(({ parts }) => parts));
  for (const fact of [facts['accuracy'], facts['flat'], facts['weights_output'], facts['inputs']])
    expect(text).toContain(fact?.toLocaleString(locale));
  expect(text).not.toMatch(/\{\{|NaN|undefined/u);
});

test('the facts follow from the model card', () => {
  expect(facts).toMatchObject({
    parameters: 19_920,
    flat: 1690,
    conv_1_1: 62,
    max_pool_2: 13,
    field_conv_2_2: 14,
    field_max_pool_2: 16,
    accuracy: 80.2,
  });
  expect(() => factsOf('# Another network')).toThrow('the model card does not say');
});

test('text, figures and links become sections', () => {
  const { opening, sections } = compiled(
    'Hello [*there*](view:conv_1_1/3).\n\n::: figure relu\nA **caption**.\n\nIn words.\n:::\n\n## ReLU: a bend {#relu}\n\n$x$ {{side}}\n',
  );
  expect(opening).toEqual([
    {
      kind: 'text',
      html: '<p>Hello <a href="/explore?network=tiny-vgg&amp;layer=conv_1_1&amp;unit=3"><em>there</em></a>.</p>\n',
    },
    { kind: 'figure', figure: 'relu', caption: 'A <strong>caption</strong>.', words: 'In words.' },
  ]);
  expect(sections).toMatchObject([{ id: 'relu', title: 'ReLU: a bend' }]);
  expect(html(sections[0]?.parts ?? [])).toMatch(/^<p><math.*<\/math> 64<\/p>$/mu);
});

test.each([
  ['view:overview', { kind: 'overview' }],
  ['view:relu_1_2', { kind: 'layer', layer: 'relu_1_2' }],
  ['view:conv_1_1/3', { kind: 'unit', layer: 'conv_1_1', unit: 3 }],
  ['view:conv_1_1/3/0', { kind: 'link', layer: 'conv_1_1', unit: 3, input: 0 }],
])('%s is an address that the explorer reads', (link, focus) => {
  const [, query = ''] = /href="\/explore\?([^"]*)"/u.exec(html(compiled(`[a](${link})`).opening)) ?? [];
  expect(decodeView(query.replaceAll('&amp;', '&'))).toMatchObject({ network: 'tiny-vgg', focus });
});

test.each([
  ['raw HTML', '<b>bold</b>', 'raw HTML'],
  ['raw HTML in a line', 'a <img src=x> b', 'raw HTML'],
  ['a picture', '![a](b.png)', 'live figures'],
  ['a section that the article does not have', '## Jokes {#jokes}', 'no section'],
  ['a section without an id', '## Tensor', 'no id'],
  ['a link to a section that is not there', '[a](#jokes)', '#jokes'],
  ['a link to a layer that is not there', '[a](view:conv_9_9)', 'does not have'],
  ['a link to a unit that is not there', '[a](view:conv_1_1/10)', 'does not have'],
  ['a link to a unit that is no number', '[a](view:conv_1_1/x)', 'does not have'],
  ['a link that runs something', '[a](javascript:alert(1))', 'no link'],
  ['a link without encryption', '[a](http://example.com/)', 'no link'],
  ['a fact that nobody knows', '{{beauty}}', 'no fact'],
  ['a formula that cannot be set', '$\\nonsense$', 'nonsense'],
  ['a figure that is not there', '::: figure joke\nA.\n\nB.\n:::', 'no figure'],
])('%s is refused', (_, markdown, reason) => {
  expect(() => compiled(markdown)).toThrow(reason);
});

test('only what the build made is written as HTML', () => {
  const sources = join(ROOT, 'frontend/src');
  const written = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.svelte'))
    .flatMap((file) =>
      [...readFileSync(join(sources, file), 'utf8').matchAll(/\{@html ([^}]+)\}/gu)].map(
        ([, what]) => `${file}: ${what}`,
      ),
    );
  expect(written.sort()).toEqual([
    'article/Figure.svelte: part.caption',
    'article/Text.svelte: part.html',
    'ui/Formula.svelte: mathml',
  ]);
});
