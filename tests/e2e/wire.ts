/** A wire between a browser and the server, and what can happen to it: pieces come late, nothing comes for a while, all is cut, for good or not. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What the server says late: every so many-th piece of it, and in its order all that follows. */
export interface Delay {
  every: number;
  ms: number;
}

export class Wire {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Pending while nothing passes. */
  #silence: Promise<void> = Promise.resolve();
  #end: () => void = () => undefined;
  #delay: Delay | null = null;
  #pieces = 0;
  #isRefusing = false;
  /** A text of the server and what arrives in its place, of the same length. */
  #instead: readonly [said: string, heard: string] | null = null;
  /** Connections that were made so far. */
  connections = 0;

  private constructor(target: URL) {
    this.#server = createServer((near) => {
      this.connections += 1;
      if (this.#isRefusing) return void near.destroy();
      const far = connect(Number(target.port), target.hostname);
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => this.#sockets.delete(socket));
      }
      this.#carry(near, far, (piece) => this.#asking(piece));
      this.#carry(
        far,
        near,
        (piece) => this.#answering(piece),
        () => this.#lateness(),
      );
    });
  }

  static async to(address: string): Promise<Wire> {
    const wire = new Wire(new URL(address));
    wire.#server.listen(0, '127.0.0.1');
    await once(wire.#server, 'listening');
    return wire;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** From now on pieces come late; `null` ends it. */
  delay(delay: Delay | null): void {
    this.#delay = delay;
  }

  /** As when a device goes from one network to another: every connection is gone, new ones are made at once. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** As when the server is gone: every connection is, and no new one is made until `resume`. */
  refuse(): void {
    this.#isRefusing = true;
    this.cut();
  }

  /** Nothing passes in either direction, and nobody is told. */
  silence(): void {
    this.#silence = new Promise((resolve) => (this.#end = resolve));
  }

  /** What was held back passes, in its order. */
  resume(): void {
    this.#isRefusing = false;
    this.#end();
  }

  /** The server says `said`; `heard` arrives, of the same length. From now on the browser's copies are not trusted. */
  replace(said: string, heard: string): void {
    if (said.length !== heard.length) throw new Error('only texts of the same length');
    this.#instead = [said, heard];
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  /** Pieces arrive in their order: what is late holds up what follows, but not for longer than it is late itself. */
  #carry(from: Socket, to: Socket, through: (piece: Buffer) => Buffer, lateness = (): number => 0): void {
    let queue = Promise.resolve();
    from.on('data', (piece: Buffer) => {
      const due = performance.now() + lateness();
      queue = queue.then(async () => {
        const early = due - performance.now();
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
        await this.#silence;
        if (!to.destroyed) to.write(through(piece));
      });
    });
    from.on('close', () => {
      queue = queue.then(() => this.#silence).then(() => void to.end());
    });
  }

  /** Replaced texts must come plain, and not from a copy. Names of headers keep their length. */
  #asking(piece: Buffer): Buffer {
    if (!this.#instead) return piece;
    const text = piece.toString('latin1');
    return Buffer.from(
      text.replace(/\r\n(?:accept-encod|if-none-mat)/giu, (name) => `\r\nx${name.slice(3)}`),
      'latin1',
    );
  }

  /** How late the next piece is, in ms. */
  #lateness(): number {
    this.#pieces += 1;
    return this.#delay && this.#pieces % this.#delay.every === 0 ? this.#delay.ms : 0;
  }

  #answering(piece: Buffer): Buffer {
    if (!this.#instead) return piece;
    const [said, heard] = this.#instead;
    return Buffer.from(piece.toString('latin1').replaceAll(said, heard), 'latin1');
  }
}
