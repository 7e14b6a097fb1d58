/** Which order a cell is: `--order NAME` and the cell name it for ever; without a name every run is a new order. */
import { createHash, randomUUID } from 'node:crypto';
import type { Job, Recipe } from '../../../shared/contract/jobs.ts';
import { type Reason, RestageError } from '../../../shared/errors.ts';
import { tidyRecipe } from '../../../shared/rules/tidyRecipe.ts';
import { cliReason } from './cliReason.ts';

/**
 * The same NAME and inputs give the same id whatever the recipe says: a second order with another recipe meets the first one
 * on disk and is refused there, also when two processes order at once.
 */
export function orderIdFor(name: string | undefined, recipe: Recipe): string {
  if (name === undefined) return `cli-${randomUUID()}`;
  const inputs = recipe.kind === 'motion' ? [recipe.videoId, recipe.imageId] : [recipe.videoId];
  const digest = createHash('sha256')
    .update(JSON.stringify([name.normalize('NFC'), recipe.kind, ...inputs]))
    .digest('hex');
  return `cli-order-${digest.slice(0, 40)}`;
}

/** What is compared, and the flag that says it. */
const motionFields = [
  ['trim', 'from'],
  ['part', 'parts'],
  ['crop', 'crop'],
  ['imageEdit', 'image-crop'],
  ['soundTrack', 'sound-track'],
  ['orientation', 'orientation'],
  ['quality', 'quality'],
  ['preset', 'preset'],
  ['keepSound', 'no-sound'],
  ['prompt', 'prompt'],
  ['elementId', 'element'],
  ['watermark', 'watermark'],
  ['callbackUrl', 'callback-url'],
  ['project', 'project'],
] as const;
const elementFields = [
  ['trim', 'from'],
  ['crop', 'crop'],
  ['name', 'name'],
  ['description', 'description'],
  ['preset', 'preset'],
  ['callbackUrl', 'callback-url'],
] as const;

/** Every field in which an existing order differs from the one asked for; empty: it is the same order. */
export function recipeDifferences(orderName: string, existing: Job, asked: Recipe): Reason[] {
  const fields: readonly (readonly [string, string])[] = asked.kind === 'motion' ? motionFields : elementFields;
  const before = new Map<string, unknown>(Object.entries(tidyRecipe(existing.recipe)));
  const now = new Map<string, unknown>(Object.entries(tidyRecipe(asked)));
  return fields
    .filter(([key]) => describe(before.get(key)) !== describe(now.get(key)))
    .map(([key, flag]) =>
      cliReason(flag, 'orderDiffers', {
        order: orderName,
        flag,
        id: existing.id,
        existing: describe(before.get(key)),
        value: describe(now.get(key)),
      }),
    );
}

/** Half-open ranges as `from..to`, crops as they are typed; absent values as a dash. */
function describe(value: unknown): string {
  if (value === undefined || value === null || value === '') return '–';
  if (typeof value !== 'object') return String(value);
  if ('from' in value && 'to' in value && 'unit' in value)
    return `${String(value.from)}..${String(value.to)} ${String(value.unit)}`;
  if ('x' in value && 'y' in value && 'width' in value && 'height' in value)
    return `${String(value.width)}x${String(value.height)}+${String(value.x)}+${String(value.y)}`;
  return JSON.stringify(value);
}

export interface OrderCell {
  orderId: string;
  recipe: Recipe;
}

export interface SortedCells<C extends OrderCell> {
  /** In the order of `cells`; null: not ordered yet. */
  existing: (Job | null)[];
  missing: C[];
}

/** Throws conflict with every difference when a named cell exists with another recipe, or on another account's provider. */
export function sortCells<C extends OrderCell>(
  cells: readonly C[],
  jobs: readonly Job[],
  options: { orderName: string | undefined; isSandbox: boolean },
): SortedCells<C> {
  const byOrder = new Map(jobs.map((job) => [job.orderId, job]));
  const existing = cells.map((cell) => byOrder.get(cell.orderId) ?? null);
  assertSameRecipes(cells, existing, options);
  return {
    existing: existing.map((job) => (job ? latestAttempt(job, jobs) : null)),
    missing: cells.filter((_, index) => !existing[index]),
  };
}

export function assertSameRecipes(
  cells: readonly OrderCell[],
  existing: readonly (Job | null)[],
  options: { orderName: string | undefined; isSandbox: boolean },
): void {
  const { orderName, isSandbox } = options;
  if (orderName === undefined) return;
  const reasons = cells.flatMap((cell, index) => {
    const job = existing[index];
    if (!job) return [];
    const differences = recipeDifferences(orderName, job, cell.recipe);
    if (job.isSandbox === isSandbox) return differences;
    const provider = (isOne: boolean) => (isOne ? 'sandbox' : 'evolink');
    const params = {
      order: orderName,
      flag: 'provider',
      id: job.id,
      existing: provider(job.isSandbox),
      value: provider(isSandbox),
    };
    return [...differences, cliReason('provider', 'orderDiffers', params)];
  });
  if (reasons.length > 0) throw new RestageError('conflict', { reasons });
}

/** A cell that was retried as a new job is that job now. */
function latestAttempt(job: Job, jobs: readonly Job[]): Job {
  const retry = jobs
    .filter((other) => other.retryOf === job.id)
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0];
  return retry ? latestAttempt(retry, jobs) : job;
}
