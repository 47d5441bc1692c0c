/**
 * Words in one language at a time: paraglide compiles every message as a function that carries all languages, which a student on a phone
 * would load four times over. In a production build a message asks a table of the language that is shown, and each language is a module
 * of its own, loaded by `loadWords` of `convocation:words`; what one screen says alone comes with that screen. In development and in tests
 * messages stay as paraglide made them, and there is nothing to load. A message is said in the language that is shown, never in another
 * (paraglide's option `locale`): only that one is sure to be here. Not how a language is chosen: see `src/ui/preferences.svelte.ts`.
 */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { parseSync, type ESTree, type Plugin } from 'vite';

const WORDS = 'convocation:words';

/** The screens that come with their own words (`src/screens/load.ts`): a message whose key begins with the name of one is said by it alone. */
export const SCREENS = ['replay', 'report'] as const;

/** A message as paraglide compiled it. */
export interface Message {
  /** The declaration without what it is set to: `export const app_close`. */
  declaration: string;
  /** What the module exports besides, as written: the message under a key that is no identifier. */
  exports: readonly string[];
  /** The imports that the functions need, as written. */
  imports: readonly string[];
  /** The function of each language. */
  functions: ReadonlyMap<string, string>;
}

/** A message at its place in the table of all screens, or of the one screen that says it. */
interface Placed {
  message: Message;
  screen: string | null;
  index: number;
}

/** Reads a message module. Throws for whatever paraglide has not made so far: a message must not get lost in silence. */
export function readMessage(code: string, locales: readonly string[]): Message {
  const text = ({ start, end }: ESTree.Node): string => code.slice(start, end);
  const values = new Map<string, ESTree.Expression>();
  const imports: string[] = [];
  const exports: string[] = [];
  let found: { declaration: string; choice: ESTree.ArrowFunctionExpression } | undefined;
  for (const statement of parse(code)) {
    if (statement.type === 'ImportDeclaration') {
      if (statement.source.value === '../registry.js') imports.push(text(statement));
      else if (statement.source.value !== '../runtime.js') throw unknown(text(statement));
      continue;
    }
    const inner = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (!inner && statement.type === 'ExportNamedDeclaration' && !statement.source) {
      exports.push(text(statement));
      continue;
    }
    const [declarator, ...rest] = inner?.type === 'VariableDeclaration' ? inner.declarations : [];
    if (declarator?.id.type !== 'Identifier' || !declarator.init || rest.length > 0)
      throw unknown(text(statement));
    values.set(declarator.id.name, declarator.init);
    // The last declaration chooses between the languages that stand before it.
    if (declarator.init.type === 'ArrowFunctionExpression')
      found = {
        declaration: code.slice(statement.start, declarator.id.end),
        choice: declarator.init,
      };
  }
  if (!found) throw unknown('no message');
  const functions = new Map<string, string>();
  for (const [locale, name] of chosen(found.choice, locales)) {
    let value = values.get(name);
    // A language that does not have the message says it in another.
    while (value?.type === 'Identifier') value = values.get(value.name);
    if (value?.type !== 'ArrowFunctionExpression' || value === found.choice) throw unknown(`no ${name}`);
    functions.set(locale, text(value));
  }
  return { declaration: found.declaration, exports, imports, functions };
}

/** Which function says the message in which language: `if (locale === "en") return en_key(inputs)` for all but the last, `return …`. */
function chosen({ body }: ESTree.ArrowFunctionExpression, locales: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  const left = new Set(locales);
  const [first, ...statements] = body.type === 'BlockStatement' ? body.body : [];
  if (first?.type !== 'VariableDeclaration') throw unknown('no choice of a language');
  for (const statement of statements) {
    let locale: unknown;
    let answer: ESTree.Statement = statement;
    if (statement.type === 'IfStatement' && !statement.alternate) {
      const { test } = statement;
      if (test.type === 'BinaryExpression' && test.operator === '===' && test.right.type === 'Literal')
        locale = test.right.value;
      answer = statement.consequent;
    } else if (left.size === 1) [locale] = left;
    const call = answer.type === 'ReturnStatement' ? answer.argument : null;
    if (typeof locale !== 'string' || !left.delete(locale))
      throw unknown('a choice of other languages than the project has');
    if (call?.type !== 'CallExpression' || call.callee.type !== 'Identifier')
      throw unknown(`no answer in ${locale}`);
    names.set(locale, call.callee.name);
  }
  if (left.size > 0) throw unknown(`no ${[...left].join(', ')}`);
  return names;
}

/** The module of a message that stands at `index` of the table of all screens, or of that of one screen. */
export function asking(
  { declaration, exports }: Message,
  index: number,
  screen: string | null = null,
): string {
  const part = screen === null ? '' : `, ${JSON.stringify(`_${screen}`)}`;
  return [
    `import { word } from '${WORDS}';`,
    `${declaration} = (inputs) => word(${index}, inputs${part});`,
    ...exports,
  ].join('\n');
}

