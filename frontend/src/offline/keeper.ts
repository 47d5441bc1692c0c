/**
 * Answers requests of pages, from the server or from what this device has kept of it. A newer server is always heard first: pages,
 * networks and lessons come from it wherever it can be reached, and everything else is at an address that changes with its content.
 * Page and files of one build are kept together, so that a page never meets the files of another.
 */
import { Budget } from './budget';
import { kindOf, PAGE, type Kind } from './kinds';

/** Files and page of builds; the name ends with the build. */
const BUILDS = 'convocation-build-';
/** Networks, lessons and values. The number goes up when what is in it is kept otherwise. */
const CONTENT = 'convocation-content-1';
/** Builds that are kept: this one, and the one whose pages may still be open. */
const BUILDS_KEPT = 2;
/** How long a server may take that may not be there at all, where there is something kept to show instead, in ms. */
const PATIENCE_MS = 4000;
/** What values of networks may take on a device, in bytes: each picture of the gallery looked at in every detail. */
const CONTENT_BYTES = 48 * 1024 * 1024;
/** How many bytes an answer has, which the browser does not say of what it keeps. */
const SIZE = 'convocation-bytes';
/** Headers that are true of a kept answer, too: not its encoding, for it is kept decoded, and not which build sent it. */
const HEADERS_KEPT = ['content-type', 'cache-control', 'etag'];

/** What a build of the interface consists of. */
export interface Build {
  /** Changes with every file of it. */
  id: string;
  /** Paths of all files, each with the language that alone needs it. */
  files: readonly (readonly [path: string, language: string | null])[];
  /** Paths of the files without which no page opens. */
  core: readonly string[];
}

/** Where the browser comes in. */
export interface Device {
  origin: string;
  caches: CacheStorage;
  fetch: (request: Request | string, init?: RequestInit) => Promise<Response>;
}

export class Keeper {
  readonly #build: Build;
  readonly #device: Device;
  #budget: Promise<Budget> | undefined;
  #gallery: Promise<Set<string>> | undefined;

  constructor(build: Build, device: Device) {
    this.#build = build;
    this.#device = device;
  }

