/**
 * Softmax: p[i] = exp(z[i]) / Σ_j exp(z[j]), computed as exp(z[i] − m) / Σ_j exp(z[j] − m) with m the greatest z. Both are equal, for
 * exp(−m) cancels out; the second one never leaves the range of numbers, as its largest power is exp(0) = 1.
 */

/** One class of a softmax. */
export interface Share {
  /** Its position among the classes. */
  unit: number;
  logit: number;
  /** exp(z); infinite above about 709. */
  power: number;
  /** z − m, at most 0. */
  shifted: number;
  /** exp(z − m), at most 1. */
  shiftedPower: number;
  probability: number;
}

/** All classes, and the sums that they share. */
export interface Softmax {
  shares: Share[];
  /** The greatest logit, m. */
  most: number;
  /** Σ exp(z). */
  sum: number;
  /** Σ exp(z − m), at least 1. */
  shiftedSum: number;
}

/** The softmax of logits. The probabilities are exact even where exp(z) is too large for a number. */
export function softmax(logits: Float32Array): Softmax {
  const most = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const parts = Array.from(logits, (logit, unit) => ({
    unit,
    logit,
    power: Math.exp(logit),
    shifted: logit - most,
    shiftedPower: Math.exp(logit - most),
  }));
  const shiftedSum = parts.reduce((sum, part) => sum + part.shiftedPower, 0);
  return {
    shares: parts.map((part) => ({ ...part, probability: part.shiftedPower / shiftedSum })),
    most,
    sum: parts.reduce((sum, part) => sum + part.power, 0),
    shiftedSum,
  };
}

/** Classes that are told one by one, and what all others have together. */
export interface Ranked {
  told: Share[];
  others: number;
  /** Of the others together. */
  power: number;
  shiftedPower: number;
  probability: number;
}

/** All classes in their order when they are few; of more, the likeliest `keep`, with `own` among them, and the sums of the rest. */
export function ranked({ shares }: Softmax, { keep, own }: { keep: number; own: number }): Ranked {
  const few = shares.length <= keep;
  const order = few ? shares : [...shares].sort((a, b) => b.logit - a.logit);
  const told = order.slice(0, keep);
  const mine = order.find(({ unit }) => unit === own);
  if (mine && !told.includes(mine)) told.splice(-1, 1, mine);
  const others = order.filter((share) => !told.includes(share));
  const total = (of: (share: Share) => number) => others.reduce((sum, share) => sum + of(share), 0);
  return {
    told,
    others: others.length,
    power: total((share) => share.power),
    shiftedPower: total((share) => share.shiftedPower),
    probability: total((share) => share.probability),
  };
}
