/** Someone who takes a lesson alone, from its first step to its last. What is looked at on the way is the caller's matter. */
import { readFileSync } from 'node:fs';

import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

import type { Lesson, Stage } from '../../frontend/src/protocol/classroom';
import { stageAt } from '../../frontend/src/sync/lesson';
import type { Person } from './person';

/** A lesson that came with a network. */
export interface Shipped {
  network: string;
  language: string;
  name: string;
  lesson: Lesson;
}

/** A step as it should be seen. */
export interface Place {
  index: number;
  stage: Stage;
  caption: string | null;
}

/** The words of the interface in one language, by their keys. */
export function wordsOf(language: string): Record<string, string> {
  const file = new URL(`../../frontend/messages/${language}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
}

/** All lessons that came with the networks of a server, in these languages. */
export async function shippedLessons(server: string, languages: readonly string[]): Promise<Shipped[]> {
  const get = async (path: string): Promise<unknown> => (await fetch(server + path)).json();
  const networks = (await get('/api/networks')) as { id: string }[];
  const found: Shipped[] = [];
  for (const { id } of networks)
    for (const { language, name } of (await get(`/api/networks/${id}/lessons`)) as Shipped[]) {
      if (!languages.includes(language)) continue;
      const lesson = (await get(`/api/networks/${id}/lessons/${language}/${name}`)) as Lesson;
      found.push({ network: id, language, name, lesson });
    }
  return found;
}

/** Takes a lesson in the explorer that is open; `look` is called at each step, once its view and its caption are there. */
export async function walk(
  person: Person,
  { lesson, language }: Shipped,
  look: (place: Place, bar: Locator) => Promise<void>,
): Promise<void> {
  const { page } = person;
  const words = wordsOf(language);
  await person.button(words['lesson_shelf'] ?? '').click();
  const shelf = page.getByRole('dialog');
  await shelf.getByRole('button').filter({ hasText: lesson.title }).first().click();
  const bar = page.getByRole('group', { name: lesson.title });
  let stage: Stage = {
    network: '',
    picture: '',
    focus: { kind: 'overview' },
    playback: { kind: 'paused', step: 0 },
    scale: 'block',
    detail: false,
    receptiveField: false,
    edit: null,
    caption: null,
  };
  for (const [index, { caption }] of lesson.steps.entries()) {
    if (index > 0) await bar.getByRole('button', { name: words['lesson_next'] ?? '' }).click();
    stage = stageAt(lesson, index, stage, 0);
    const { network, picture } = stage;
    await person.sees({ network, picture, focus: Object.values(stage.focus).join(' ') });
    if (caption) await bar.getByText(caption, { exact: true }).waitFor();
    if (stage.playback.kind === 'paused') {
      const slider = page.getByRole('slider', { name: words['view_step'] ?? '', exact: true });
      const values = async () => Promise.all((await slider.all()).map((each) => each.inputValue()));
      const step = String(stage.playback.step);
      const message = `${lesson.title}, step ${index + 1}: where the sliders are`;
      await expect.poll(async () => (await values()).filter((at) => at !== step), { message }).toEqual([]);
    }
    await look({ index, stage, caption }, bar);
  }
  await bar.getByRole('button', { name: words['lesson_leave'] ?? '' }).click();
  await bar.waitFor({ state: 'hidden' });
}

/** What stands out of the window or is cut off there, as far as it has no way to be scrolled to. */
export function overflowing({ page }: Person): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth) found.push(`the page is ${root.scrollWidth} px wide`);
    if (root.scrollHeight > innerHeight) found.push(`the page is ${root.scrollHeight} px high`);
    for (const caption of document.querySelectorAll('[data-caption]')) {
      const { left, right, top, bottom } = caption.getBoundingClientRect();
      if (left < 0 || right > innerWidth || top < 0 || bottom > innerHeight)
        found.push('the caption stands out');
      if (caption.scrollWidth > caption.clientWidth + 1) found.push('the caption is cut off');
    }
    for (const button of document.querySelectorAll('footer button')) {
      const { left, right, bottom } = button.getBoundingClientRect();
      if (left < 0 || right > innerWidth || bottom > innerHeight)
        found.push(`the button “${button.textContent}” stands out`);
    }
    return found;
  });
}
