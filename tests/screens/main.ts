/**
 * Every screen and every view at every size, light and dark: `make screens` takes the pictures, makes a page of all of them in
 * `target/screens`, and prints the faults that a machine can see (`tests/e2e/faults.ts`). Not a test: somebody looks at it.
 *
 * Words after `ARGS=` narrow it down: a size (`360x640`), a part (`alone`, `class`), and what is in the name of a screen
 * (`ARGS='390x844 "open question"'`).
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { faults } from '../e2e/faults';
import { closeBrowser, Room } from '../e2e/room';
import { Server } from '../e2e/server';
import { PARTS, tour, type Walk } from '../e2e/tour';
import { sheet, type Picture } from './sheet';
import { SIZES, type Size } from './sizes';

const FOLDER = new URL('../../target/screens/', import.meta.url).pathname;
const THEMES = ['light', 'dark'] as const;

/** What is wanted of all that there is. */
interface Wish {
  sizes: readonly Size[];
  parts: NonNullable<Walk['parts']>;
  names: readonly string[];
}

/** Takes the pictures and prints what is wrong. */
export async function main(words: readonly string[]): Promise<void> {
  const wish = read(words);
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const room = new Room(await Server.start());
  const pictures: Picture[] = [];
  const problems = new Set<string>();
  try {
    for (const size of wish.sizes) {
      // What cannot be reached at one size says so, and does not keep the others from being looked at.
      await take(room, size, { wish, pictures }).catch((error: unknown) =>
        problems.add(`${size.name}: ${String(error)}`),
      );
      for (const problem of room.problems) problems.add(problem);
      for (const { context } of room.people.splice(0)) await context.close();
    }
    await writeFile(join(FOLDER, 'index.html'), sheet(pictures));
  } finally {
    await room.close();
    await closeBrowser();
  }
  const wrong = pictures.filter(({ found }) => found.length > 0);
  for (const { name, size, theme, found } of wrong)
    process.stdout.write(`${size}, ${theme}, ${name}\n${found.map((line) => `  ${line}\n`).join('')}`);
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  process.stdout.write(
    `${pictures.length} pictures, ${wrong.length} with faults: ${join(FOLDER, 'index.html')}\n`,
  );
}

function read(words: readonly string[]): Wish {
  const sizes = SIZES.filter(({ name }) => words.includes(name.replace('×', 'x')));
  const parts = PARTS.filter((part) => words.includes(part));
  const isName = (word: string) => !/^\d+x\d+$/u.test(word) && !(PARTS as readonly string[]).includes(word);
  return {
    sizes: sizes.length > 0 ? sizes : SIZES,
    parts: parts.length > 0 ? parts : PARTS,
    names: words.filter(isName),
  };
}

/** Walks through all screens at one size. */
async function take(
  room: Room,
  size: Size,
  { wish: { parts, names }, pictures }: { wish: Wish; pictures: Picture[] },
): Promise<void> {
  const wanted = (name: string) => names.length === 0 || names.some((part) => name.includes(part));
  for await (const { name, person } of tour(room, { device: size.device, parts, wanted })) {
    for (const theme of THEMES) {
      await person.page.emulateMedia({ colorScheme: theme });
      const file = `${size.name.replace('×', 'x')} ${name} ${theme}.jpg`.replaceAll(/[^\w.]+/gu, '-');
      await person.page.screenshot({
        path: join(FOLDER, file),
        quality: 85,
        type: 'jpeg',
        animations: 'disabled',
      });
      // A theme moves nothing: faults are those of the light one.
      const found = theme === 'light' ? await faults(person.page, size) : [];
      pictures.push({ name, size: size.name, theme, file, found });
    }
    await person.page.emulateMedia({ colorScheme: 'light' });
  }
}
