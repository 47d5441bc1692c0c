/** A question and its answers in words. Not how they are laid out. */
import { m } from '../../paraglide/messages.js';
import type { Asked, Cell, Task } from '../../protocol/classroom';
import type { Description, Layer } from '../../protocol/network';
import { layerOf, mapTitle, sourceOf, unitName } from '../../views/names';
import { decimal, whole } from '../../views/numbers';

const SIGNS: readonly (() => string)[] = [m.question_negative, m.question_zero, m.question_positive];

/** 'conv_1_1 · unit 4' and the place of a cell on its map, from 1. */
function placeOf({ layer: id, unit, step }: Cell, network: Description) {
  const layer = layerOf(network, id);
  const columns = layer?.shape[2] ?? 1;
  return {
    name: layer ? mapTitle(network, layer, unit) : id,
    row: Math.floor(step / columns) + 1,
    column: (step % columns) + 1,
    alone: isFlat(layer),
  };
}

const isFlat = (layer: Layer | null) => (layer?.shape.slice(1) ?? []).every((side) => side === 1);

/** The question: in the words of whoever asked it, or in the standard ones. */
export function questionText(task: Task, own: string | null, network: Description): string {
  if (own !== null) return own;
  switch (task.kind) {
    case 'value': {
      const { alone, ...place } = placeOf(task.cell, network);
      return alone ? m.question_value_alone(place) : m.question_value(place);
    }
    case 'sign':
      return m.question_sign(placeOf(task.cell, network));
    case 'winner':
      return m.question_winner(placeOf(task.cell, network));
    case 'topClass':
      return m.question_top_class();
    case 'outputSize':
      return task.layer === null
        ? m.question_output_size_chosen()
        : m.question_output_size({ layer: task.layer });
    case 'tile':
      return m.question_tile({ layer: task.layer });
    case 'pixel': {
      const layer = layerOf(network, task.layer);
      return m.question_pixel({ name: layer ? mapTitle(network, layer, task.unit) : task.layer });
    }
    case 'fill':
      return fillText(task, network);
    case 'choice':
    case 'scale':
      return '';
  }
}

function fillText({ layer: id, unit, input }: Extract<Task, { kind: 'fill' }>, network: Description): string {
  const layer = layerOf(network, id);
  const source = layer && sourceOf(network, layer);
  const name = layer ? mapTitle(network, layer, unit) : id;
  if (input === null || !source) return m.fill_question({ name });
  return m.fill_question_link({ name, input: unitName(network, source, input) });
}

/** One answer, as it stands in a list; the number of a class or unit where the network is not known. */
export function answerText(task: Task, choice: number, network: Description | null): string {
  switch (task.kind) {
    case 'value':
      return numberText(task.numbers[choice]);
    case 'sign':
      return SIGNS[choice]?.() ?? '';
    case 'winner':
      return m.question_element({ ...cellOf(choice, task.columns), value: numberText(task.numbers[choice]) });
    case 'topClass':
      return network ? (network.labels[task.classes[choice] ?? -1] ?? '') : whole(choice + 1);
    case 'outputSize': {
      const size = task.sizes[choice];
      return size ? `${whole(size.rows)}\u202f×\u202f${whole(size.columns)}` : '';
    }
    case 'tile': {
      const layer = network && layerOf(network, task.layer);
      return layer ? unitName(network, layer, choice) : whole(choice + 1);
    }
    case 'pixel':
      return m.question_cell(cellOf(choice, task.columns));
    case 'choice':
      return task.options[choice] ?? '';
    case 'scale':
      return scaleText(task, choice);
    case 'fill':
      return '';
  }
}

function scaleText({ low, high, steps }: Extract<Task, { kind: 'scale' }>, choice: number): string {
  if (choice === 0) return m.question_scale_end({ step: 1, word: low });
  if (choice === steps - 1) return m.question_scale_end({ step: steps, word: high });
  return whole(choice + 1);
}

/** A number as it is offered; nothing beside the map. */
export function numberText(number: { digits: number; decimals: number } | null | undefined): string {
  return number ? decimal(number.digits / 10 ** number.decimals, number.decimals) : '–';
}

/** Row and column of a cell that is counted row by row, from 1. */
export function cellOf(cell: number, columns: number): { row: number; column: number } {
  return { row: Math.floor(cell / columns) + 1, column: (cell % columns) + 1 };
}

/** What kind of question it is, as a button says it. */
export function kindName(kind: Asked['kind']): string {
  return KINDS[kind]();
}

const KINDS: Readonly<Record<Asked['kind'], () => string>> = {
  value: m.question_kind_value,
  sign: m.question_kind_sign,
  winner: m.question_kind_winner,
  topClass: m.question_kind_top_class,
  outputSize: m.question_kind_output_size,
  tile: m.question_kind_tile,
  pixel: m.question_kind_pixel,
  choice: m.question_kind_choice,
  scale: m.question_kind_scale,
  fill: m.question_kind_fill,
};
