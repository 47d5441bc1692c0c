/** The real binary, started on a free port with a folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const ROOT = new URL('../../', import.meta.url).pathname;
export const BINARY = process.env['CONVOCATION_BIN'] ?? join(ROOT, 'target/release/convocation');

/** The longest that a server may take until it listens, in ms. */
const START_MS = 20_000;

export class Server {
  /** Where it listens, without a slash at the end. */
  address = '';
  /** What it wrote, for when a test fails. */
  log = '';
  #process: ChildProcess | undefined;

  readonly #data: string;
  readonly #options: readonly string[];

  private constructor(data: string, options: readonly string[]) {
    this.#data = data;
    this.#options = options;
  }

  static async start(options: readonly string[] = []): Promise<Server> {
    if (!existsSync(BINARY))
      throw new Error(`${BINARY} is missing: build it with \`make build\`, or set CONVOCATION_BIN`);
    const server = new Server(await mkdtemp(join(tmpdir(), 'convocation-e2e-')), options);
    await server.run('127.0.0.1:0');
    return server;
  }

  /** Starts again after `kill`, on the same port with the same data. */
  async restart(): Promise<void> {
    await this.run(new URL(this.address).host);
  }

  private async run(listen: string): Promise<void> {
    const usual = [
      '--listen',
      listen,
      '--data',
      this.#data,
      '--qr',
      'never',
      ...(this.#options.includes('--models') ? [] : ['--models', join(ROOT, 'models')]),
    ];
    const child = spawn(BINARY, ['serve', ...usual, ...this.#options], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    child.stderr.on('data', (chunk: Buffer) => (this.log += chunk.toString()));
    const late = setTimeout(() => child.kill('SIGKILL'), START_MS);
    this.address = await listening(child);
    clearTimeout(late);
    if (!this.address) throw new Error(`the server did not start:\n${this.log}`);
  }

  /** As when the power goes: no goodbye, nothing flushed. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** All that is in its folder. */
  async kept(): Promise<Buffer> {
    const files = await readdir(this.#data, { recursive: true, withFileTypes: true });
    const read = files
      .filter((each) => each.isFile())
      .map((each) => readFile(join(each.parentPath, each.name)));
    return Buffer.concat(await Promise.all(read));
  }

  /** Ends it and deletes its folder. */
  async stop(): Promise<void> {
    await this.#end('SIGKILL');
    await rm(this.#data, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}

/** The address on the line that says so, or nothing when the process ends without it. */
async function listening({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) return '';
  for await (const line of createInterface(stdout)) {
    const [, address] = /^listening on (\S+)/u.exec(line) ?? [];
    if (!address) continue;
    // What follows is for people; it must not fill the pipe.
    stdout.resume();
    return address;
  }
  return '';
}
