/**
 * The own view of someone who explores, in a class or alone, and its address in the address bar. Nothing of it reaches anyone else.
 */
import type { Focus, Stage } from '../protocol/classroom';
import type { Router } from '../router.svelte';
import { decodeView, encodeView, hasView, linkTo, showView, viewOf } from './address';
import { applyStage, type StageCommand } from './stage';

/** How long the address waits for more of the same, in ms: browsers limit how often it may change. */
const SETTLE_MS = 300;

/** A place that is left within this time for one beside it was only passed, in ms. */
const PASSING_MS = 1000;

/** Whether two places are units or links of the same layer. */
function isBeside(a: Focus, b: Focus): boolean {
  return 'layer' in a && 'layer' in b && a.layer === b.layer && a.kind === b.kind;
}

export class OwnView {
  stage = $state.raw<Stage | null>(null);

  readonly #router: Router;
  readonly #now: () => number;
  /** When the focus last moved. */
  #moved = -Infinity;
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(router: Router, now: () => number) {
    this.#router = router;
    this.#now = now;
  }

  /** Whether the address bar names a view. */
  get isAddressed(): boolean {
    return hasView(this.#router.search);
  }

  /** Begins at a stage, as a new place in the history or instead of the present one. */
  begin(stage: Stage, how: 'push' | 'replace' = 'push'): void {
    this.stage = stage;
    this.#write(how);
  }

  /** Begins at the view in the address bar, put onto `stage`. */
  read(stage: Stage): void {
    clearTimeout(this.#settling);
    this.stage = showView(stage, decodeView(this.#router.search));
  }

  /** Changes the view. Another focus or picture is a place that Back returns to; a step, a scale or a size is a detail of it. */
  give(command: StageCommand): void {
    if (!this.stage) return;
    const isPlace = leadsElsewhere(this.stage, command);
    // The place that is left keeps the step at which it was left.
    if (isPlace) this.#write('replace');
    // A finger that runs along a strip or from unit to unit leaves one place behind, not one for each that it passed.
    const now = this.#now();
    const passing =
      command.type === 'focus' && now - this.#moved < PASSING_MS && isBeside(this.stage.focus, command.focus);
    if (command.type === 'focus') this.#moved = now;
    this.stage = applyStage(this.stage, command, now);
    clearTimeout(this.#settling);
    if (isPlace) this.#write(passing ? 'replace' : 'push');
    else this.#settling = setTimeout(() => this.#write('replace'), SETTLE_MS);
  }

  /** Takes the view out of the address bar; the view itself is kept. */
  leave(how: 'push' | 'replace'): void {
    clearTimeout(this.#settling);
    this.#router.query('', how);
  }

  /** A link that opens `stage`, or the own view, alone. */
  link(stage: Stage | null = this.stage): string {
    return stage ? linkTo(stage, this.#now()) : `${location.origin}/explore`;
  }

  #write(how: 'push' | 'replace'): void {
    clearTimeout(this.#settling);
    if (this.stage) this.#router.query(encodeView(viewOf(this.stage, this.#now())), how);
  }
}

function leadsElsewhere({ focus }: Stage, command: StageCommand): boolean {
  // A slider that is drawn from 1 to 16 is not 15 places to come Back through.
  if (command.type === 'focus')
    return command.focus.kind !== 'hyperparameters' || focus.kind !== 'hyperparameters';
  return command.type === 'choosePicture' || command.type === 'chooseNetwork';
}
