/**
 * The staging of a convolution's unit: its kernels, its intermediate maps, and the sum at the current step, from the exact tensors of the
 * run that is shown. Says what things look like and are called; where they are says `scene/elastic.ts`.
 */
import type { Tensors } from '../../data/tensors';
import type { Look } from '../../paint/look';
import type { Palette } from '../../paint/palette';
import { scaleOf, type Range, type RangedGroup } from '../../paint/reach';
import { colourOf, diverging, type Scale } from '../../paint/scale';
import { m } from '../../paraglide/messages.js';
import type { Focus } from '../../protocol/classroom';
import type { Note, SceneNode } from '../../scene/node';
import { afterFrame } from '../../ui/frame';
import { kernelsOf, type Channel } from '../arithmetic/convolution';
import { partAt } from '../arithmetic/intermediate';
import { cellOfStep, slidingOf } from '../arithmetic/window';
import { unitName } from '../names';
import { cellText, fineFigure } from '../numbers';
import type { Player } from '../player.svelte';
import type { Shown } from '../show.svelte';
import type { Staging } from '../staging';
import { OpenTensors, type UnitWish } from '../tensors.svelte';
import { extentOf } from '../units/unit';
import { Channels } from './channels';
import { Maps } from './maps';
import { framesOf, inputOf, markedOf, openedOf, veilsOf, type Opened } from './opened';
import type { Numbers } from './tables';
import { WindowGrip } from './window-grip';

/** What is staged. */
export interface Score {
  shown: () => Shown | null;
  focus: () => Focus;
  groups: () => readonly RangedGroup[];
  palette: () => Palette | null;
  player: Player;
}

/** The whole sum at a step. */
export interface WholeSum {
  count: number;
  /** Over all inputs, without the bias; `null` where the layer before is too large to be read whole. */
  inputs: number | null;
  bias: number | null;
  /** The unit's value as the server computed it. */
  output: number;
}

/** Intermediate maps that are computed before they are painted. */
const MAPS_AHEAD = 16;
/** Most weights that are read out one by one. */
const SPOKEN = 25;

/** The staging of a convolution's unit. */
export class Elastic implements Staging {
  readonly #score: Score;
  readonly #tensors: Tensors;
  readonly #open: OpenTensors;
  #tries = $state(0);
  /** Whether the tensors of what is open will be asked for after this frame. */
  #due = $state(false);

