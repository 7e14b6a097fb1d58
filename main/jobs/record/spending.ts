/** Reads the ledger: every job it speaks of, at its latest word, with what an editor sums by. */
import { creditsDoubtSchema, recipeSchema } from '../../../shared/contract/jobs.ts';
import type { SpendEntry } from '../../../shared/contract/spend.ts';
import type { Database, Row } from '../../storage/sqlite.ts';

const states: Readonly<Record<string, SpendEntry['state']>> = {
  hold: 'reserved',
  charged: 'charged',
  released: 'released',
  unknown: 'unknown',
};

/** Newest first. A job whose request may have arrived, though nothing came back, is of unknown outcome before the ledger says a word. */
export function readSpending(db: Database): SpendEntry[] {
  const rows = db.all(
    `SELECT jobs.id, jobs.task_id, jobs.recipe, jobs.estimate_high, accounts.provider,
            jobs.video_asset_id, video.name AS video_name, jobs.image_asset_id, image.name AS image_name,
            coalesce(word.state, 'unknown') AS state,
            coalesce(word.at, jobs.updated_at) AS at,
            CASE WHEN word.doubt IS NULL THEN (SELECT credits FROM ledger WHERE id = named.id) END AS credits,
            word.doubt, word.raw
       FROM jobs
       JOIN accounts ON accounts.id = jobs.account_id
       LEFT JOIN assets AS video ON video.id = jobs.video_asset_id
       LEFT JOIN assets AS image ON image.id = jobs.image_asset_id
       LEFT JOIN (SELECT job_id, max(id) AS id FROM ledger GROUP BY job_id) AS last ON last.job_id = jobs.id
       LEFT JOIN ledger AS word ON word.id = last.id
       LEFT JOIN (SELECT job_id, max(id) AS id FROM ledger WHERE credits IS NOT NULL GROUP BY job_id) AS named
              ON named.job_id = jobs.id
      WHERE word.id IS NOT NULL OR (jobs.outcome_unknown_since IS NOT NULL AND jobs.charge_state = 'none')
      ORDER BY at DESC, jobs.id`,
  );
  return rows.flatMap((row) => toEntry(row) ?? []);
}

function toEntry(row: Row): SpendEntry | null {
  const state = states[String(row.state)];
  if (!state) return null;
  const recipe = recipeSchema.safeParse(JSON.parse(String(row.recipe))).data;
  return {
    jobId: String(row.id),
    taskId: row.task_id == null ? null : String(row.task_id),
    at: String(row.at),
    state,
    credits: row.credits == null ? null : String(row.credits),
    doubt: creditsDoubtSchema.safeParse({ kind: row.doubt, raw: row.raw }).data ?? null,
    estimateHigh: String(row.estimate_high),
    isSandbox: row.provider === 'sandbox',
    kind: recipe?.kind ?? 'motion',
    clip: { id: String(row.video_asset_id), name: String(row.video_name ?? '') },
    character:
      row.image_asset_id == null ? null : { id: String(row.image_asset_id), name: String(row.image_name ?? '') },
    project: (recipe?.kind === 'motion' ? recipe.project : undefined) ?? null,
  };
}
