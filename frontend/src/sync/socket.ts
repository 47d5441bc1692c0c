/** Sockets to classes of the server this page comes from. One may be opened while the screen that will speak through it is on its way. */
import type { ClassCode } from './code';

let early: WebSocket | null = null;

/** Begins to open the socket of a class; nothing is said through it yet. */
export function openEarly(code: ClassCode): void {
  early = new WebSocket(addressOf(code));
}

/** A socket to a class, open or about to be: the early one, where it is for that class and still lives. */
export function socketOf(code: ClassCode): WebSocket {
  const before = early;
  early = null;
  if (before?.url === addressOf(code) && before.readyState <= WebSocket.OPEN) return before;
  before?.close();
  return new WebSocket(addressOf(code));
}

function addressOf(code: ClassCode): string {
  const url = new URL(`/api/classes/${code}/socket`, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
