/** Decodes overviews beside the page. */
import type { Asked, Answered } from './decoding';
import { decodeOverview, type Overview } from './overview';

onmessage = ({ data: { id, bytes, description } }: MessageEvent<Asked>) => {
  let answer: Answered;
  try {
    answer = { id, overview: decodeOverview(bytes, description) };
  } catch (error) {
    answer = { id, problem: error instanceof Error ? error.message : String(error) };
  }
  postMessage(answer, { transfer: 'overview' in answer ? buffersOf(answer.overview) : [] });
};

/** Every buffer of an overview once: layers may share their values. */
function buffersOf({ layers }: Overview): ArrayBufferLike[] {
  const arrays = [...layers.values()].flatMap(({ values, min, max }) => [values, min, max]);
  return [...new Set(arrays.map(({ buffer }) => buffer))];
}
