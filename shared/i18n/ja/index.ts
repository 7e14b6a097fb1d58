/** The ja catalogue, one file per area. */
export const ja = {} as const;
