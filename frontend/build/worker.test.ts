import { expect, test } from 'vitest';

import { describe } from './worker.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const PAGE = '<meta name="build" content="%BUILD%" /><script src="/assets/index-DDsBtHuM.js"></script>';
const FILES = new Map([
  ['/assets/index-DDsBtHuM.js', bytes('1')],
  ['/assets/de-BMzMNSe3.js', bytes('2')],
  ['/assets/_convocation_words-zh-D9do-_6X.js', bytes('3')],
  ['/assets/_convocation_words-zh_replay-D9do-_6X.js', bytes('6')],
  ['/assets/code-AAAAAAAA.js', bytes('4')],
  ['/favicon.svg', bytes('5')],
]);
const made = (page = PAGE, files = FILES) => describe(page, files, ['en', 'de', 'zh']);

test('what a page begins with is told apart, and what one language alone needs', () => {
  expect(made().core).toEqual(['/assets/index-DDsBtHuM.js']);
  expect(Object.fromEntries(made().files)).toEqual({
    '/assets/index-DDsBtHuM.js': null,
    '/assets/de-BMzMNSe3.js': 'de',
    '/assets/_convocation_words-zh-D9do-_6X.js': 'zh',
    '/assets/_convocation_words-zh_replay-D9do-_6X.js': 'zh',
    '/assets/code-AAAAAAAA.js': null,
    '/favicon.svg': null,
  });
});

test('the id is the same for the same files, and another with any other file', () => {
  expect(made().id).toMatch(/^[0-9a-f]{24}$/u);
  expect(made().id).toBe(made().id);
  expect(made(`${PAGE} `).id).not.toBe(made().id);
  expect(made(PAGE, new Map([...FILES, ['/favicon.svg', bytes('6')]])).id).not.toBe(made().id);
  expect(made(PAGE, new Map([...FILES, ['/new.png', bytes('')]])).id).not.toBe(made().id);
});
