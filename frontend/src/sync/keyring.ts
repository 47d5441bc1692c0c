/**
 * What this browser may come back to a class with: the tokens of its seats and the secrets of links that were opened here. Kept per
 * class until the class is over; nothing of it is shown or sent anywhere but to the class.
 */
import type { Credential } from '../protocol/classroom';
import type { ClassCode } from './code';

/** The screen on which someone takes part. Each has a seat of its own, so that an instructor can look at the student's page. */
export type Screen = 'seat' | 'desk' | 'stage' | 'rehearsal';

/** Besides tokens and secrets, the number of the seat that a rehearsal has taken. */
type Key = Screen | 'hostSecret' | 'assistantSecret' | 'rehearsalSeat';

/** The little of `Storage` that is needed. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What stands before the secret in an assistants' link; a host's link has the bare secret. */
const ASSISTANT = 'assistant:';

/** Under which the code of the class is kept that was hosted last. */
const LAST_HOSTED = 'convocation:hosted';

/** Kept in place of a token; no token is so short. */
const REMOVED = 'removed';

export class Keyring {
  readonly #shelf: Shelf;
  readonly #code: ClassCode;

  constructor(code: ClassCode, shelf: Shelf) {
    this.#code = code;
    this.#shelf = shelf;
  }

  /** How the screen proves who it is, or `null` at a desk without a link and for someone who was removed. */
  credential(screen: Screen): Credential | null {
    const token = this.get(screen);
    if (token === REMOVED) return null;
    if (screen !== 'desk')
      return token
        ? { kind: 'token', token }
        : { kind: 'new', role: screen === 'stage' ? 'projector' : 'student' };
    const host = this.get('hostSecret');
    if (host) return { kind: 'host', secret: host };
    if (token) return { kind: 'token', token };
    const assistant = this.get('assistantSecret');
    return assistant ? { kind: 'assistant', secret: assistant } : null;
  }

  /** Keeps the secret of a link that was opened: the part of its address after `#`. */
  open(fragment: string): void {
    const secret = fragment.replace(/^#/u, '');
    if (secret.startsWith(ASSISTANT)) {
      const assistant = secret.slice(ASSISTANT.length);
      // The same link again means the same seat; another one a new seat.
      if (assistant !== this.get('assistantSecret')) this.drop('desk');
      this.put('assistantSecret', assistant);
    } else if (secret) {
      this.host(secret);
    }
  }

  /** Keeps the secret that makes this browser the host's. */
  host(secret: string): void {
    this.put('hostSecret', secret);
    this.#shelf.setItem(LAST_HOSTED, this.#code);
  }

  /** The class that this browser was the host of last, if it still has the key. */
  static lastHosted(shelf: Shelf): ClassCode | null {
    const code = shelf.getItem(LAST_HOSTED);
    return code && new Keyring(code, shelf).get('hostSecret') ? code : null;
  }

  /** The part after `#` of a link that makes someone host or assistant, where this browser knows it. */
  fragment(role: 'host' | 'assistant'): string | null {
    const secret = this.get(role === 'host' ? 'hostSecret' : 'assistantSecret');
    return secret && (role === 'host' ? secret : ASSISTANT + secret);
  }

  /** The seat was removed: whoever reloads the page is not let in under another name. */
  bar(screen: Screen): void {
    this.put(screen, REMOVED);
  }

  isBarred(screen: Screen): boolean {
    return this.get(screen) === REMOVED;
  }

  get(key: Key): string | null {
    return this.#shelf.getItem(this.#name(key));
  }

  put(key: Key, value: string): void {
    this.#shelf.setItem(this.#name(key), value);
  }

  drop(key: Key): void {
    this.#shelf.removeItem(this.#name(key));
  }

  /** The class is over: what is left of it is for its host. */
  leave(): void {
    for (const key of ['seat', 'desk', 'stage', 'rehearsal', 'rehearsalSeat', 'assistantSecret'] as const)
      this.drop(key);
  }

  /** Nothing is left of the class, and nothing of it stays here. */
  forget(): void {
    this.leave();
    this.drop('hostSecret');
  }

  #name(key: Key): string {
    return `convocation:${this.#code}:${key}`;
  }
}

/** The browser's own shelf, or one that lasts as long as the page where the browser refuses to keep anything. */
export function browserShelf(): Shelf {
  try {
    localStorage.setItem('convocation', '');
    return localStorage;
  } catch {
    const memory = new Map<string, string>();
    return {
      getItem: (key) => memory.get(key) ?? null,
      setItem: (key, value) => void memory.set(key, value),
      removeItem: (key) => void memory.delete(key),
    };
  }
}
