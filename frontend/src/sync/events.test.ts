import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';

import { EventCutter, eventsTo, type StreamEvent } from './events';

afterEach(() => vi.unstubAllGlobals());

describe('the cutter', () => {
  const events: StreamEvent[] = [
    { type: 'line', data: 'abc' },
    { type: 'message', data: '{"a": ":  \\n"}' },
    { type: 'message', data: 'data: x' },
  ];
  const stream = `event: line\ndata: abc\n\n:\n\ndata: {"a": ":  \\n"}\n\n: comment\n\ndata: data: x\n\n`;

  test('finds the same events however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 12 }), (places) => {
        const cuts = [0, ...places.sort((a, b) => a - b), stream.length];
        const parts = cuts.slice(1).map((end, i) => stream.slice(cuts[i], end));
        const cutter = new EventCutter();
        expect(parts.flatMap((part) => cutter.cut(part))).toEqual(events);
      }),
    );
  });

  test('keeps an event back until it is complete', () => {
    const cutter = new EventCutter();
    expect(cutter.cut('data: a\n')).toEqual([]);
    expect(cutter.cut('\n')).toEqual([{ type: 'message', data: 'a' }]);
  });
});

/** A server whose answers the test gives. */
function server() {
  const requests: { path: string; body: unknown; line: unknown; answer: (response: Response) => void }[] = [];
  let say: (text: string) => void = () => undefined;
  let end: () => void = () => undefined;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    const headers = init.headers as Record<string, string>;
    return new Promise<Response>((resolve, reject) => {
      init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      requests.push({
        path,
        body: JSON.parse(String(init.body)),
        line: headers['convocation-line'],
        answer: resolve,
      });
    });
  });
  const stream = () =>
    new Response(
      new ReadableStream<Uint8Array>({
        start(controller) {
          say = (text) => controller.enqueue(new TextEncoder().encode(text));
          end = () => controller.close();
        },
      }),
    );
  return { requests, stream, say: (text: string) => say(text), end: () => end() };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

function open() {
  const told: string[] = [];
  const transport = eventsTo('ABC234')({
    open: () => void told.push('open'),
    message: (text) => void told.push(text),
    closed: () => void told.push('closed'),
  });
  return { told, transport };
}

const HELLO = { type: 'ping', sent: 0 } as const;

test('what is said first opens the stream, the rest goes up in order once the line has a name', async () => {
  const { requests, stream, say } = server();
  const { told, transport } = open();
  await settled();
  expect(told).toEqual(['open']);
  transport.send(HELLO);
  transport.send({ type: 'ping', sent: 1 });
  transport.send({ type: 'ping', sent: 2 });
  expect(requests.map(({ path }) => path)).toEqual(['/api/classes/ABC234/events']);
  requests[0]?.answer(stream());
  await settled();
  say('event: line\ndata: name\n\ndata: {"welcome":1}\n\n');
  await settled();
  expect(told).toEqual(['open', '{"welcome":1}']);
  expect(requests.slice(1)).toMatchObject([{ path: '/api/messages', body: { sent: 1 }, line: 'name' }]);
  requests[1]?.answer(new Response(null, { status: 204 }));
  await settled();
  expect(requests.slice(2)).toMatchObject([{ path: '/api/messages', body: { sent: 2 } }]);
});

test('what waits of the pointer is replaced by what is newer, and nothing else is', async () => {
  const { requests, stream, say } = server();
  const { transport } = open();
  await settled();
  transport.send(HELLO);
  requests[0]?.answer(stream());
  const at = (u: number) => ({ thing: { kind: 'unit', layer: 'conv_1_1', unit: 3 }, u, v: 0 }) as const;
  const ink = (id: number) => ({ id, legs: [] });
  const said = [
    { type: 'ping', sent: 1 },
    { type: 'point', at: at(1), ink: null },
    { type: 'point', at: at(2), ink: null },
    { type: 'point', at: null, ink: ink(1) },
    { type: 'point', at: at(3), ink: ink(1) },
    { type: 'point', at: null, ink: ink(2) },
    { type: 'point', at: at(4), ink: null },
    { type: 'ping', sent: 2 },
    { type: 'point', at: at(5), ink: null },
  ] as const;
  for (const message of said) transport.send(message);
  await settled();
  say('event: line\ndata: name\n\n');
  for (let i = 1; i < 8; i += 1) {
    await settled();
    requests[i]?.answer(new Response(null, { status: 204 }));
  }
  await settled();
  expect(requests.slice(1).map(({ body }) => body)).toEqual([0, 4, 5, 6, 7, 8].map((i) => said[i]));
});

test.each([
  ['the stream ends', (at: ReturnType<typeof server>) => at.end()],
  [
    'a message is refused',
    (at: ReturnType<typeof server>) => at.requests[1]?.answer(new Response(null, { status: 404 })),
  ],
])('it is closed when %s', async (_, fail) => {
  const at = server();
  const { told, transport } = open();
  await settled();
  transport.send(HELLO);
  at.requests[0]?.answer(at.stream());
  await settled();
  at.say('event: line\ndata: name\n\n');
  await settled();
  transport.send({ type: 'ping', sent: 1 });
  await settled();
  fail(at);
  await settled();
  expect(told).toEqual(['open', 'closed']);
});

test('it is closed when the stream is refused, and when too much waits', async () => {
  const at = server();
  const refused = open();
  await settled();
  refused.transport.send(HELLO);
  at.requests[0]?.answer(new Response('{}', { status: 403 }));
  await settled();
  expect(refused.told).toEqual(['open', 'closed']);
  const full = open();
  await settled();
  for (let i = 0; i < 100; i += 1) full.transport.send(HELLO);
  expect(full.told).toEqual(['open', 'closed']);
});

test('nothing is told after it was closed', async () => {
  const at = server();
  const { told, transport } = open();
  transport.close();
  await settled();
  transport.send(HELLO);
  expect(at.requests).toEqual([]);
  expect(told).toEqual([]);
});
