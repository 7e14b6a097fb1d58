/** What orders have cost or may cost, as the ledger knows it. */
import { z } from 'zod';
import { spendOutcomes, spendResults, spendStates } from '../money/spendStates.ts';
import { creditsDoubtSchema } from './jobs.ts';

/** One job that the ledger speaks of, at its latest word. */
export const spendEntrySchema = z.object({
  jobId: z.string(),
  taskId: z.string().nullable(),
  /** When the ledger got this word. */
  at: z.string(),
  state: z.enum(spendStates),
  /** The last amount that the provider named, exact; null: none was named. */
  credits: z.string().nullable(),
  /** The last amount that was named cannot be in credits: the estimate counts. */
  doubt: creditsDoubtSchema.nullish(),
  /** What counts where no amount was named. */
  estimateHigh: z.string(),
  isSandbox: z.boolean(),
  kind: z.enum(['motion', 'element']),
  clip: z.object({ id: z.string(), name: z.string() }),
  character: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** The result's, as the library has it, else the order's. */
  project: z.string().nullable(),
  /** The result's, also when it was thrown away since. */
  tags: z.array(z.string()),
  outcome: z.enum(spendOutcomes),
  /** Null: no result came of it, or none is expected (a custom element). */
  result: z.enum(spendResults).nullable(),
});
export type SpendEntry = z.infer<typeof spendEntrySchema>;

export const spendCommands = {
  'spend.list': {
    input: z.object({}),
    output: z.object({
      entries: z.array(spendEntrySchema),
      /** Against the limits: real accounts only, what is held or unknown as its upper estimate. */
      counted: z.object({ day: z.string(), month: z.string() }),
    }),
  },
} as const;