/** The module of a language: all its messages in the order of their indices. `registry` is paraglide's, for plurals and numbers. */
export function spoken(messages: readonly Message[], locale: string, registry: string): string {
  const imports = new Set(messages.flatMap((message) => message.imports));
  return [
    ...[...imports].map((each) =>
      each.replace(/(['"])\.\.\/registry\.js\1/u, () => JSON.stringify(registry)),
    ),
    `export default [\n${messages.map(({ functions }) => functions.get(locale)).join(',\n')}\n];`,
  ].join('\n');
}

/** The module that holds the tables. Whoever changes the language loads its words first, and those of every screen that was there. */
function tables(locales: readonly string[], screens: readonly string[], runtime: string): string {
  const names = locales.flatMap((locale) => [locale, ...screens.map((screen) => `${locale}_${screen}`)]);
  return `
    import { getLocale } from ${JSON.stringify(runtime)};
    const modules = {
      ${names.map((name) => `${JSON.stringify(name)}: () => import('${WORDS}-${name}')`).join(',\n')}
    };
    const tables = {};
    const parts = new Set(['']);
    export const word = (index, inputs, part = '') => tables[getLocale() + part][index](inputs);
    export const loadWords = async (locale, screen) => {
      if (screen) parts.add('_' + screen);
      await Promise.all([...parts].map(async (part) => {
        tables[locale + part] ??= (await modules[locale + part]()).default;
      }));
    };`;
}

/** What to compile. */
interface Options {
  /** The folder that paraglide writes into. */
  folder: string;
  locales: readonly string[];
  /** The screens that come with their own words. */
  screens: readonly string[];
  /** Messages that keep all their languages: what is said when a language could not be loaded. */
  always: readonly string[];
}

/** Offers `convocation:words`, and in production builds one module per language, and one more for each screen with words of its own. */
export function words({ folder, locales, screens, always }: Options): Plugin {
  let building = false;
  let read: Promise<Map<string, Placed>> | undefined;
  const messages = () => (read ??= readAll(folder, locales, always).then((all) => placed(all, screens)));
  return {
    name: 'convocation-words',
    configResolved({ command }) {
      building = command === 'build';
    },
    buildStart() {
      read = undefined;
    },
    resolveId: (id) => (id === WORDS || id.startsWith(`${WORDS}-`) ? `\0${id}` : null),
    async load(id) {
      if (id === `\0${WORDS}`)
        return building
          ? tables(locales, screens, join(folder, 'runtime.js'))
          : 'export const loadWords = () => Promise.resolve();';
      if (!id.startsWith(`\0${WORDS}-`)) return null;
      const [locale = '', screen = null] = id.slice(WORDS.length + 2).split('_');
      const table = [...(await messages()).values()].filter((each) => each.screen === screen);
      return spoken(
        table.map(({ message }) => message),
        locale,
        join(folder, 'registry.js'),
      );
    },
    async transform(_, id) {
      if (!building || !id.startsWith(join(folder, 'messages/'))) return null;
      const found = (await messages()).get(id);
      return found ? { code: asking(found.message, found.index, found.screen), map: null } : null;
    },
  };
}

/** Where in which table each message stands. */
function placed(messages: ReadonlyMap<string, Message>, screens: readonly string[]): Map<string, Placed> {
  const lengths = new Map<string | null, number>();
  const places = new Map<string, Placed>();
  for (const [file, message] of messages) {
    const screen = screens.find((each) => basename(file).startsWith(`${each}_`)) ?? null;
    const index = lengths.get(screen) ?? 0;
    lengths.set(screen, index + 1);
    places.set(file, { message, screen, index });
  }
  return places;
}

/** Every message of the index but those of `always`, by the path of its file. */
async function readAll(
  folder: string,
  locales: readonly string[],
  always: readonly string[],
): Promise<Map<string, Message>> {
  const index = parse(await readFile(join(folder, 'messages/_index.js'), 'utf8'));
  const names = index.map((statement) => {
    if (statement.type !== 'ExportAllDeclaration') throw unknown('an index of something else than messages');
    return statement.source.value;
  });
  const kept = new Set(always.map((key) => `./${key}.js`));
  for (const name of kept) if (!names.includes(name)) throw new Error(`there is no message ${name}`);
  const files = names.filter((name) => !kept.has(name)).map((name) => join(folder, 'messages', name));
  return new Map(
    await Promise.all(
      files.map(async (file) => {
        try {
          return [file, readMessage(await readFile(file, 'utf8'), locales)] as const;
        } catch (error) {
          throw new Error(`${file}: ${String(error)}`, { cause: error });
        }
      }),
    ),
  );
}

function parse(code: string): ESTree.Program['body'] {
  const { program, errors } = parseSync('message.js', code, { preserveParens: false });
  const [error] = errors;
  if (error) throw new Error(error.message);
  return program.body;
}

function unknown(what: string): Error {
  return new Error(`paraglide compiles messages otherwise than build/words.ts knows: ${what}`);
}
