/**
 * A transport over plain HTTP, for networks that let no WebSocket through: the server's messages come as server-sent events of one
 * long answer, what this screen says goes up in requests of its own. The messages are the same.
 */
import type { ClientMessage } from '../protocol/classroom';
import type { ClassCode } from './code';
import type { OpenTransport, TransportEvents } from './transport';

/** Messages that may wait for the one before them to arrive. */
const WAITING_MOST = 80;

/** Names the connection in a request; the name is a secret, so it stands in no address. */
const LINE_HEADER = 'convocation-line';

/** Server-sent events of a class of the server this page comes from. */
export function eventsTo(code: ClassCode): OpenTransport {
  return (events) => {
    const line = new Line(code, events);
    // As with a socket, nothing is told before its owner holds the transport.
    queueMicrotask(() => line.begin());
    return line;
  };
}

/** A message that waits to be sent; `gesture` says which later ones replace it. */
interface Waiting {
  text: string;
  gesture: string | null;
}

/** The gesture that only points. */
const POINTER = 'point';

/** What a gesture of the pointer says, so far as a later one replaces it; `null` for a message that has to arrive. */
function gestureOf(message: ClientMessage): string | null {
  if (message.type !== 'point') return null;
  return message.ink ? `${POINTER} ${message.ink.id}` : POINTER;
}

class Line {
  readonly #code: ClassCode;
  readonly #events: TransportEvents;
  readonly #end = new AbortController();
  /** The first message opens the stream, all others go to the line that the stream names. */
  #said = false;
  #name: string | null = null;
  #waiting: Waiting[] = [];
  #sending = false;

  constructor(code: ClassCode, events: TransportEvents) {
    this.#code = code;
    this.#events = events;
  }

  begin(): void {
    if (!this.#end.signal.aborted) this.#events.open();
  }

  send(message: ClientMessage): void {
    if (this.#end.signal.aborted) return;
    const text = JSON.stringify(message);
    const gesture = gestureOf(message);
    const last = this.#waiting.at(-1);
    if (!this.#said) {
      this.#said = true;
      void this.#listen(text);
    } else if (gesture !== null && last && (last.gesture === gesture || last.gesture === POINTER)) {
      // A way that is slower than the hand: what waits is replaced by what is newer.
      this.#waiting.splice(-1, 1, { text, gesture });
    } else if (this.#waiting.length < WAITING_MOST) {
      this.#waiting.push({ text, gesture });
      void this.#flush();
    } else {
      this.#lose();
    }
  }

  close(): void {
    this.#end.abort();
  }

  #lose(): void {
    if (this.#end.signal.aborted) return;
    this.#end.abort();
    this.#events.closed();
  }

  async #listen(hello: string): Promise<void> {
    try {
      const answer = await this.#post(`/api/classes/${this.#code}/events`, hello, {});
      if (answer.ok && answer.body) await this.#read(answer.body);
    } catch {
      // However it ended, it ended.
    }
    this.#lose();
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const reader = body
      .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
      .getReader();
    const cutter = new EventCutter();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      for (const event of cutter.cut(part.value)) {
        if (this.#end.signal.aborted) return;
        if (event.type === 'line') {
          this.#name = event.data;
          void this.#flush();
        } else {
          this.#events.message(event.data);
        }
      }
    }
  }

  /** Sends what waits, one after the other, so that the order stays. */
  async #flush(): Promise<void> {
    if (this.#sending || this.#name === null) return;
    this.#sending = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const answer = await this.#post('/api/messages', next.text, { [LINE_HEADER]: this.#name }).catch(
        () => null,
      );
      if (!answer?.ok) {
        this.#lose();
        return;
      }
    }
    this.#sending = false;
  }

  #post(path: string, body: string, headers: Record<string, string>): Promise<Response> {
    const { signal } = this.#end;
    return fetch(path, { method: 'POST', body, headers, signal, cache: 'no-store' });
  }
}

/** One event of a stream. */
export interface StreamEvent {
  type: string;
  data: string;
}

/** Cuts a stream of text into events (WHATWG HTML, section 9.2.6), as far as this server writes them: lines end with a line feed. */
export class EventCutter {
  #rest = '';

  /** The events that are complete with `text`. */
  cut(text: string): StreamEvent[] {
    const blocks = (this.#rest + text).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    return blocks.flatMap((block) => {
      const fields = block.split('\n').map((line) => {
        const colon = line.indexOf(':');
        return { name: line.slice(0, colon), value: line.slice(colon + 1).replace(/^ /u, '') };
      });
      const data = fields.filter(({ name }) => name === 'data').map(({ value }) => value);
      const type = fields.findLast(({ name }) => name === 'event')?.value ?? 'message';
      return data.length > 0 ? [{ type, data: data.join('\n') }] : [];
    });
  }
}
