/**
 * The staging of the end of a network: sum and bias of an open dense unit, the softmax of an open class; and which class is pointed at, on
 * the picture or in the card. Where things are says `scene/output.ts`.
 */
import type { Tensors } from '../../data/tensors';
import type { Look } from '../../paint/look';
import { m } from '../../paraglide/messages.js';
import type { Focus } from '../../protocol/classroom';
import type { SceneNode } from '../../scene/node';
import { figure } from '../numbers';
import type { Shown } from '../show.svelte';
import type { Staging } from '../staging';
import { DenseTensors } from './dense-tensors.svelte';
import { classOf, framesOf, markedOf, openedOf, type Opened } from './opened';
import type { Pointing } from './pointing.svelte';

/** What is staged. */
export interface OutputScore {
  shown: () => Shown | null;
  focus: () => Focus;
  pointing: Pointing;
}

/** Nothing is hidden here: there are no steps. */
const NO_VEILS: Staging['veils'] = new Map();

/** The staging of one explorer. */
export class Output implements Staging {
  readonly #score: OutputScore;
  readonly #dense: DenseTensors;

  /** What is open, if it is a unit of a dense or softmax layer. */
  readonly opened = $derived.by((): Opened | null => openedOf(this.#score.shown(), this.#score.focus()));
  readonly frames = $derived.by(() => framesOf(this.opened));
  readonly veils: Staging['veils'] = NO_VEILS;
  readonly grip = null;
  readonly flowing = false;

  constructor(score: OutputScore, tensors: Tensors) {
    this.#score = score;
    this.#dense = new DenseTensors(tensors);
  }

  /** Fetches the bias of what is open; returns what ends it. Call it in an effect. */
  follow(): (() => void) | undefined {
    const { opened } = this;
    if (opened?.layer.op.type !== 'dense') return undefined;
    const { shown, source, layer, unit } = opened;
    return this.#dense.follow({ run: shown, source, dense: layer, unit });
  }

  look(node: SceneNode): Look | null {
    switch (node.kind) {
      case 'sum':
        return { type: 'disc', text: 'Σ', fill: null };
      case 'softmax':
        return { type: 'chip', text: m.op_softmax(), fill: null };
      case 'bias': {
        const { here } = this.#dense;
        const bias = here?.wish.dense?.id === node.layer ? here.row(node.unit)?.bias : undefined;
        return {
          type: 'chip',
          text: bias === undefined ? 'b' : `${bias < 0 ? '' : '+'}${figure(bias)}`,
          fill: null,
        };
      }
      default:
        return null;
    }
  }

  marked(): ReadonlySet<string> {
    return markedOf(this.opened, this.#score.pointing.unit);
  }

  /** Tells what is pointed at on the picture: a class before or after normalisation lights up in the card, too. */
  point(key: string | null): void {
    this.#score.pointing.unit = classOf(this.opened, key);
  }

  name(): null {
    return null;
  }

  hint(): null {
    return null;
  }

  /** Nothing that is staged here leads elsewhere: the boxes beside it do. */
  target(): Focus {
    return this.#score.focus();
  }

  note(): string {
    return '';
  }
}
