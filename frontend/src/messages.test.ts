import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

const LOCALES = ['en', 'es', 'de', 'zh'];
const SOURCES = new URL('.', import.meta.url).pathname;

function messages(locale: string): Map<string, string> {
  const text = readFileSync(join(SOURCES, '../messages', `${locale}.json`), 'utf8');
  return new Map(Object.entries(JSON.parse(text) as Record<string, string>));
}

const english = messages('en');
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/gu)].map(([, name]) => String(name)).sort();

test.each(LOCALES)('%s has every message, none empty, with the same placeholders', (locale) => {
  const own = messages(locale);
  expect([...own.keys()].sort()).toEqual([...english.keys()].sort());
  for (const [key, text] of own) {
    expect(text.trim(), key).not.toBe('');
    expect(placeholders(text), key).toEqual(placeholders(english.get(key) ?? ''));
  }
});

test('every message is used', () => {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(ts|svelte)$/u.test(file) && !file.startsWith('paraglide') && !file.endsWith('.test.ts'),
  );
  const words = new Set(
    files.flatMap((file) => readFileSync(join(SOURCES, file), 'utf8').match(/\w+/gu) ?? []),
  );
  expect([...english.keys()].filter((key) => !words.has(key))).toEqual([]);
});
