import { expect, test } from 'vitest';

import { Decoder, type Answered, type Asked } from './decoding';
import { decodeOverview, type Overview } from './overview';
import { description, overviewBytes } from './testing';

const right = decodeOverview(overviewBytes(), description);

/** A worker in the hands of a test. */
class FakeWorker {
  onmessage: ((event: MessageEvent<Answered>) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly asked: Asked[] = [];
  ended = false;

  postMessage(asked: Asked): void {
    this.asked.push(asked);
  }

  terminate(): void {
    this.ended = true;
  }

  answer(answer: Answered): void {
    this.onmessage?.({ data: answer } as MessageEvent<Answered>);
  }
}

function decoding() {
  const worker = new FakeWorker();
  return { worker, decoder: new Decoder(() => worker as unknown as Worker) };
}

test('each gets its own answer, in whatever order they come', async () => {
  const { worker, decoder } = decoding();
  const [first, second] = [
    decoder.decode(overviewBytes(), description),
    decoder.decode(overviewBytes(), description),
  ];
  const [one, two] = worker.asked;
  const other: Overview = { ...right, logits: null };
  worker.answer({ id: two?.id ?? NaN, overview: other });
  worker.answer({ id: one?.id ?? NaN, overview: right });
  expect(await first).toBe(right);
  expect(await second).toBe(other);
});

test('what the worker cannot decode is an error, and the next is decoded', async () => {
  const { worker, decoder } = decoding();
  const broken = decoder.decode(new ArrayBuffer(3), description);
  worker.answer({ id: worker.asked[0]?.id ?? NaN, problem: 'this is not an overview' });
  await expect(broken).rejects.toThrow('this is not an overview');
  const next = decoder.decode(overviewBytes(), description);
  worker.answer({ id: worker.asked[1]?.id ?? NaN, overview: right });
  expect(await next).toBe(right);
});

test('where the worker fails, or there is none, the page decodes', async () => {
  const { worker, decoder } = decoding();
  const waiting = decoder.decode(overviewBytes(), description);
  worker.onerror?.();
  expect(await waiting).toEqual(right);
  expect(worker.ended).toBe(true);
  expect(await decoder.decode(overviewBytes(), description)).toEqual(right);
  expect(worker.asked).toHaveLength(1);
  const without = new Decoder(() => {
    throw new Error('no workers here');
  });
  expect(await without.decode(overviewBytes(), description)).toEqual(right);
});
