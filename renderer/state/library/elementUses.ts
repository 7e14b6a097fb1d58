/** The orders in which an element is used, the newest first. Pure. */
import type { Job } from '../../../shared/contract/jobs.ts';

export function usesOf(elementId: string, jobs: readonly Job[]): Job[] {
  return jobs
    .filter(({ recipe }) => recipe.kind === 'motion' && recipe.elementId === elementId)
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
}
