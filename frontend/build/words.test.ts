import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { asking, readMessage, SCREENS, spoken, type Message } from './words.ts';

const FOLDER = new URL('../src/paraglide/', import.meta.url).pathname;
const LOCALES = ['en', 'es', 'de', 'zh'];

/** A message module as paraglide writes it, in two languages; `last` is what follows the choice. */
function compiled(
  functions: string,
  last = '',
  choice = 'if (locale === "en") return en_key(inputs)',
): string {
  return `
    import { getLocale, experimentalStaticLocale } from '../runtime.js';
    ${functions}
    export const key = /** @type {Message} */ ((inputs = {}, options = {}) => {
      const locale = experimentalStaticLocale ?? options.locale ?? getLocale()
      ${choice}
      return de_key(inputs)
    });
    ${last}`;
}

const two = (code: string): Message => readMessage(code, ['en', 'de']);
const SIMPLE = 'const en_key = () => { return (`Close`) }; const de_key = () => { return (`Schließen`) };';

/** What the module of a language says, with stand-ins for paraglide's registry. */
function said(message: Message, locale: string, inputs: object): unknown {
  const [body = ''] = /\[[\s\S]*\]/u.exec(spoken([message], locale, '/registry.js')) ?? [];
  const registry = { plural: (tongue: string, count: number) => new Intl.PluralRules(tongue).select(count) };
  const [say] = new Function('registry', `return ${body}`)(registry) as [(inputs: object) => unknown];
  return say(inputs);
}

test('each language says the message in its own words', () => {
  const message = two(compiled(SIMPLE));
  expect(said(message, 'en', {})).toBe('Close');
  expect(said(message, 'de', {})).toBe('Schließen');
});

test('what a message is told stands in it, backquotes and all', () => {
  const message = two(
    compiled(
      'const en_key = (i) => { return (`\\`${i?.unit}\\` of ${i?.count}`) }; const de_key = (i) => { return (`${i?.unit}`) };',
    ),
  );
  expect(said(message, 'en', { unit: 3, count: 10 })).toBe('`3` of 10');
});

test('plurals come with what they need', () => {
  const plural = (locale: string) =>
    `const ${locale}_key = (i) => {const n = registry.plural("${locale}", i?.n, {}); if (n === "one") return (\`1\`); return (\`many\`); };`;
  const message = two(`import * as registry from '../registry.js'\n${compiled(plural('en') + plural('de'))}`);
  expect(said(message, 'de', { n: 1 })).toBe('1');
  expect(said(message, 'de', { n: 2 })).toBe('many');
  const module = spoken([message, message], 'de', '/a/registry.js');
  expect(module.match(/import .*/gu)).toEqual(['import * as registry from "/a/registry.js"']);
});

test('a language without the message says it in the other', () => {
  const message = two(compiled('const en_key = () => { return (`Close`) }; const de_key = en_key;'));
  expect(said(message, 'de', {})).toBe('Close');
});

test('the message asks the table, and keeps the names that it is exported by', () => {
  const inline = asking(two(compiled(SIMPLE)), 7);
  expect(inline).toContain('export const key = (inputs) => word(7, inputs);');
  const named = compiled(SIMPLE, 'export { key as "the.key" }').replace('export const', 'const');
  expect(asking(two(named), 7)).toMatch(/\nconst key = .*\nexport \{ key as "the.key" \}$/u);
});

test('a message of one screen asks the table of that screen', () => {
  expect(asking(two(compiled(SIMPLE)), 7, 'report')).toContain('word(7, inputs, "_report")');
});

test('what comes with a screen is said by that screen alone', () => {
  const source = new URL('../src/', import.meta.url).pathname;
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
  const texts = files.filter((file) => /\.(svelte|ts)$/u.test(file) && !file.startsWith('paraglide'));
  for (const screen of SCREENS) {
    const saying = texts.filter((file) => readFileSync(join(source, file), 'utf8').includes(`m.${screen}_`));
    expect(saying).not.toEqual([]);
    const own = new RegExp(`^screens/${screen}(/.+|\\.svelte)$`, 'iu');
    expect(saying.filter((file) => !own.test(file))).toEqual([]);
  }
});

test.each([
  ['a language that is missing', compiled('const en_key = () => { return (`Close`) };')],
  ['another language', compiled(SIMPLE, '', 'if (locale === "fr") return en_key(inputs)')],
  ['no choice', compiled(SIMPLE, '', '')],
  ['another kind of choice', compiled(SIMPLE, '', 'switch (locale) { case "en": return en_key(inputs) }')],
  ['another import', `import { secret } from './secret.js';${compiled(SIMPLE)}`],
  ['another statement', compiled(SIMPLE, 'globalThis.seen = true;')],
  ['no message', "export * from './other.js'"],
  ['what is no JavaScript', 'const = 3'],
])('refuses %s', (_, code) => {
  expect(() => two(code)).toThrow();
});

test('every message of the project is read, and says in every language what paraglide makes it say', async () => {
  const files = readdirSync(join(FOLDER, 'messages')).filter((file) => /^(?!_index).*\.js$/u.test(file));
  expect(files.length).toBeGreaterThan(100);
  const messages = files.map((file) =>
    readMessage(readFileSync(join(FOLDER, 'messages', file), 'utf8'), LOCALES),
  );
  const compiledBy = (await import('../src/paraglide/messages.js')) as unknown as Record<
    string,
    (inputs: object, options: object) => string
  >;
  const inputs = new Proxy({}, { get: (_, name) => `<${String(name)}>` });
  for (const [index, file] of files.entries()) {
    const message = messages[index];
    const say = compiledBy[file.replace(/\.js$/u, '')];
    if (!message || !say) throw new Error(`${file} is not there`);
    for (const locale of LOCALES) expect(said(message, locale, inputs)).toBe(say(inputs, { locale }));
  }
});
