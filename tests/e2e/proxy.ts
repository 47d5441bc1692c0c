/** Something between a browser and the server: as school and company networks have it, or as an operator puts before a server. */
import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type Server as HttpServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** What becomes of an upgrade: it is refused, never answered, answered but carries nothing down, or answered late. */
export type Upgrades = 'refuse' | 'swallow' | 'mute' | { delayMs: number };

export class Proxy {
  readonly #server: HttpServer;
  readonly #sockets = new Set<Duplex>();
  /** Method and path of every request that came. */
  readonly requests: string[] = [];
  /** Every cookie that a browser sent or was to keep. */
  readonly cookies: string[] = [];
  /** The address that the server is told everyone comes from. */
  readonly #from: string | null;

  private constructor(target: URL, upgrades: Upgrades, from: string | null) {
    this.#from = from;
    const agent = new Agent();
    this.#server = createServer((incoming, answer) => {
      this.#note(incoming);
      const { method, url, headers } = incoming;
      const passed = request({
        agent,
        host: target.hostname,
        port: target.port,
        method,
        path: url,
        headers: { ...headers, ...this.#said() },
      });
      passed.on('response', (response) => {
        this.cookies.push(...(response.headers['set-cookie'] ?? []));
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      });
      passed.on('error', () => answer.destroy());
      answer.on('close', () => passed.destroy());
      incoming.pipe(passed);
    });
    this.#server.on('connection', (socket) => this.#keep(socket));
    this.#server.on('upgrade', (incoming, socket) => {
      this.#note(incoming);
      if (upgrades === 'refuse') socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
      else if (upgrades === 'mute') this.#tunnel(target, incoming, socket, answerOnly);
      else if (upgrades !== 'swallow')
        setTimeout(() => this.#tunnel(target, incoming, socket, (up) => up.pipe(socket)), upgrades.delayMs);
    });
  }

  static async before(address: string, upgrades: Upgrades, from: string | null = null): Promise<Proxy> {
    const proxy = new Proxy(new URL(address), upgrades, from);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  #tunnel(target: URL, { method, url, rawHeaders }: IncomingMessage, socket: Duplex, down: Down): void {
    const up = connect(Number(target.port), target.hostname, () => {
      const headers = Array.from({ length: rawHeaders.length / 2 }, (_, i) =>
        rawHeaders.slice(2 * i, 2 * i + 2),
      );
      headers.push(...Object.entries(this.#said()));
      const lines = [`${method} ${url} HTTP/1.1`, ...headers.map((header) => header.join(': ')), '', ''];
      up.write(lines.join('\r\n'));
      socket.pipe(up);
      down(up, socket);
    });
    this.#keep(up);
    up.on('close', () => socket.destroy());
  }

  #keep(socket: Duplex): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
  }

  /** What it says of whom it speaks for. */
  #said(): Record<string, string> {
    return this.#from === null ? {} : { 'x-forwarded-for': this.#from };
  }

  #note({ method, url, headers }: IncomingMessage): void {
    this.requests.push(`${method} ${url}`);
    if (headers.cookie !== undefined) this.cookies.push(headers.cookie);
  }
}

type Down = (up: Socket, socket: Duplex) => void;

/** Lets the answer to the upgrade through, and nothing after it. */
const answerOnly: Down = (up, socket) => {
  up.once('data', (chunk: Buffer) => {
    const end = chunk.indexOf('\r\n\r\n') + 4;
    socket.write(chunk.subarray(0, end));
    up.resume();
  });
};
