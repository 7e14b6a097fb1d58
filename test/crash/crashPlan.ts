/** What the driver of a crash run asks of one life of the app, and what that life reports. */
import type { Recipe } from '../../shared/contract/jobs.ts';

export interface CrashCell {
  orderId: string;
  /** `videoId` and `imageId` are places in `files` here. */
  recipe: Recipe;
}

export interface CrashPlan {
  profileDir: string;
  libraryDir: string;
  /** Sources, taken in at every start as a person would drop them again. */
  files: string[];
  cells: CrashCell[];
  /** Moments that were died at already; null: this life does not end itself. */
  diedAt: string[] | null;
  /** Where a life that ends itself writes the moment, one a line. */
  momentsFile: string;
  /** A person's answer to unknown outcomes: claim the task that fits, else send again. */
  settlesOutcomes: boolean;
  sandboxTaskSeconds: number;
}

export type CrashReport =
  | { kind: 'open' }
  | { kind: 'ordered' }
  /** Every job is final, or waits for a person. */
  | { kind: 'done'; asked: number }
  | { kind: 'trouble'; text: string };
