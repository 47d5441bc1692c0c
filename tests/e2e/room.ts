/** A server of one's own, and people who come to it. Not a test: see `scenario.ts`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Browser, BrowserContextOptions } from 'playwright-core';

import { launch } from './browser';
import { LAPTOP, Person } from './person';
import type { Server } from './server';

/** Where screenshots and logs of what failed go. */
const EVIDENCE = new URL('../../target/e2e/', import.meta.url).pathname;

/** The longest that anything may take to appear, in ms. */
const PATIENCE_MS = 10_000;

/** One browser for all rooms of a process, started by the first that needs it; it ends with the process. */
let browser: Promise<Browser> | undefined;

function started(): Promise<Browser> {
  browser ??= launch().then((one) => one.on('disconnected', () => (browser = undefined)));
  return browser;
}

/** Closes it before. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

/** Everyone who takes part in one test. */
export class Room {
  readonly server: Server;
  readonly people: Person[] = [];
  readonly #closing: (() => void)[] = [];

  constructor(server: Server) {
    this.server = server;
  }

  /**
   * Someone with a browser that was never here, on an empty page. What would move jumps, unless a test is about motion: each frame is painted by
   * the processor that all tests share.
   */
  async newcomer(
    options: BrowserContextOptions = LAPTOP,
    address: string = this.server.address,
  ): Promise<Person> {
    // What a service worker asks for, no page is seen to ask for; and it has answers for who is kept from the network.
    const chromium = await started();
    const context = await chromium.newContext({
      locale: 'en',
      reducedMotion: 'reduce',
      serviceWorkers: 'block',
      ...options,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    const person = new Person(await context.newPage(), address);
    this.people.push(person);
    return person;
  }

  /** A newcomer opens a page of the server, or of what stands before it at `address`. */
  async visit(
    path: string,
    options?: BrowserContextOptions,
    address: string = this.server.address,
  ): Promise<Person> {
    const person = await this.newcomer(options, address);
    await person.page.goto(address + path);
    return person;
  }

  /** An instructor starts a class. Returns its code, too. */
  async startClass(
    options?: BrowserContextOptions,
    address?: string,
  ): Promise<{ host: Person; code: string }> {
    const host = await this.visit('/', options, address);
    await host.button('Start a class').click();
    await host.status('Connected');
    await host.sees({ focus: 'overview' });
    return { host, code: await host.startedClass() };
  }

  /** A student comes by the address that the QR code has. */
  async join(code: string, options?: BrowserContextOptions, address?: string): Promise<Person> {
    const student = await this.visit(`/c/${code}`, options, address);
    await student.status('Connected');
    await student.sees({});
    return student;
  }

  /** An assistant comes by the link that the host copies. */
  async assistant(host: Person, options?: BrowserContextOptions): Promise<Person> {
    await host.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await host.button('More').click();
    await host.button('Copy the assistants’ link').click();
    const link = new URL(await host.page.evaluate(() => navigator.clipboard.readText()));
    await host.page.keyboard.press('Escape');
    const assistant = await this.visit(link.pathname + link.hash, options);
    await assistant.status('Connected');
    return assistant;
  }

  async projector(code: string): Promise<Person> {
    const projector = await this.visit(`/c/${code}/stage`, { viewport: { width: 1024, height: 768 } });
    await projector.status('Connected');
    await projector.sees({});
    return projector;
  }

  get problems(): string[] {
    return this.people.flatMap(({ problems }) => problems);
  }

  /** Keeps what may tell why a test failed, and says where: a second attempt may hide it. */
  async keepEvidence(name: string, error: unknown): Promise<void> {
    const folder = join(EVIDENCE, name.replaceAll(/\W+/gu, '-'));
    await mkdir(folder, { recursive: true });
    console.warn(`${name}: failed, see ${folder}\n${error instanceof Error ? error.message : String(error)}`);
    await writeFile(join(folder, 'server.log'), this.server.log);
    for (const [i, { page }] of this.people.entries())
      await page.screenshot({ path: join(folder, `${i}.png`) }).catch(() => undefined);
  }

  /** What is to be done before the server ends. */
  atClosing(run: () => void): void {
    this.#closing.push(run);
  }

  /** Everyone leaves, and the server ends. */
  async close(): Promise<void> {
    for (const run of this.#closing) run();
    for (const { context } of this.people) await context.close();
    await this.server.stop();
  }
}
