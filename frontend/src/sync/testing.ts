/** What tests of this folder share: a stage, and a server at the other end of a transport. Not in any bundle. */
import type { ClientMessage, Seat, ServerMessage, Stage, TopicValue } from '../protocol/classroom';
import type { OpenTransport, TransportEvents } from './transport';

export function aStage(): Stage {
  return {
    network: 'tiny-vgg',
    picture: 'a',
    focus: { kind: 'overview' },
    playback: { kind: 'paused', step: 0 },
    scale: 'block',
    detail: false,
    receptiveField: false,
    edit: null,
    caption: null,
  };
}

export function aSeat(seat: Partial<Seat> = {}): Seat {
  return {
    id: 0,
    role: 'host',
    name: 'Instructor',
    mode: 'following',
    asks: { asked: [], voted: [], lost: null },
    answers: [],
    offered: null,
    cells: [],
    ...seat,
  };
}

/** One transport that was opened, from the server's side. */
export class FakeLink {
  readonly heard: ClientMessage[] = [];
  isClosed = false;

  readonly #events: TransportEvents;

  constructor(events: TransportEvents) {
    this.#events = events;
  }

  open(): void {
    this.#events.open();
  }

  say(message: ServerMessage): void {
    this.sayText(JSON.stringify(message));
  }

  sayText(text: string): void {
    if (!this.isClosed) this.#events.message(text);
  }

  frame(version: number, frame: TopicValue): void {
    this.say({ type: 'frame', version, frame });
  }

  /** Opens and welcomes. */
  welcome(seat: Seat = aSeat(), clock = 0, token: string | null = null): void {
    this.open();
    this.say({ type: 'welcome', protocol: 1, build: '', seat, token, clock });
  }

  /** The connection breaks. */
  drop(): void {
    if (!this.isClosed) this.#events.closed();
  }

  close(): void {
    this.isClosed = true;
  }

  /** The messages of one kind. */
  of<T extends ClientMessage['type']>(type: T): Extract<ClientMessage, { type: T }>[] {
    return this.heard.filter(
      (message): message is Extract<ClientMessage, { type: T }> => message.type === type,
    );
  }
}

/** A server that can be reached; what it answers is the test's matter. */
export class FakeServer {
  readonly links: FakeLink[] = [];

  readonly open: OpenTransport = (events) => {
    const link = new FakeLink(events);
    this.links.push(link);
    return {
      send: (message) => {
        if (!link.isClosed) link.heard.push(message);
      },
      close: () => link.close(),
    };
  };

  /** The transport opened last. */
  get last(): FakeLink {
    const link = this.links.at(-1);
    if (!link) throw new Error('nobody has connected');
    return link;
  }
}