  /** What is open, if it is a convolution's unit. */
  readonly opened = $derived.by((): Opened | null => {
    const { shown, focus } = this.#score;
    return openedOf(shown(), focus());
  });
  readonly #here = $derived.by(() => {
    const { opened } = this;
    const { here } = this.#open;
    const same = opened && here?.wish.layer === opened.layer && here.wish.unit === opened.unit;
    return opened && here && same ? { ...opened, tensors: here } : null;
  });
  readonly #kernels = $derived.by(() => {
    const [weights, shape] = [this.#here?.tensors.weights[0], this.#here?.layer.weights[0]];
    if (!this.#here || !weights || !shape) return null;
    const { unit, layer } = this.#here;
    return kernelsOf(weights, shape, { unit, groups: layer.op.groups });
  });
  readonly #scales = $derived.by(() => {
    const [palette, layer] = [this.#score.palette(), this.opened?.layer.id ?? ''];
    const group = this.#score.groups().find((each) => each.layers.includes(layer));
    if (!palette || !group) return null;
    const reach = (this.#kernels?.kernels ?? []).reduce(
      (most, each) => each.reduce((a, weight) => Math.max(a, Math.abs(weight)), most),
      0,
    );
    return { output: scaleOf(group, palette), weight: diverging(palette.weight, reach) };
  });
  readonly #channels = $derived.by(() => this.#here && new Channels(this.#tensors, this.#here.tensors));
  /** How the window moves, once the kernels are here. */
  readonly #moving = $derived.by(() => {
    const here = this.#here;
    const input = here && extentOf(here.source);
    const sliding = input && slidingOf(here.layer.op, input);
    if (!sliding || !this.#kernels) return null;
    return { sliding, input, output: extentOf(here.layer), channel: (of: number) => this.#channel(of) };
  });
  readonly #maps = $derived(
    this.#moving && this.#scales && new Maps({ ...this.#moving, scale: this.#scales.output }),
  );
  readonly #at = $derived.by(() => {
    const { opened } = this;
    return opened && cellOfStep(this.#score.player.step, extentOf(opened.layer));
  });
  /** What every input adds at the current step; `NaN` where its values are not here. */
  readonly #parts = $derived.by((): Float64Array | null => {
    const [here, at, moving] = [this.#here, this.#at, this.#moving];
    if (!here || !at || !moving) return null;
    return Float64Array.from({ length: here.count }, (_, i) => {
      const channel = this.#channel(here.first + i);
      return channel ? partAt(moving.sliding, at, moving.input, channel) : Number.NaN;
    });
  });

  readonly grip = $derived.by(() => this.opened && new WindowGrip(this.opened, this.#score.player));
  readonly frames = $derived(framesOf(this.opened, this.#at));
  readonly veils = $derived.by(() => veilsOf(this.opened, this.#score.player.step + 1));
  /** The sum at the current step, once the tensors are here. */
  readonly sum = $derived.by((): WholeSum | null => {
    const [here, parts] = [this.#here, this.#parts];
    if (!here || !parts) return null;
    const inputs = parts.reduce((total, part) => total + part, 0);
    return {
      count: here.count,
      inputs: Number.isNaN(inputs) ? null : inputs,
      bias: this.#bias,
      output: here.tensors.output[this.#score.player.step] ?? Number.NaN,
    };
  });
  /** The same and the maps, to be read as tables. */
  readonly numbers = $derived.by((): Numbers | null => {
    const [here, at, parts, moving] = [this.#here, this.#at, this.#parts, this.#moving];
    if (!here || !at || !parts || !moving) return null;
    const ask = (of: number) => this.#channels?.ask(of);
    return { ...moving, opened: here, at, parts, bias: this.#bias, values: here.tensors.output, ask };
  });
  readonly #bias = $derived(this.#here?.tensors.weights[1]?.[0] ?? null);

  constructor(score: Score, tensors: Tensors) {
    this.#score = score;
    this.#tensors = tensors;
    this.#open = new OpenTensors(tensors);
  }

  /** The ends of the colours of the unit's layer. */
  get range(): Range | null {
    const layer = this.opened?.layer.id ?? '';
    return this.#score.groups().find(({ layers }) => layers.includes(layer))?.range ?? null;
  }

  /** Why the tensors could not be fetched. */
  get problem() {
    return this.#open.problem;
  }

  get flowing(): boolean {
    return this.#score.player.playing;
  }

  /** Whether tensors are on their way. */
  get busy(): boolean {
    return this.#due || this.#open.busy;
  }

  retry(): void {
    this.#tries += 1;
  }

  /** Fetches what is needed for what is open; returns what ends it. Call it in an effect. */
  follow(): (() => void) | undefined {
    void this.#tries;
    const { opened } = this;
    if (!opened) return undefined;
    const { shown, layer, source, unit, chosen, first } = opened;
    const wish: UnitWish = { run: shown, layer, source, unit, input: chosen ?? first };
    // The frame in which the tiles set out does not wait for requests to be written.
    this.#due = true;
    let giveUp = () => {};
    const takeBack = afterFrame(() => {
      this.#due = false;
      giveUp = this.#open.follow(wish);
    });
    return () => {
      takeBack();
      this.#due = false;
      giveUp();
    };
  }

  /** The intermediate maps that are computed belong to what is open: they end with it. Call it in an effect. */
  compute(): () => void {
    const [maps, channels, here] = [this.#maps, this.#channels, this.#here];
    // While the tiles are on their way there is time for those that are seen first.
    const takeBack = afterFrame(() => {
      for (let i = 0; maps && here && i < Math.min(here.count, MAPS_AHEAD); i += 1)
        if (this.#channel(here.first + i)) maps.of(here.first + i);
    });
    return () => {
      takeBack();
      maps?.end();
      channels?.end();
    };
  }

  look(node: SceneNode): Look | null {
    switch (node.kind) {
      case 'kernel':
        return this.#kernelLook(node);
      case 'map':
        return this.#mapLook(node);
      case 'term':
        return this.#valueLook(this.#parts?.[this.#place(node)] ?? Number.NaN);
      case 'bias':
        return this.#valueLook(this.#bias ?? Number.NaN);
      case 'sum':
        return { type: 'disc', text: '+', fill: null };
      default:
        return null;
    }
  }

  marked(pointed: string | null): ReadonlySet<string> {
    return markedOf(this.opened, pointed);
  }

  /** The input whose pair a box or node belongs to. */
  inputOf(key: string | null): number | null {
    return inputOf(this.opened, key);
  }

  name(node: SceneNode): string | null {
    const { opened } = this;
    if (!opened || node.input === null) return null;
    const input = unitName(opened.shown.network, opened.source, node.input);
    if (node.kind === 'map') return m.elastic_map_name({ input });
    if (node.kind !== 'kernel') return null;
    const kernel = this.#kernels?.kernels[this.#place(node)];
    const spoken = kernel && kernel.length <= SPOKEN ? Array.from(kernel, cellText(kernel)).join('; ') : '';
    return m.elastic_kernel_name({ input, weights: spoken });
  }

  hint(node: SceneNode): Float32Array | null {
    return node.kind === 'kernel' ? (this.#kernels?.kernels[this.#place(node)] ?? null) : null;
  }

  target(node: SceneNode): Focus {
    const chosen = this.opened?.chosen === node.input;
    const unit: Focus = { kind: 'unit', layer: node.layer, unit: node.unit };
    return node.input === null || chosen ? unit : { ...unit, kind: 'link', input: node.input };
  }

  note(message: Note['message'], interactive: boolean): string {
    switch (message) {
      case 'kernel':
        return interactive ? m.elastic_note_kernel_choose() : m.elastic_note_kernel();
      case 'slide':
        return interactive ? m.elastic_note_slide_drag() : m.elastic_note_slide();
      case 'sum':
        return m.elastic_note_sum();
      default:
        return m.elastic_note_plain_sum();
    }
  }

  /** Position of a node's input among those that are read. */
  #place({ input }: SceneNode): number {
    return (input ?? 0) - (this.opened?.first ?? 0);
  }

  #kernelLook(node: SceneNode): Look | null {
    const { opened } = this;
    const values = this.#kernels?.kernels[this.#place(node)];
    if (!opened || !values || !this.#scales) return { type: 'empty' };
    const [rows, columns] = opened.layer.op.kernel;
    return { type: 'matrix', values, rows, columns, scale: this.#scales.weight, text: cellText(values) };
  }

  #mapLook(node: SceneNode): Look {
    const input = node.input ?? 0;
    this.#channels?.ask(input);
    const image = this.#channel(input) && this.#maps?.of(input);
    if (!image || !this.opened) return { type: 'empty' };
    return { type: 'map', image, ...extentOf(this.opened.layer) };
  }

  #valueLook(value: number): Look {
    const scale: Scale | undefined = this.#scales?.output;
    if (!scale || Number.isNaN(value)) return { type: 'chip', text: '', fill: null };
    return { type: 'chip', text: fineFigure(value), fill: colourOf(scale, value) };
  }

  /** An input's values with its kernel, as far as they are here. */
  #channel(input: number): Channel | null {
    const values = this.#channels?.of(input);
    const kernel = this.#kernels?.kernels[input - (this.opened?.first ?? 0)];
    return values && kernel ? { values, kernel } : null;
  }
}
