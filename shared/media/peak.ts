/** Where a peak lies between the steps at which it was measured. */

/** The top of the parabola through three neighbouring values, in steps from the middle one: −0.5..0.5; 0 where they do not bend down. */
export function peakBetween(before: number, top: number, after: number): number {
  const bend = before - 2 * top + after;
  return bend >= 0 ? 0 : Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)));
}
