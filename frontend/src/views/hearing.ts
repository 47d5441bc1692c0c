/** Lets values be heard: the tones are loaded for those who want them alone. */
import { part } from '../ui/part';
import type { Speaker } from './speaker.svelte';

/** Gives a speaker tones; returns what takes them away. */
export function hearTones(speaker: Speaker): () => void {
  let isOver = false;
  void part(() => import('./tone')).then(({ Tone }) => {
    if (!isOver) speaker.tone = new Tone();
  });
  return () => {
    isOver = true;
    speaker.tone?.end();
    speaker.tone = null;
  };
}