  /** Takes the page and what it begins with. Rejects where the server has another build by now, to be tried again with that one's. */
  async install(): Promise<void> {
    const page = await this.#device.fetch(PAGE, { cache: 'reload' });
    const text = await page.clone().text();
    if (!page.ok || !text.includes(this.#build.id)) throw new Error('the server has another build');
    const cache = await this.#own();
    await Promise.all(this.#build.core.map((path) => this.#file(path)));
    await cache.put(PAGE, page);
  }

  /** Lets go of builds of which no page is open any more. */
  async activate(): Promise<void> {
    const { caches } = this.#device;
    const names = await caches.keys();
    const builds = names.filter((name) => name.startsWith(BUILDS) && name !== this.#ownName());
    const old = names.filter((name) => name.startsWith('convocation-content-') && name !== CONTENT);
    const gone = [...builds.slice(0, Math.max(0, builds.length - (BUILDS_KEPT - 1))), ...old];
    await Promise.all(gone.map((name) => caches.delete(name)));
  }

  /** The answer to a request; `null` leaves it to the browser. */
  answer(request: Request): Promise<Response> | null {
    const kind = this.#kindOf(request.url, request.mode === 'navigate');
    if (request.method !== 'GET' || !kind || request.headers.has('range')) return null;
    return this.#answer(kind, request);
  }

  /** Keeps what a page had loaded before there was someone to keep it; most of it is still in the browser's own cache. */
  async keep(addresses: readonly string[]): Promise<void> {
    const wanted = addresses.flatMap((address) => {
      const kind = this.#kindOf(address, false);
      return kind && kind.kind !== 'page' ? [{ kind, address }] : [];
    });
    // Descriptions say which pictures are of a gallery.
    wanted.sort((a, b) => Number(b.kind.kind === 'text') - Number(a.kind.kind === 'text'));
    for (const { kind, address } of wanted)
      await this.#answer(kind, new Request(address)).catch(() => undefined);
  }

  /** Keeps all files that someone of this language may need. One after the other: whoever looks at something has the line first. */
  async complete(language: string): Promise<void> {
    for (const [path, only] of this.#build.files)
      if (only === null || only === language) await this.#file(path).catch(() => undefined);
  }

  #kindOf(address: string, isNavigation: boolean): Kind | null {
    const url = new URL(address, this.#device.origin);
    return url.origin === this.#device.origin ? kindOf(url, isNavigation) : null;
  }

  #answer(kind: Kind, request: Request): Promise<Response> {
    switch (kind.kind) {
      case 'page':
        return this.#serverFirst(request, () => this.#own().then((cache) => cache.match(PAGE)));
      case 'file':
        return this.#file(new URL(request.url).pathname);
      case 'text':
        return this.#text(request, kind.describes);
      case 'value':
        return this.#value(request, kind.of);
    }
  }

  /** A file of any build that is kept: its name changes with its content. */
  async #file(path: string): Promise<Response> {
    const kept = await this.#device.caches.match(path);
    if (kept) return kept;
    const answer = await this.#device.fetch(path);
    if (answer.ok && this.#build.files.some(([each]) => each === path))
      await (await this.#own()).put(path, answer.clone());
    return answer;
  }

  async #text(request: Request, describes: boolean): Promise<Response> {
    const cache = await this.#device.caches.open(CONTENT);
    return this.#serverFirst(
      request,
      () => cache.match(request.url),
      async (answer) => {
        const bytes = await answer.arrayBuffer();
        await cache.put(request.url, keptAnswer(answer, bytes));
        if (describes) for (const each of galleryOf(bytes)) (await this.#galleryKept()).add(each);
      },
    );
  }

  async #value(request: Request, of: string | null): Promise<Response> {
    const cache = await this.#device.caches.open(CONTENT);
    const kept = await cache.match(request.url);
    if (kept) {
      (await this.#budgetKept()).use(request.url);
      return kept;
    }
    const answer = await this.#device.fetch(request);
    // Somebody's own picture, and what a network makes of it, is never kept.
    if (answer.status !== 200 || (of !== null && !(await this.#galleryKept()).has(of))) return answer;
    const copy = answer.clone();
    void this.#keepValue(cache, request.url, copy).catch(() => undefined);
    return answer;
  }

  async #keepValue(cache: Cache, address: string, answer: Response): Promise<void> {
    const bytes = await answer.arrayBuffer();
    const budget = await this.#budgetKept();
    const gone = budget.add(address, bytes.byteLength);
    if (!gone) return;
    await Promise.all(gone.map((each) => cache.delete(each)));
    try {
      await cache.put(address, keptAnswer(answer, bytes));
    } catch {
      // The device is full; what is kept stays.
      budget.remove(address);
    }
  }

  /** What the server says; what is kept where it says nothing, or nothing in time. */
  async #serverFirst(
    request: Request,
    kept: () => Promise<Response | undefined>,
    keep?: (answer: Response) => Promise<void>,
  ): Promise<Response> {
    const said = this.#device.fetch(request).then((answer) => {
      if (answer.status === 200 && keep) void keep(answer.clone()).catch(() => undefined);
      return answer;
    });
    const late = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null));
    const first = await Promise.race([said, late]).catch(() => null);
    return first ?? (await kept()) ?? said;
  }

  #ownName(): string {
    return BUILDS + this.#build.id;
  }

  #own(): Promise<Cache> {
    return this.#device.caches.open(this.#ownName());
  }

  /** The budget as the last worker left it: workers live for seconds, what they keep for months. */
  #budgetKept(): Promise<Budget> {
    return (this.#budget ??= this.#recount());
  }

  async #recount(): Promise<Budget> {
    const budget = new Budget(CONTENT_BYTES);
    const cache = await this.#device.caches.open(CONTENT);
    for (const request of await cache.keys()) {
      const kind = this.#kindOf(request.url, false);
      const answer = kind?.kind === 'value' ? await cache.match(request) : undefined;
      const gone = answer ? budget.add(request.url, Number(answer.headers.get(SIZE))) : [];
      for (const each of gone ?? [request.url]) await cache.delete(each);
    }
    return budget;
  }

  #galleryKept(): Promise<Set<string>> {
    return (this.#gallery ??= this.#readGalleries());
  }

  async #readGalleries(): Promise<Set<string>> {
    const pictures = new Set<string>();
    const cache = await this.#device.caches.open(CONTENT);
    for (const request of await cache.keys()) {
      const kind = this.#kindOf(request.url, false);
      if (kind?.kind !== 'text' || !kind.describes) continue;
      const answer = await cache.match(request);
      if (answer) for (const each of galleryOf(await answer.arrayBuffer())) pictures.add(each);
    }
    return pictures;
  }
}

/** An answer as it is kept. */
function keptAnswer(answer: Response, bytes: ArrayBuffer): Response {
  const headers = new Headers({ [SIZE]: String(bytes.byteLength) });
  for (const name of HEADERS_KEPT) {
    const value = answer.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return new Response(bytes, { status: answer.status, headers });
}

/** The pictures of a network's gallery, out of its description. */
function galleryOf(bytes: ArrayBuffer): string[] {
  try {
    const { gallery } = JSON.parse(new TextDecoder().decode(bytes)) as { gallery: { picture: string }[] };
    return gallery.map(({ picture }) => picture);
  } catch {
    return [];
  }
}
