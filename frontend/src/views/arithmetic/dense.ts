/** One unit of a dense layer: y[o] = b[o] + Σ_i x[i] · w[o, i], with the sum told by the channels that the x come from. */

/** What one channel adds to the sum. */
export interface Contribution {
  channel: number;
  sum: number;
  /** The element of the channel with the largest product by amount, counted along the whole layer. */
  strongest: number;
}

/** A weighted sum and its parts. */
export interface DenseSum {
  /** The weights of the unit, `[inputs]`. */
  weights: Float32Array;
  /** x[i] · w[o, i] of every input, `[inputs]`. */
  products: Float32Array;
  /** Sum of all products, without the bias. */
  sum: number;
  /** By channel, in order. */
  channels: Contribution[];
  /** Inputs with the largest and with the smallest product, and with the largest by amount. */
  most: number;
  least: number;
  strongest: number;
}

/** The sum of a unit with the weights `row`, `[inputs]`; `size` inputs after each other come from one channel. */
export function denseSum(inputs: Float32Array, row: Float32Array, size: number): DenseSum {
  const products = new Float32Array(inputs.length);
  const found = { sum: 0, most: 0, least: 0, strongest: 0 };
  const channels: Contribution[] = [];
  const at = (i: number) => products[i] ?? 0;
  for (let i = 0; i < inputs.length; i += 1) {
    // The sums are added up with the precision of the browser; only what is painted is rounded to 32 bits.
    const product = (inputs[i] ?? 0) * (row[i] ?? 0);
    products[i] = product;
    found.sum += product;
    if (at(i) > at(found.most)) found.most = i;
    if (at(i) < at(found.least)) found.least = i;
    if (Math.abs(at(i)) > Math.abs(at(found.strongest))) found.strongest = i;
    const channel = Math.floor(i / size);
    const own = (channels[channel] ??= { channel, sum: 0, strongest: i });
    own.sum += product;
    if (Math.abs(at(i)) > Math.abs(at(own.strongest))) own.strongest = i;
  }
  return { weights: row, products, channels, ...found };
}

/** The parts that are told one by one, and the sum of all others. */
export interface Told<T> {
  told: T[];
  others: number;
  rest: number;
}

/** All parts when they are few; of more, the `keep` largest by amount, in their own order, and the sum of the rest. */
export function tell<T extends { sum: number }>(parts: readonly T[], keep: number): Told<T> {
  if (parts.length <= keep) return { told: [...parts], others: 0, rest: 0 };
  const order = [...parts].sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum)).slice(0, keep);
  const chosen = new Set(order);
  const rest = parts.reduce((sum, part) => (chosen.has(part) ? sum : sum + part.sum), 0);
  return { told: parts.filter((part) => chosen.has(part)), others: parts.length - keep, rest };
}
