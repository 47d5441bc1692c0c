/** How far values reach from zero, for the ends of a colour scale. */

/** The largest amount among some values; 0 for none. */
export function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
