/** The sets of shortcuts to choose from: our own, and those of the programs that editors come from. */
export const keySetNames = ['restage', 'premiere', 'resolve', 'finalCut'] as const;
export type KeySetName = (typeof keySetNames)[number];
