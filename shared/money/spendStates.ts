/** What the ledger may say of an amount, and what came of the job that it was for. */
export const spendStates = ['reserved', 'charged', 'released', 'unknown'] as const;
export type SpendState = (typeof spendStates)[number];

/** delivered: the result or the element is there. failed: it ended without, also where it was paid and its link died. cancelled: somebody stopped it. */
export const spendOutcomes = ['open', 'delivered', 'failed', 'cancelled'] as const;

/** kept: in the library and not rejected. gone: no longer in the library, thrown away as a rule. */
export const spendResults = ['kept', 'rejected', 'gone'] as const;
