/** The ko catalogue, one file per area. */
export const ko = {} as const;
