/** One unit of a dense layer: y[o] = b[o] + Σ_i x[i] · w[o, i]. */

/** One product of the sum. */
export interface DenseTerm {
  input: number;
  value: number;
  weight: number;
  product: number;
}

/** A weighted sum, with the products that matter most. */
export interface DenseSum {
  /** The largest products by amount, in the order of the amount. */
  largest: DenseTerm[];
  /** Sum of all other products, and how many they are. */
  rest: number;
  others: number;
  /** Sum of all products, without the bias. */
  sum: number;
}

/** The sum of unit `unit`; `weights` are `[outputs, inputs]`. The `keep` largest products are told one by one. */
export function denseSum(
  inputs: Float32Array,
  weights: Float32Array,
  { unit, keep }: { unit: number; keep: number },
): DenseSum {
  const row = weights.subarray(unit * inputs.length, (unit + 1) * inputs.length);
  const order = Array.from(inputs.keys()).sort((a, b) => amount(b) - amount(a));
  function amount(i: number): number {
    return Math.abs((inputs[i] ?? 0) * (row[i] ?? 0));
  }
  let sum = 0;
  for (let i = 0; i < inputs.length; i += 1) sum += (inputs[i] ?? 0) * (row[i] ?? 0);
  const largest = order.slice(0, keep).map((input): DenseTerm => {
    const value = inputs[input] ?? 0;
    const weight = row[input] ?? 0;
    return { input, value, weight, product: value * weight };
  });
  const told = largest.reduce((total, { product }) => total + product, 0);
  return { largest, rest: sum - told, others: inputs.length - largest.length, sum };
}
