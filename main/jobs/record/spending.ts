/** Reads the ledger: every job it speaks of, at its latest word, with what an editor sums by and what came of it. */
import { z } from 'zod';
import { creditsDoubtSchema, recipeSchema } from '../../../shared/contract/jobs.ts';
import type { SpendEntry } from '../../../shared/contract/spend.ts';
import type { JudgedResult } from '../../library/judged.ts';
import type { Database, Row } from '../../storage/sqlite.ts';

const states: Readonly<Record<string, SpendEntry['state']>> = {
  hold: 'reserved',
  charged: 'charged',
  released: 'released',
  unknown: 'unknown',
};

const outcomes: Readonly<Record<string, SpendEntry['outcome']>> = {
  completed: 'delivered',
  failed: 'failed',
  expired: 'failed',
  cancelled: 'cancelled',
};

/** The results that the library holds, by job. */
type Judged = ReadonlyMap<string, JudgedResult>;

/** Newest first. A job whose request may have arrived, though nothing came back, is of unknown outcome before the ledger says a word. */
export function readSpending(db: Database, judged: Judged): SpendEntry[] {
  const rows = db.all(
    `SELECT jobs.id, jobs.task_id, jobs.state AS job_state, jobs.recipe, jobs.estimate_high, accounts.provider,
            parted.tags AS parted_tags, parted.project AS parted_project, parted.job_id IS NOT NULL AS is_parted,
            jobs.video_asset_id, video.name AS video_name, jobs.image_asset_id, image.name AS image_name,
            coalesce(word.state, 'unknown') AS state,
            coalesce(word.at, jobs.updated_at) AS at,
            CASE WHEN word.doubt IS NULL THEN (SELECT credits FROM ledger WHERE id = named.id) END AS credits,
            word.doubt, word.raw
       FROM jobs
       JOIN accounts ON accounts.id = jobs.account_id
       LEFT JOIN parted_results AS parted ON parted.job_id = jobs.id
       LEFT JOIN assets AS video ON video.id = jobs.video_asset_id
       LEFT JOIN assets AS image ON image.id = jobs.image_asset_id
       LEFT JOIN (SELECT job_id, max(id) AS id FROM ledger GROUP BY job_id) AS last ON last.job_id = jobs.id
       LEFT JOIN ledger AS word ON word.id = last.id
       LEFT JOIN (SELECT job_id, max(id) AS id FROM ledger WHERE credits IS NOT NULL GROUP BY job_id) AS named
              ON named.job_id = jobs.id
      WHERE word.id IS NOT NULL OR (jobs.outcome_unknown_since IS NOT NULL AND jobs.charge_state = 'none')
      ORDER BY at DESC, jobs.id`,
  );
  return rows.flatMap((row) => toEntry(row, judged.get(String(row.id))) ?? []);
}

/** Before a result leaves the library: its cost still belongs to its tags and its project. What comes back is read from the library again. */
export function rememberParted(db: Database, { jobId, ...result }: { jobId: string } & PartedResult): void {
  db.run(
    `INSERT INTO parted_results (job_id, tags, project) SELECT id, ?, ? FROM jobs WHERE id = ?
     ON CONFLICT (job_id) DO UPDATE SET tags = excluded.tags, project = excluded.project`,
    ...[JSON.stringify(result.tags), result.project, jobId],
  );
}

type PartedResult = Pick<JudgedResult, 'tags' | 'project'>;

const tagsSchema = z.array(z.string());

/** Null: nothing was noted of it. */
function partedOf(row: Row): PartedResult | null {
  if (row.is_parted !== 1) return null;
  return {
    tags: tagsSchema.parse(JSON.parse(String(row.parted_tags))),
    project: row.parted_project == null ? null : String(row.parted_project),
  };
}

function toEntry(row: Row, judged: JudgedResult | undefined): SpendEntry | null {
  const state = states[String(row.state)];
  if (!state) return null;
  const recipe = recipeSchema.safeParse(JSON.parse(String(row.recipe))).data;
  const kind = recipe?.kind ?? 'motion';
  const ordered = (recipe?.kind === 'motion' ? recipe.project : undefined) ?? null;
  const outcome = outcomes[String(row.job_state)] ?? 'open';
  const known = judged ?? partedOf(row);
  return {
    jobId: String(row.id),
    taskId: row.task_id == null ? null : String(row.task_id),
    at: String(row.at),
    state,
    credits: row.credits == null ? null : String(row.credits),
    doubt: creditsDoubtSchema.safeParse({ kind: row.doubt, raw: row.raw }).data ?? null,
    estimateHigh: String(row.estimate_high),
    isSandbox: row.provider === 'sandbox',
    kind,
    clip: { id: String(row.video_asset_id), name: String(row.video_name ?? '') },
    character:
      row.image_asset_id == null ? null : { id: String(row.image_asset_id), name: String(row.image_name ?? '') },
    project: known === null ? ordered : known.project,
    tags: known?.tags ?? [],
    outcome,
    result: kind === 'motion' && outcome === 'delivered' ? (judged?.verdict ?? 'gone') : null,
  };
}
