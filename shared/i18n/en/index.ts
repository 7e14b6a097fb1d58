/** The en catalogue, one file per area. */
export const en = {} as const;
