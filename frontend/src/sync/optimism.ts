/**
 * What the driver sees before the server has answered: the own commands applied at once, undone when refused. Not the truth: that is
 * the stage of the newest frame, to which it gives way as soon as the server has caught up.
 */
import type { Stage } from '../protocol/classroom';
import { agree, applyStage, type StageCommand } from './stage';

interface Pending {
  id: number;
  command: StageCommand;
  /** Class clock when it was given. */
  at: number;
}

/** How long after the last acknowledgement the frame may take, in ms, before the server's last word is shown. */
export const PATIENCE_MS = 1000;

export class Optimism {
  #pending: Pending[] = [];
  /** What is shown instead of the server's stage, if anything. */
  #local: Stage | null = null;

  /** A command is on its way. */
  give(command: StageCommand, id: number, at: number, server: Stage): Stage {
    this.#pending = [...this.#pending, { id, command, at }];
    this.#local = applyStage(this.#local ?? server, command, at);
    return this.#local;
  }

  /** The server did it. Returns what is shown now. */
  done(id: number, server: Stage): Stage {
    this.#forget(id);
    if (this.#pending.length === 0 && this.#local && agree(this.#local, server)) this.#local = null;
    return this.#local ?? server;
  }

  /** The server refused it, or nobody knows: what is left is applied to what the server shows. */
  undo(id: number, server: Stage): Stage {
    this.#forget(id);
    this.#local = this.#pending.length === 0 ? null : this.#replay(server);
    return this.#local ?? server;
  }

  /** A frame came. */
  frame(server: Stage): Stage {
    // The server shows its board before or after it acknowledges; a frame after the last acknowledgement has everything.
    if (this.#pending.length === 0) this.#local = null;
    return this.#local ?? server;
  }

  /** Whether every command was answered and only the frame is awaited. */
  get isAwaitingFrame(): boolean {
    return this.#local !== null && this.#pending.length === 0;
  }

  #forget(id: number): void {
    this.#pending = this.#pending.filter((pending) => pending.id !== id);
  }

  #replay(server: Stage): Stage {
    return this.#pending.reduce((stage, { command, at }) => applyStage(stage, command, at), server);
  }
}
