/**
 * Rehearsing: an instructor alone with a class, and a student's phone beside the desk. The phone has a seat like any student's, so that
 * everything works as it will; it is called what it is, and removed when the rehearsal is over. Not how the phone looks.
 */
import { m } from '../../paraglide/messages.js';
import type { SeatId } from '../../protocol/classroom';
import type { ClassStore } from '../../sync/class.svelte';
import type { Keyring } from '../../sync/keyring';

/** What the phone's frame says to the desk when it has its seat. */
export interface Seated {
  type: 'seated';
  seat: SeatId;
}

/** Whether a message to this window is that. Where it comes from is for the caller to check. */
export function isSeated(said: unknown): said is Seated {
  if (typeof said !== 'object' || said === null || !('type' in said) || !('seat' in said)) return false;
  return said.type === 'seated' && Number.isInteger(said.seat);
}

export class Rehearsal {
  readonly #store: ClassStore;
  readonly #keyring: Keyring;
  isOn = $state(false);

  constructor(store: ClassStore, keyring: Keyring) {
    this.#store = store;
    this.#keyring = keyring;
  }

  begin(): void {
    this.isOn = true;
  }

  /** The phone has its seat: everyone of the staff sees that it is no student. */
  seated(seat: SeatId): void {
    this.#keyring.put('rehearsalSeat', String(seat));
    void this.#store.send({ type: 'rename', seat, name: m.rehearsal_name() });
  }

  /** The phone is put away, and its seat with it: it is in no count, and not in the report. */
  async end(): Promise<void> {
    this.isOn = false;
    const seat = this.#keyring.get('rehearsalSeat');
    if (seat === null) return;
    const outcome = await this.#store.send({ type: 'remove', seat: Number(seat) });
    // Without a connection it is put away when the desk is opened again.
    if (outcome.kind === 'unsent' || outcome.kind === 'unknown') return;
    this.#keyring.drop('rehearsalSeat');
    this.#keyring.drop('rehearsal');
  }

  /** A desk that was closed in the middle of a rehearsal left a phone in the class. Call it when the class is here. */
  tidy(): void {
    if (!this.isOn && this.#keyring.get('rehearsalSeat') !== null) void this.end();
  }
}
