import { expect, test } from 'vitest';

import type { Description } from '../protocol/network';
import { Decoder, type Answered, type Asked } from './decoding';
import golden from './overview.golden?raw';
import { decodeOverview, type Overview } from './overview';

const { description, cases } = JSON.parse(golden) as {
  description: Description;
  cases: [{ overview: string }];
};

/** A new copy each time: what was sent to a worker may be gone from here. */
const bytes = () =>
  Uint8Array.from(cases[0].overview.match(/../g) ?? [], (pair) => parseInt(pair, 16)).buffer;
const right = decodeOverview(bytes(), description);

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
  const [first, second] = [decoder.decode(bytes(), description), decoder.decode(bytes(), description)];
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
  const next = decoder.decode(bytes(), description);
  worker.answer({ id: worker.asked[1]?.id ?? NaN, overview: right });
  expect(await next).toBe(right);
});

test('where the worker fails, or there is none, the page decodes', async () => {
  const { worker, decoder } = decoding();
  const waiting = decoder.decode(bytes(), description);
  worker.onerror?.();
  expect(await waiting).toEqual(right);
  expect(worker.ended).toBe(true);
  expect(await decoder.decode(bytes(), description)).toEqual(right);
  expect(worker.asked).toHaveLength(1);
  const without = new Decoder(() => {
    throw new Error('no workers here');
  });
  expect(await without.decode(bytes(), description)).toEqual(right);
});
