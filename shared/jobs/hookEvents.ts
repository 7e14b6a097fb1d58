/** What a studio's server can be told of a job. */
export const hookEvents = ['done', 'failed', 'needsYou'] as const;
export type HookEvent = (typeof hookEvents)[number];
