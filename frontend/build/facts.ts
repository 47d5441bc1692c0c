/**
 * Facts about our network for the article, from its model card, so that no number is typed in twice. Not the network itself: the
 * server describes that, and a browser test compares the two.
 */

/** The model card that says them, below the root of the project. */
export const MODEL_CARD = 'models/tiny-vgg/MODEL_CARD.md';

/** What the article may name, by the word that stands for it in the text. */
export type Facts = Readonly<Record<string, number>>;

/** One layer with maps. */
interface Maps {
  id: string;
  channels: number;
  /** Rows, which are as many as columns. */
  side: number;
  /** Rows of the picture that one of its values depends on. */
  field: number;
}

type Size = 'channels' | 'side' | 'kernel' | 'units' | 'pool';

/** The facts of a model card. Throws where the card does not say one of them. */
export function factsOf(card: string): Facts {
  const number = (pattern: RegExp): number => {
    const found = pattern.exec(card)?.[1]?.replaceAll(',', '');
    if (found === undefined) throw new Error(`the model card does not say ${pattern.source}`);
    return Number(found);
  };
  const size = {
    channels: number(/\[1, (\d+), \d+, \d+\]/u),
    side: number(/\[1, \d+, \d+, (\d+)\]/u),
    kernel: number(/four (\d+)×\d+ convolutions/u),
    units: number(/conv (\d+) →/u),
    pool: number(/max-pool (\d+)/u),
    classes: number(/dense (\d+);/u),
  };
  const maps = layers(size);
  const last = maps.at(-1);
  const flat = last ? last.channels * last.side ** 2 : 0;
  const cells = size.kernel ** 2;
  const first = maps.find(({ id }) => id === 'conv_1_1')?.side ?? 0;
  // Weights of the first convolution if no two of its cells shared them.
  const unshared = first ** 2 * size.units * size.channels * size.side ** 2;
  return {
    ...size,
    ...Object.fromEntries(
      maps.flatMap(({ id, side, field }) => [
        [id, side],
        [`field_${id}`, field],
      ]),
    ),
    cells,
    inputs: size.channels * size.side ** 2,
    flat,
    unshared_millions: Math.round(unshared / 1e6),
    unshared_hundred_millions: Math.round(unshared / 1e7) / 10,
    kernels_1_1: size.channels * size.units,
    kernels_1_2: size.units ** 2,
    weights_1_1: size.channels * size.units * cells,
    parameters_1_1: size.channels * size.units * cells + size.units,
    parameters_1_2: size.units ** 2 * cells + size.units,
    weights_output: flat * size.classes,
    parameters: number(/([\d,]+) parameters/u),
    pictures: number(/per class (\d+) for training/u),
    held: number(/The last (\d+)\s/u),
    checked: number(/the (\d+)\s+validation pictures/u),
    epochs: number(/(\d+) epochs/u),
    batch: number(/batch (\d+);/u),
    accuracy: number(/\(shipped\) \| [\d.]+ % \| ([\d.]+) %/u),
    accuracy_grey: number(/without colour \| ([\d.]+) %/u),
    accuracy_start: number(/validation top-1 \| ([\d.]+) %/u),
    accuracy_first: number(/validation top-1 \| [\d.]+ % \| ([\d.]+) %/u),
  };
}

/** Two blocks of two convolutions, each followed by a ReLU, and a max-pooling at the end of each block; nothing is padded. */
function layers({ channels, side: whole, kernel, units, pool }: Record<Size, number>): Maps[] {
  const maps: Maps[] = [];
  let [side, field, distance] = [whole, 1, 1];
  for (const block of [1, 2]) {
    for (const place of [1, 2]) {
      side -= kernel - 1;
      field += (kernel - 1) * distance;
      for (const op of ['conv', 'relu'])
        maps.push({ id: `${op}_${block}_${place}`, channels: units, side, field });
    }
    side = Math.floor(side / pool);
    field += (pool - 1) * distance;
    distance *= pool;
    maps.push({ id: `max_pool_${block}`, channels: units, side, field });
  }
  return [{ id: 'input', channels, side: whole, field: 1 }, ...maps];
}

/** Layers of our network without maps. */
const FLAT = ['flatten', 'output', 'softmax'];

/** The number of units of each layer, for links to them. */
export function unitsOf(facts: Facts): ReadonlyMap<string, number> {
  const { channels = 0, units = 0, flat = 0, classes = 0 } = facts;
  const maps = Object.keys(facts).filter((id) => /^(?:conv|relu|max_pool)_[\d_]+$/u.test(id));
  const counts = [flat, classes, classes];
  return new Map([
    ['input', channels],
    ...maps.map((id): [string, number] => [id, units]),
    ...FLAT.map((id, i): [string, number] => [id, counts[i] ?? 0]),
  ]);
}
