/**
 * A way for messages between this screen and a class. Carries text; what it means, when to open another one and when one is dead is
 * `connection.ts`'s matter.
 */
import type { ClientMessage } from '../protocol/classroom';
import type { ClassCode } from './code';
import { socketOf } from './socket';

/** What a transport tells. After `closed`, and after its owner closed it, it tells nothing more. */
export interface TransportEvents {
  open(): void;
  message(text: string): void;
  closed(): void;
}

export interface Transport {
  /** Sends, or drops where the transport is not open. */
  send(message: ClientMessage): void;
  close(): void;
}

/** Begins to open a transport. */
export type OpenTransport = (events: TransportEvents) => Transport;

/** A WebSocket to a class of the server this page comes from. */
export function socketTo(code: ClassCode): OpenTransport {
  return (events) => {
    const socket = socketOf(code);
    const silence = new AbortController();
    const { signal } = silence;
    if (socket.readyState === WebSocket.OPEN)
      queueMicrotask(() => {
        if (!signal.aborted) events.open();
      });
    else socket.addEventListener('open', () => events.open(), { signal });
    socket.addEventListener('close', () => events.closed(), { signal });
    socket.addEventListener(
      'message',
      (event: MessageEvent<unknown>) => {
        if (typeof event.data === 'string') events.message(event.data);
      },
      { signal },
    );
    return {
      send(message) {
        if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
      },
      close() {
        silence.abort();
        socket.close();
      },
    };
  };
}

/** A transport that is loaded when it is opened, and closed where it cannot be loaded. */
export function loaded(load: () => Promise<OpenTransport>): OpenTransport {
  return (events) => {
    let transport: Transport | null = null;
    let isClosed = false;
    load().then(
      (open) => {
        if (!isClosed) transport = open(events);
      },
      () => {
        if (!isClosed) events.closed();
      },
    );
    return {
      send: (message) => transport?.send(message),
      close() {
        isClosed = true;
        transport?.close();
      },
    };
  };
}
