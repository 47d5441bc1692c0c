/**
 * One value of a batch normalisation, as ONNX's `BatchNormalization` defines it outside training:
 * y = γ · (x − μ) ÷ √(σ² + ε) + β, with one γ, β, μ and σ² per channel.
 */

/** The numbers of one channel, and what they make of a value. */
export interface Normalized {
  gamma: number;
  beta: number;
  mean: number;
  variance: number;
  epsilon: number;
  /** √(σ² + ε). */
  deviation: number;
  result: number;
}

/** What a channel makes of `value`. `weights` are its γ, β, μ and σ², one number each; `null` where one of them is missing. */
export function normalized(
  value: number,
  weights: readonly Float32Array[],
  epsilon: number,
): Normalized | null {
  const [gamma, beta, mean, variance] = weights.map((each) => each[0]);
  if (gamma === undefined || beta === undefined || mean === undefined || variance === undefined) return null;
  const deviation = Math.sqrt(variance + epsilon);
  const result = (gamma * (value - mean)) / deviation + beta;
  return { gamma, beta, mean, variance, epsilon, deviation, result };
}
