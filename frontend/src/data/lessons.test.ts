import { expect, test } from 'vitest';

import { inLanguage, type LessonSummary } from './lessons';

function line(name: string, language: string, minutes: number): LessonSummary {
  return { id: `net/${language}/${name}`, name, language, title: name, minutes, steps: 3 };
}

const lessons = [
  line('long', 'de', 50),
  line('long', 'en', 50),
  line('short', 'en', 10),
  line('odd', 'fr', 20),
];
const ids = (language: string) => inLanguage(lessons, language).map(({ id }) => id);

test('every lesson comes once, in the language asked for or the nearest, the shortest first', () => {
  expect(ids('en')).toEqual(['net/en/short', 'net/fr/odd', 'net/en/long']);
  expect(ids('de')).toEqual(['net/en/short', 'net/fr/odd', 'net/de/long']);
  expect(ids('zh')).toEqual(ids('en'));
  expect(inLanguage([], 'en')).toEqual([]);
});
