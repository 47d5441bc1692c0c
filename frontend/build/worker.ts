/**
 * Builds the service worker once everything else is written: it has to know every file of the build. The build gets an id that changes
 * with each of them; the page says it in place of `%BUILD%`, and the server says the same to pages that are open.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { build, type Plugin } from 'vite';

import type { Build } from '../src/offline/keeper.ts';

/** Stands in `index.html` for the id. */
const PLACEHOLDER = '%BUILD%';
/** Hexadecimal digits of an id. */
const ID_DIGITS = 24;

/** Where the worker is and which languages have files of their own. */
interface Options {
  /** Path of its module. */
  entry: string;
  locales: readonly string[];
}

/** Writes `worker.js` beside the page. */
export function worker({ entry, locales }: Options): Plugin {
  return {
    name: 'convocation-worker',
    apply: 'build',
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler({ dir }) {
        if (!dir) throw new Error('the worker needs a folder that is written to');
        const path = join(dir, 'index.html');
        const page = await readFile(path, 'utf8');
        const files = await readAll(dir);
        const made = describe(page, files, locales);
        if (!page.includes(PLACEHOLDER)) throw new Error(`index.html has no ${PLACEHOLDER}`);
        await writeFile(path, page.replaceAll(PLACEHOLDER, made.id));
        await writeFile(join(dir, 'worker.js'), await compile(entry, made));
      },
    },
  };
}

/** The build that a page and the files beside it make; `files` are contents by path, with the leading slash. */
export function describe(
  page: string,
  files: ReadonlyMap<string, Uint8Array>,
  locales: readonly string[],
): Build {
  const paths = [...files.keys()].sort();
  const hash = createHash('sha256').update(page);
  for (const path of paths) hash.update(path).update(files.get(path) ?? '');
  return {
    id: hash.digest('hex').slice(0, ID_DIGITS),
    files: paths.map((path) => [path, languageOf(path, locales)] as const),
    core: paths.filter((path) => page.includes(`"${path}"`)),
  };
}

/** The language that a chunk is for: it ends its name before the hash, or before the screen that alone needs it. */
function languageOf(path: string, locales: readonly string[]): string | null {
  return (
    locales.find((locale) => new RegExp(`[/-]${locale}(_[a-z]+)?-[\\w-]{8}\\.js$`, 'u').test(path)) ?? null
  );
}

/** All files but the page and the worker of a build before. */
async function readAll(dir: string): Promise<Map<string, Uint8Array>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(join(dir, '/').length - 1));
  const wanted = paths.filter((path) => path !== '/index.html' && path !== '/worker.js');
  return new Map(
    await Promise.all(wanted.map(async (path) => [path, await readFile(join(dir, path))] as const)),
  );
}

/** The worker as one script: workers that are modules are not everywhere yet. */
async function compile(entry: string, made: Build): Promise<string> {
  const result = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: { BUILD: JSON.stringify(made) },
    build: {
      write: false,
      target: 'es2022',
      rolldownOptions: { input: entry, output: { format: 'iife' } },
    },
  });
  const [output] = [result].flat();
  const [chunk] = output && 'output' in output ? output.output : [];
  if (chunk?.type !== 'chunk') throw new Error('the worker was not built');
  return chunk.code;
}
