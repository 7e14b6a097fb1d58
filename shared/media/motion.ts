/** How much moves in a picture, as a score from 0 (a still) to 1 (fast or shaky), and where still ends and fast begins. Pure. */
export type MotionLevel = 'still' | 'steady' | 'fast';

/** Mean change of brightness a second (summed over its pictures) that is the highest score. */
export const fullMotionPerSecond = 1.1;

const stillBelow = 0.03 / fullMotionPerSecond;
const fastFrom = 0.5;

export function motionLevelOf(score: number): MotionLevel {
  if (score < stillBelow) return 'still';
  return score < fastFrom ? 'steady' : 'fast';
}

/** What moves most of the time decides, not one gesture. */
export function usualOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.6)] ?? 0;
}
