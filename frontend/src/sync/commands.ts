/** Commands on their way to the server, each a promise of its outcome. Not a queue: what cannot be sent now is not sent later. */
import type { Command, Rejection } from '../protocol/classroom';

/** What became of a command. */
export type Outcome =
  /** It happened and is in the journal. */
  | { kind: 'done' }
  /** It was refused; nothing changed. `message` is in English. */
  | { kind: 'rejected'; reason: Rejection; message: string }
  /** There is no connection: it was never sent. */
  | { kind: 'unsent' }
  /** The connection went before the answer came: it may have happened, the next frame tells. */
  | { kind: 'unknown' };

interface Pending {
  command: Command;
  settle: (outcome: Outcome) => void;
}

export class Commands {
  #next = 0;
  readonly #pending = new Map<number, Pending>();

  /** Takes the next id, unique among all connections of this page. */
  take(command: Command): { id: number; outcome: Promise<Outcome> } {
    this.#next += 1;
    const id = this.#next;
    const outcome = new Promise<Outcome>((settle) => this.#pending.set(id, { command, settle }));
    return { id, outcome };
  }

  /** The answer to `id` came. Returns the command it belongs to, if it is still awaited. */
  settle(id: number, outcome: Outcome): Command | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.settle(outcome);
    return pending?.command;
  }

  /** The connection is gone: nobody knows what became of the rest. Returns their ids. */
  abandon(): number[] {
    const ids = [...this.#pending.keys()];
    for (const id of ids) this.settle(id, { kind: 'unknown' });
    return ids;
  }

  /** Whether an answer to one of these kinds of command is awaited. */
  isAwaiting(...types: Command['type'][]): boolean {
    return [...this.#pending.values()].some(({ command }) => types.includes(command.type));
  }
}
