/** `convocation doctor`, waiting for a phone. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { BINARY, ROOT } from './server';

/** How long it waits, in s. */
const WAIT_S = 60;

export class Doctor {
  /** Where its page is, without a slash at the end. */
  readonly address: string;
  /** What it wrote so far, for people and of what went wrong. */
  said: string;
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(child: ChildProcess, folder: string, said: string) {
    this.#process = child;
    this.#folder = folder;
    this.said = said;
    this.address = `http://${/^ok +port +(\S+) is free$/mu.exec(said)?.[1] ?? ''}`;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
  }

  /** Starts it behind a proxy; returns when it waits. */
  static async start(): Promise<Doctor> {
    const folder = await mkdtemp(join(tmpdir(), 'convocation-doctor-'));
    const options = ['--listen', '127.0.0.1:0', '--public-url', 'http://class.example', '--behind-proxy'];
    const child = spawn(
      BINARY,
      ['doctor', '--wait', String(WAIT_S), '--qr', 'never', '--data', folder, ...options],
      { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let said = '';
    while (!/^\.\.\. +phone/mu.test(said)) {
      const [chunk] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])) as [unknown];
      if (!(chunk instanceof Buffer)) throw new Error(`the doctor waits for nobody:\n${said}`);
      said += chunk.toString();
    }
    return new Doctor(child, folder, said);
  }

  /** Its last word, and how it ends. */
  async end(): Promise<number | null> {
    if (this.#process.exitCode === null) await once(this.#process, 'close');
    return this.#process.exitCode;
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null) this.#process.kill('SIGKILL');
    await rm(this.#folder, { recursive: true, force: true });
  }
}
