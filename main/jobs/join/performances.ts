/** Which jobs are parts of one performance, and how far it is. Pure. */
import type { MotionRecipe, PerformancePart } from '../../../shared/contract/jobs.ts';
import { isFinal } from '../../../shared/jobs/jobStates.ts';
import type { JobRecord } from '../record/record.ts';

export type PartJob = JobRecord & { recipe: MotionRecipe & { part: PerformancePart } };

export interface Performance {
  id: string;
  count: number;
  /** By number: the job that came home, else the newest one; absent: never ordered. */
  parts: PartJob[];
  /** rendering: some are on their way · incomplete: some failed or were never ordered · complete. */
  state: 'rendering' | 'incomplete' | 'complete';
}

export const isPart = (job: JobRecord): job is PartJob => job.recipe.kind === 'motion' && job.recipe.part !== undefined;

const isHome = (job: JobRecord) => job.state === 'completed' && job.resultItemId !== null;

/** Of two jobs of one part: what is there, then what is on its way, then what was ordered last. */
function better(a: PartJob, b: PartJob): PartJob {
  const rank = (job: PartJob) => (isHome(job) ? 2 : isFinal(job.state) ? 0 : 1);
  if (rank(a) !== rank(b)) return rank(a) > rank(b) ? a : b;
  return a.createdAt > b.createdAt ? a : b;
}

/** Parts of one performance are of one account, clip and character: what does not fit the first is none of it. */
const isOfOne = (first: PartJob, job: PartJob) =>
  job.accountId === first.accountId &&
  job.videoAssetId === first.videoAssetId &&
  job.imageAssetId === first.imageAssetId &&
  job.recipe.part.count === first.recipe.part.count;

export function performancesOf(jobs: readonly JobRecord[]): Performance[] {
  const groups = new Map<string, PartJob[]>();
  for (const job of jobs) {
    if (!isPart(job)) continue;
    const { performanceId } = job.recipe.part;
    groups.set(performanceId, [...(groups.get(performanceId) ?? []), job]);
  }
  return [...groups].map(([id, all]) => {
    const [first] = all;
    const byNumber = new Map<number, PartJob>();
    for (const job of all) {
      if (!first || !isOfOne(first, job)) continue;
      const { number } = job.recipe.part;
      const known = byNumber.get(number);
      byNumber.set(number, known ? better(known, job) : job);
    }
    const parts = [...byNumber.values()].sort((a, b) => a.recipe.part.number - b.recipe.part.number);
    const count = first?.recipe.part.count ?? 0;
    const isComplete = parts.length === count && parts.every(isHome) && isBackToBack(parts);
    const isMoving = parts.some(({ state }) => !isFinal(state));
    return { id, count, parts, state: isComplete ? 'complete' : isMoving ? 'rendering' : 'incomplete' };
  });
}

/** From the beginning of the whole to its end, without a gap. */
export function isBackToBack(parts: readonly PartJob[]): boolean {
  const [first, last] = [parts[0], parts.at(-1)];
  if (!first || !last) return false;
  const { whole } = first.recipe.part;
  return (
    first.recipe.trim?.from === whole.from &&
    last.recipe.trim?.to === whole.to &&
    parts.every(({ recipe }, index) => index === 0 || recipe.trim?.from === parts[index - 1]?.recipe.trim?.to)
  );
}
