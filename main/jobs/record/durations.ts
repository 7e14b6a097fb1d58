/** How long the server will take, as own history tells: the median of what was like it, by provider, kind, quality and length. */
import type { Database, Row } from '../../storage/sqlite.ts';
import type { JobRecord } from './record.ts';

/** Of fewer nothing can be said. */
const MIN_SAMPLES = 3;
/** The newest count: providers change their machines. */
const MAX_SAMPLES = 15;
/** Takes up to so many seconds long are alike. */
const LENGTHS = [5, 10, 20, Number.POSITIVE_INFINITY];
/** Longer is a computer that slept, not a task. */
const LONGEST_MS = 12 * 3600_000;

export interface Durations {
  /** Seconds from submission to the server's end; null: not known yet. */
  expectedSeconds(record: JobRecord): number | null;
  /** One more has been completed. */
  forget(): void;
}

type Like = Pick<JobRecord, 'accountId' | 'recipe' | 'plan'>;

export function createDurations(db: Database): Durations {
  let known: Map<string, number[]> | null = null;
  const providers = new Map<string, string>();

  function providerOf(accountId: string): string {
    const found =
      providers.get(accountId) ?? String(db.get('SELECT provider FROM accounts WHERE id = ?', accountId)?.provider);
    providers.set(accountId, found);
    return found;
  }

  function keyOf({ accountId, recipe, plan }: Like): string {
    const length = LENGTHS.findIndex((max) => (plan?.output.durationSeconds ?? 0) <= max);
    return [providerOf(accountId), recipe.kind, recipe.kind === 'motion' ? recipe.quality : '', length].join(' ');
  }

  function read(): Map<string, number[]> {
    const samples = new Map<string, number[]>();
    const rows = db.all(
      `SELECT account_id, recipe, plan, submitted_at, server_completed_at FROM jobs
       WHERE state = 'completed' AND submitted_at IS NOT NULL AND server_completed_at IS NOT NULL ORDER BY server_completed_at DESC LIMIT 500`,
    );
    for (const row of rows) {
      const seconds = secondsOf(row);
      if (seconds === null) continue;
      const key = keyOf({
        accountId: String(row.account_id),
        recipe: JSON.parse(String(row.recipe)),
        plan: row.plan === null ? null : JSON.parse(String(row.plan)),
      });
      const alike = samples.get(key) ?? [];
      if (alike.length < MAX_SAMPLES) samples.set(key, [...alike, seconds]);
    }
    return samples;
  }

  return {
    expectedSeconds(record) {
      known ??= read();
      const alike = known.get(keyOf(record)) ?? [];
      return alike.length < MIN_SAMPLES ? null : median(alike);
    },
    forget: () => {
      known = null;
    },
  };
}

function secondsOf(row: Row): number | null {
  const ms = Date.parse(String(row.server_completed_at)) - Date.parse(String(row.submitted_at));
  return ms > 0 && ms < LONGEST_MS ? ms / 1000 : null;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
