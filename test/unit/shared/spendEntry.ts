/** A job as the ledger speaks of it, for tests of what is made of such. */
import type { SpendEntry } from '../../../shared/contract/spend.ts';

export const spendEntry = (more: Partial<SpendEntry>): SpendEntry => ({
  jobId: 'j',
  taskId: null,
  at: new Date(2026, 2, 1, 9).toISOString(),
  state: 'charged',
  credits: '81.64800001',
  estimateHigh: '90',
  isSandbox: false,
  kind: 'motion',
  clip: { id: 'c', name: 'clip.mp4' },
  character: { id: 'i', name: 'hero.png' },
  project: null,
  ...{ tags: [], outcome: 'delivered', result: 'kept' },
  ...more,
});
