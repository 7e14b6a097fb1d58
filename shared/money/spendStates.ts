/** What the ledger may say of an amount. */
export const spendStates = ['reserved', 'charged', 'released', 'unknown'] as const;
export type SpendState = (typeof spendStates)[number];
