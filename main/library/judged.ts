/** What the library knows of each job's result that sums of money are made by: its tags, its project, and whether it was kept. */
import { z } from 'zod';
import type { Database } from '../storage/sqlite.ts';

export interface JudgedResult {
  verdict: 'kept' | 'rejected';
  tags: string[];
  project: string | null;
}

const rowSchema = z.object({
  job_id: z.string(),
  flag: z.string().nullable(),
  project: z.string().nullable(),
  tags: z.preprocess((text) => JSON.parse(String(text)), z.array(z.string())),
});

/**
 * By job. Of several results of one job (a copy, a version) the better verdict counts. Results that are missing on the disk are in the library
 * all the same: the drive may be unplugged. Without looking at any file.
 */
export function readJudged(db: Database): Map<string, JudgedResult> {
  const found = new Map<string, JudgedResult>();
  const rows = db.all(
    `SELECT item ->> '$.jobId' AS job_id, item ->> '$.flag' AS flag, item -> '$.tags' AS tags,
            coalesce(item ->> '$.project', item ->> '$.recipe.project') AS project
       FROM items WHERE item ->> '$.jobId' IS NOT NULL ORDER BY number`,
  );
  for (const row of rows) {
    const { success, data } = rowSchema.safeParse(row);
    if (!success) continue;
    const known = found.get(data.job_id);
    found.set(data.job_id, {
      verdict: data.flag === 'reject' && known?.verdict !== 'kept' ? 'rejected' : 'kept',
      tags: [...new Set([...(known?.tags ?? []), ...data.tags])],
      project: data.project ?? known?.project ?? null,
    });
  }
  return found;
}
