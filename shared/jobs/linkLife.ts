/** How long the link of a finished result lives, and from when on a result that is not fetched is said loudly. Pure. */

/** [contract section 3] */
export const LINK_LIFE_MS = 24 * 3600_000;
export const LINK_ALARM_MS = 4 * 3600_000;

/** ISO time of the link's end. */
export function linkExpiry(serverCompletedAt: string): string {
  return new Date(Date.parse(serverCompletedAt) + LINK_LIFE_MS).toISOString();
}

export function isLinkAlarm(linkExpiresAt: string | null, nowMs: number): linkExpiresAt is string {
  return linkExpiresAt !== null && Date.parse(linkExpiresAt) - nowMs < LINK_ALARM_MS;
}
