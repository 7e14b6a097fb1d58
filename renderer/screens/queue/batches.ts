/** Jobs that were ordered together, and what they come to together. Pure. */
import type { Job } from '../../../shared/contract/jobs.ts';
import { isFinal } from '../../../shared/jobs/jobStates.ts';
import type { Price } from '../../state/matrix/matrix.ts';
import { sumPrices } from '../../state/matrix/matrix.ts';

const performanceKey = 'performance ';

/** The performance that a batch is; null: it is another. */
export const performanceOf = (key: string): string | null =>
  key.startsWith(performanceKey) ? key.slice(performanceKey.length) : null;

/** Parts of a performance belong together. An order of the command line has a name; one of the matrix shares what stands before the point of its ids. Null: ordered alone. */
export function batchKeyOf({
  orderName,
  orderId,
  recipe,
}: Pick<Job, 'orderName' | 'orderId' | 'recipe'>): string | null {
  if (recipe.kind === 'motion' && recipe.part) return `${performanceKey}${recipe.part.performanceId}`;
  if (orderName !== null) return `name ${orderName}`;
  return /^matrix-[0-9a-f]{8}(?=\.)/.exec(orderId)?.[0] ?? null;
}

export type QueueLine = { kind: 'job'; job: Job; isInBatch: boolean } | { kind: 'batch'; key: string; jobs: Job[] };

/** A batch stands where its first job stands, with all of its jobs below it; a batch of one is a row like any other. */
export function linesOf(jobs: readonly Job[], folded: readonly string[]): QueueLine[] {
  const batches = new Map<string, Job[]>();
  for (const job of jobs) {
    const key = batchKeyOf(job);
    if (key !== null) batches.set(key, [...(batches.get(key) ?? []), job]);
  }
  const lines: QueueLine[] = [];
  const done = new Set<string>();
  for (const job of jobs) {
    const key = batchKeyOf(job);
    const together = key === null ? [] : (batches.get(key) ?? []);
    if (key === null || together.length < 2) lines.push({ kind: 'job', job, isInBatch: false });
    else if (!done.has(key)) {
      done.add(key);
      lines.push({ kind: 'batch', key, jobs: together });
      if (!folded.includes(key))
        lines.push(...together.map((one) => ({ kind: 'job' as const, job: one, isInBatch: true })));
    }
  }
  return lines;
}

/** What a job costs as far as is known: what was charged or is held, else its estimate; what ended without a charge costs nothing. */
export function costOf({ charge, estimate, state }: Job): Price {
  if (charge.credits !== null && (charge.state === 'charged' || charge.state === 'hold')) {
    return { low: charge.credits, high: charge.credits };
  }
  const isFree = charge.state === 'released' || (charge.state === 'none' && isFinal(state));
  return isFree ? { low: '0', high: '0' } : estimate;
}

export const sumOf = (jobs: readonly Job[]): Price => sumPrices(jobs.map(costOf));

/** The how many of the same character on the same clip each job is, by id; what was ordered once has none. */
export function takeNumbers(jobs: readonly Job[]): ReadonlyMap<string, number> {
  const pairs = new Map<string, Job[]>();
  for (const job of jobs) {
    if (job.recipe.kind !== 'motion') continue;
    const key = `${job.recipe.videoId} ${job.recipe.imageId}`;
    pairs.set(key, [...(pairs.get(key) ?? []), job]);
  }
  const numbers = new Map<string, number>();
  for (const same of pairs.values()) {
    if (same.length < 2) continue;
    const inTime = same.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt) || a.queuePosition - b.queuePosition);
    for (const [index, { id }] of inTime.entries()) numbers.set(id, index + 1);
  }
  return numbers;
}

/** Every word of the search stands in the names, the prompt or the order's name. */
export function matchesSearch(job: Job, search: string): boolean {
  const { recipe, videoName, imageName, orderName, id } = job;
  const own = recipe.kind === 'element' ? [recipe.name] : [recipe.prompt, recipe.project ?? ''];
  const text = [videoName, imageName ?? '', orderName ?? '', id, ...own].join(' ').normalize('NFC').toLowerCase();
  const words = search.normalize('NFC').toLowerCase().split(/\s+/);
  return words.every((word) => text.includes(word));
}
