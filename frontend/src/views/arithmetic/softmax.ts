/** Softmax: p[i] = exp(z[i]) / Σ_j exp(z[j]). */

/** One class of a softmax. */
export interface Share {
  logit: number;
  /** exp(z); infinite above about 709. */
  power: number;
  probability: number;
}

/** All classes, and the sum that they share. */
export interface Softmax {
  shares: Share[];
  sum: number;
}

/** The softmax of logits. The probabilities are exact even where the powers are too large for a number. */
export function softmax(logits: Float32Array): Softmax {
  const most = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const scaled = Array.from(logits, (z) => Math.exp(z - most));
  const total = scaled.reduce((a, b) => a + b, 0);
  const shares = Array.from(logits, (logit, i) => ({
    logit,
    power: Math.exp(logit),
    probability: (scaled[i] ?? 0) / total,
  }));
  return { shares, sum: shares.reduce((sum, { power }) => sum + power, 0) };
}
