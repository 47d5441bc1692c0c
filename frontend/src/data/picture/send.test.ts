import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { ApiError } from '../api';
import { sendPicture } from './send';
import { smallOf } from './small';

vi.mock('./small', () => ({ smallOf: vi.fn() }));

/** A request that a test answers. */
class FakeRequest {
  static last: FakeRequest;
  readonly upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  status = 0;
  statusText = '';
  responseText = '';
  retryAfter: string | null = null;
  body: Blob | null = null;
  isAborted = false;
  onload: () => void = () => undefined;
  onerror: () => void = () => undefined;
  onabort: () => void = () => undefined;
  onloadend: () => void = () => undefined;

  constructor() {
    FakeRequest.last = this;
  }

  open(method: string, path: string) {
    expect(`${method} ${path}`).toBe('POST /api/pictures');
  }

  send(body: Blob) {
    this.body = body;
  }

  abort() {
    this.isAborted = true;
    this.onabort();
    this.onloadend();
  }

  getResponseHeader(name: string) {
    return name === 'retry-after' ? this.retryAfter : null;
  }

  answer(status: number, body: unknown) {
    Object.assign(this, { status, responseText: JSON.stringify(body) });
    this.onload();
    this.onloadend();
  }
}

const HEIC = new Blob(['\0\0\0\u0018ftypheic\0\0\0\0mif1heic']);
const SMALL = new Blob(['small']);

beforeEach(() => {
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
  vi.mocked(smallOf).mockResolvedValue(SMALL);
});
afterEach(() => void vi.unstubAllGlobals());

/** Begins to send, as far as the request. */
async function begun(file: Blob) {
  const abort = new AbortController();
  const parts: number[] = [];
  const sent = sendPicture(file, { signal: abort.signal, progress: (part) => void parts.push(part) });
  sent.catch(() => undefined);
  await vi.waitFor(() => expect(parts).toEqual([0]));
  return { sent, parts, abort, request: FakeRequest.last };
}

async function problemOf(sent: Promise<unknown>): Promise<Partial<ApiError>> {
  return sent.then(
    () => ({}),
    ({ code, status, retryAfterMs }: ApiError) => ({ code, status, retryAfterMs }),
  );
}

test('what is sent is the small picture, and how far it is can be told', async () => {
  const { sent, parts, request } = await begun(new Blob(['large']));
  expect(request.body).toBe(SMALL);
  request.upload.onprogress?.({ loaded: 2, total: 8 });
  request.upload.onprogress?.({ loaded: 8, total: 8 });
  expect(parts).toEqual([0, 0.25, 1]);
  request.answer(201, { picture: 'a', width: 5, height: 4 });
  expect(await sent).toEqual({ picture: 'a', width: 5, height: 4 });
});

test('what only the server may be able to read is sent as it is', async () => {
  vi.mocked(smallOf).mockResolvedValue(null);
  const file = new Blob(['II*\0']);
  const { request } = await begun(file);
  expect(request.body).toBe(file);
});

test('HEIC is sent where the browser can read it, and refused with words of its own where it cannot', async () => {
  const { request } = await begun(HEIC);
  expect(request.body).toBe(SMALL);
  vi.mocked(smallOf).mockResolvedValue(null);
  const { signal } = new AbortController();
  const refused = sendPicture(HEIC, { signal, progress: () => expect.fail('nothing is sent') });
  expect(await problemOf(refused)).toMatchObject({ code: 'picture_heic' });
});

test('a file that the server would not take is not sent', async () => {
  vi.mocked(smallOf).mockResolvedValue(null);
  const { signal } = new AbortController();
  const file = new Blob([new Uint8Array(12_000_001)]);
  const refused = sendPicture(file, { signal, progress: () => expect.fail('nothing is sent') });
  expect(await problemOf(refused)).toMatchObject({ code: 'too_large' });
});

test('taken back, it is not sent any further', async () => {
  const { sent, abort, request } = await begun(SMALL);
  abort.abort();
  expect(request.isAborted).toBe(true);
  await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
});

test('taken back while it is made small, it is not sent at all', async () => {
  const abort = new AbortController();
  const sent = sendPicture(SMALL, {
    signal: abort.signal,
    progress: () => expect.fail('nothing is sent'),
  });
  abort.abort();
  await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
});

test("the server's reasons arrive, and so does its silence", async () => {
  const full = await begun(SMALL);
  full.request.retryAfter = '3';
  full.request.answer(503, { code: 'busy', message: 'later' });
  expect(await problemOf(full.sent)).toEqual({ code: 'busy', status: 503, retryAfterMs: 3000 });
  const away = await begun(SMALL);
  away.request.onerror();
  expect(await problemOf(away.sent)).toMatchObject({ code: 'offline', status: 0 });
});
