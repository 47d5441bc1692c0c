/** Lessons as files of the server: which there are, what is in them, and the way in and out. Not the lesson a class is in. */
import type { Lesson, LessonId, NetworkId } from '../protocol/classroom';
import { request, requestJson } from './api';

/** One line of the list of lessons. */
export interface LessonSummary {
  id: LessonId;
  /** The same in every language; empty for a file that was sent in. */
  name: string;
  language: string;
  title: string;
  minutes: number;
  steps: number;
}

function folder(network: NetworkId): string {
  return `/api/networks/${encodeURIComponent(network)}/lessons`;
}

/** The lessons that came with a network, in all languages. */
export function listLessons(network: NetworkId, signal: AbortSignal): Promise<LessonSummary[]> {
  return requestJson(folder(network), { signal });
}

/** A lesson as everyone may read it: without notes. */
export function readLesson(network: NetworkId, line: LessonSummary, signal: AbortSignal): Promise<Lesson> {
  const path = [line.language, line.name].map(encodeURIComponent).join('/');
  return requestJson(`${folder(network)}/${path}`, { signal });
}

/** Sends a lesson's file in. What is wrong with it comes as an error of code `bad_lesson`, a line for each fault. */
export function sendLesson(network: NetworkId, file: Blob): Promise<LessonSummary> {
  return requestJson(`${folder(network)}/sent`, { method: 'POST', body: file });
}

/** A lesson as a file that can be sent in again. */
export async function writeLesson(lesson: Lesson): Promise<Blob> {
  const body = JSON.stringify(lesson);
  const response = await request(`${folder(lesson.network)}/file`, { method: 'POST', body });
  return response.blob();
}

/**
 * The lessons of one language, each by its name; what is not there in this language comes in English, or in whatever language there is.
 */
export function inLanguage(lessons: readonly LessonSummary[], language: string): LessonSummary[] {
  const names = [...new Set(lessons.map(({ name }) => name))];
  const chosen = names.map((name) => {
    const same = lessons.filter((lesson) => lesson.name === name);
    const by = (wanted: string) => same.find((lesson) => lesson.language === wanted);
    return by(language) ?? by('en') ?? same[0];
  });
  return chosen.filter((lesson) => lesson !== undefined).sort((a, b) => a.minutes - b.minutes);
}
