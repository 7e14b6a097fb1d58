/** The line to the provider, tested step by step. */
import { z } from 'zod';

export const lineStepNames = ['name', 'connection', 'proxy', 'tls', 'answer'] as const;

const lineStepSchema = z.object({
  step: z.enum(lineStepNames),
  /** notNeeded: there is no proxy, or the address is a number already. skipped: an earlier step failed. */
  outcome: z.enum(['ok', 'failed', 'notNeeded', 'skipped']),
  /** An address, who signed the certificate, the server's status; or what went wrong, in the system's own words. */
  detail: z.string().nullable(),
  tookMs: z.number(),
});
export type LineStep = z.infer<typeof lineStepSchema>;

export const linePlaceSchema = z.object({
  host: z.string(),
  /** Without name and password; null: straight. */
  proxy: z.string().nullable(),
  steps: z.array(lineStepSchema),
});
export type LinePlace = z.infer<typeof linePlaceSchema>;
