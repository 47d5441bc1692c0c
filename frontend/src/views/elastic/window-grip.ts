/** The window of an open convolution, held on any of its inputs, on an intermediate map or on the unit's own tile. */
import { boxKey } from '../../scene/column';
import { cellReading, stepOfCell } from '../arithmetic/window';
import type { Grip, Point } from '../grip';
import type { Player } from '../player.svelte';
import { stepAfter } from '../steps';
import { extentOf } from '../units/unit';
import { framesOf, inputsOf, type Opened } from './opened';

/** The player as far as a grip moves it. */
type Moved = Pick<Player, 'step' | 'steps' | 'drag' | 'drop'>;

/** The grip on one open unit. */
export class WindowGrip implements Grip {
  readonly on: ReadonlySet<string>;
  readonly #opened: Opened;
  readonly #player: Moved;
  /** The keys of the inputs: on them it is the window that is held, elsewhere the cell that it makes. */
  readonly #inputs: ReadonlySet<string>;

  constructor(opened: Opened, player: Moved) {
    this.#opened = opened;
    this.#player = player;
    this.#inputs = new Set(inputsOf(opened).map((input) => boxKey(opened.source.id, input)));
    this.on = new Set(framesOf(opened, { row: 0, column: 0 }).keys());
  }

  drag(key: string, { x, y }: Point): void {
    const { layer, source } = this.#opened;
    const isInput = this.#inputs.has(key);
    const map = extentOf(isInput ? source : layer);
    const cell = { row: Math.floor(y * map.rows), column: Math.floor(x * map.columns) };
    this.#player.drag(stepOfCell(isInput ? cellReading(layer.op, cell) : cell, extentOf(layer)));
  }

  press(key: string): boolean {
    const { step, steps: count } = this.#player;
    const next = stepAfter(key, { step, count, columns: extentOf(this.#opened.layer).columns });
    if (next !== null) this.#player.drag(next);
    return next !== null;
  }

  drop(): void {
    this.#player.drop();
  }
}
