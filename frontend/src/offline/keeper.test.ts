import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { Keeper, type Build } from './keeper';

const ORIGIN = 'https://class.example';
const BUILD: Build = {
  id: '0123456789abcdef01234567',
  files: [
    ['/assets/index-AAAAAAAA.js', null],
    ['/assets/de-BBBBBBBB.js', 'de'],
    ['/assets/en-CCCCCCCC.js', 'en'],
    ['/icon-192.png', null],
  ],
  core: ['/assets/index-AAAAAAAA.js'],
};

/** Caches as a browser has them, as far as the keeper uses them. */
class FakeCache {
  readonly kept = new Map<string, Response>();

  #key(request: Request | string): string {
    return new URL(typeof request === 'string' ? request : request.url, ORIGIN).href;
  }

  async match(request: Request | string): Promise<Response | undefined> {
    return this.kept.get(this.#key(request))?.clone();
  }

  async put(request: Request | string, answer: Response): Promise<void> {
    this.kept.set(this.#key(request), answer);
  }

  async delete(request: Request | string): Promise<boolean> {
    return this.kept.delete(this.#key(request));
  }

  async keys(): Promise<Request[]> {
    return [...this.kept.keys()].map((url) => new Request(url));
  }
}

class FakeCaches {
  readonly all = new Map<string, FakeCache>();

  async open(name: string): Promise<FakeCache> {
    const cache = this.all.get(name) ?? new FakeCache();
    this.all.set(name, cache);
    return cache;
  }

  async match(request: Request | string): Promise<Response | undefined> {
    for (const cache of this.all.values()) {
      const kept = await cache.match(request);
      if (kept) return kept;
    }
    return undefined;
  }

  async keys(): Promise<string[]> {
    return [...this.all.keys()];
  }

  async delete(name: string): Promise<boolean> {
    return this.all.delete(name);
  }

  /** Paths of all that is kept. */
  get paths(): string[] {
    const urls = [...this.all.values()].flatMap(({ kept }) => [...kept.keys()]);
    return urls.map((url) => new URL(url).pathname).sort();
  }
}

let caches: FakeCaches;
let server: Record<string, string> | null;
let asked: string[];
let isSlow = false;

const device = () => ({
  origin: ORIGIN,
  caches: caches as unknown as CacheStorage,
  fetch: (request: Request | string): Promise<Response> => {
    const { pathname } = new URL(typeof request === 'string' ? request : request.url, ORIGIN);
    asked.push(pathname);
    if (isSlow) return new Promise(() => undefined);
    if (!server) return Promise.reject(new TypeError('no network'));
    const body = server[pathname];
    return Promise.resolve(new Response(body ?? '', { status: body === undefined ? 404 : 200 }));
  },
});
const keeper = (build = BUILD) => new Keeper(build, device());
const get = (path: string) => new Request(ORIGIN + path);
const open = (path: string) =>
  ({ url: ORIGIN + path, method: 'GET', mode: 'navigate', headers: new Headers() }) as Request;
const text = async (answer: Promise<Response> | null) => (await answer)?.text();
const page = (id: string) => `<meta name="build" content="${id}" />`;

beforeEach(() => {
  caches = new FakeCaches();
  asked = [];
  isSlow = false;
  server = {
    '/index.html': page(BUILD.id),
    '/explore': page(BUILD.id),
    '/assets/index-AAAAAAAA.js': 'main',
    '/assets/de-BBBBBBBB.js': 'deutsch',
    '/assets/en-CCCCCCCC.js': 'english',
    '/icon-192.png': 'icon',
    '/api/networks': '[]',
    '/api/networks/tiny': JSON.stringify({ gallery: [{ picture: 'koala' }] }),
    '/api/weights/0a/conv': 'weights',
    '/api/overviews/0a/koala/phone': 'overview',
    '/api/pictures/koala': 'koala',
    '/api/overviews/0a/mine/phone': 'private',
    '/api/tensors/0a/mine/input': 'private',
    '/api/pictures/mine': 'private',
  };
});

afterEach(() => vi.useRealTimers());

test('a page opens without a network, whatever its address', async () => {
  await keeper().install();
  server = null;
  expect(await text(keeper().answer(open('/learn')))).toBe(page(BUILD.id));
  expect(await text(keeper().answer(get('/assets/index-AAAAAAAA.js')))).toBe('main');
});

test('where the server can be reached its page is shown, not the one that is kept', async () => {
  await keeper().install();
  server = { '/explore': page('newer') };
  expect(await text(keeper().answer(open('/explore')))).toBe(page('newer'));
});

test('a server that says nothing is waited for, but not for ever', async () => {
  await keeper().install();
  vi.useFakeTimers();
  isSlow = true;
  const answer = text(keeper().answer(open('/explore')));
  await vi.advanceTimersByTimeAsync(4000);
  expect(await answer).toBe(page(BUILD.id));
});

test('nothing is installed where the server has another build by now', async () => {
  server = { ...server, '/index.html': page('newer') };
  await expect(keeper().install()).rejects.toThrow('another build');
  expect(caches.paths).toEqual([]);
});

test('the build before stays for pages that are open; older ones go', async () => {
  for (const id of ['a', 'b', 'c']) await caches.open(`convocation-build-${id}`);
  await caches.open('convocation-content-0');
  await caches.open('convocation-content-1');
  await keeper().install();
  await keeper().activate();
  expect(await caches.keys()).toEqual([
    'convocation-build-c',
    'convocation-content-1',
    `convocation-build-${BUILD.id}`,
  ]);
});

test('a file of the build before is found by its name, and one of no build is not kept', async () => {
  await (await caches.open('convocation-build-before')).put('/assets/old-DDDDDDDD.js', new Response('old'));
  expect(await text(keeper().answer(get('/assets/old-DDDDDDDD.js')))).toBe('old');
  server = { ...server, '/assets/other-EEEEEEEE.js': 'other' };
  expect(await text(keeper().answer(get('/assets/other-EEEEEEEE.js')))).toBe('other');
  expect(caches.paths).toEqual(['/assets/old-DDDDDDDD.js']);
});

test('all of the interface in one language is kept on request', async () => {
  await keeper().complete('de');
  expect(caches.paths).toEqual(['/assets/de-BBBBBBBB.js', '/assets/index-AAAAAAAA.js', '/icon-192.png']);
});

test('networks come from the server while it is there, values are asked for once', async () => {
  const one = keeper();
  await one.answer(get('/api/networks/tiny'));
  await one.answer(get('/api/weights/0a/conv'));
  await vi.waitFor(() => expect(caches.paths).toContain('/api/weights/0a/conv'));
  asked = [];
  await one.answer(get('/api/networks/tiny'));
  expect(await text(one.answer(get('/api/weights/0a/conv')))).toBe('weights');
  expect(asked).toEqual(['/api/networks/tiny']);
  server = null;
  expect(await text(keeper().answer(get('/api/networks/tiny')))).toContain('koala');
  await expect(keeper().answer(get('/api/weights/0a/other'))).rejects.toThrow('no network');
});

test('pictures of the gallery are kept with what networks make of them, own pictures never', async () => {
  // What a page loaded before there was a worker, in any order.
  const paths = ['/api/overviews/0a/koala/phone', '/api/pictures/koala', '/api/overviews/0a/mine/phone'];
  const more = [
    '/api/tensors/0a/mine/input',
    '/api/pictures/mine',
    '/api/networks/tiny',
    '/api/classes/7KQ2MX',
  ];
  await keeper().keep([...paths, ...more].map((path) => ORIGIN + path));
  const kept = ['/api/networks/tiny', '/api/overviews/0a/koala/phone', '/api/pictures/koala'];
  await vi.waitFor(() => expect(caches.paths).toEqual(kept));
  expect(asked).not.toContain('/api/classes/7KQ2MX');
  // The next worker reads from what is kept which pictures those are.
  const next = keeper();
  await next.answer(get('/api/pictures/mine'));
  await next.answer(get('/api/pictures/koala'));
  expect(caches.paths).toEqual(kept);
});

test('what is not for everyone goes to the server as if nobody were there', () => {
  for (const path of ['/api/classes', '/api/classes/7KQ2MX/report', '/healthz', '/worker.js'])
    expect(keeper().answer(get(path))).toBeNull();
  expect(keeper().answer(new Request(`${ORIGIN}/api/networks`, { method: 'POST', body: '' }))).toBeNull();
  expect(keeper().answer(new Request('https://elsewhere.example/assets/a.js'))).toBeNull();
  expect(keeper().answer(open('/nothing'))).toBeNull();
});

test('values that were used longest ago make room', async () => {
  const large = 'x'.repeat(20 * 1024 * 1024);
  server = { '/api/weights/0a/a': large, '/api/weights/0a/b': large, '/api/weights/0a/c': large };
  const one = keeper();
  for (const layer of ['a', 'b', 'a', 'c']) {
    await one.answer(get(`/api/weights/0a/${layer}`));
    await vi.waitFor(() => expect(caches.paths).toContain(`/api/weights/0a/${layer}`));
  }
  expect(caches.paths).toEqual(['/api/weights/0a/a', '/api/weights/0a/c']);
  // A worker that is started anew knows how much there is.
  const next = keeper();
  await next.answer(get('/api/weights/0a/b'));
  await vi.waitFor(() => expect(caches.paths).toContain('/api/weights/0a/b'));
  expect(caches.paths.length).toBe(2);
});
