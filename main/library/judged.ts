/** What the library knows of each job's result that sums of money are made by: its tags, its project, and whether it was kept. */
import type { Database } from '../storage/sqlite.ts';

export interface JudgedResult {
  verdict: 'kept' | 'rejected';
  tags: string[];
  project: string | null;
}

/**
 * By job. Of several results of one job (a copy, a version) the better verdict counts. Results that are missing on the disk are in the library
 * all the same: the drive may be unplugged. Without looking at any file.
 */
export function readJudged(db: Database): Map<string, JudgedResult> {
  const found = new Map<string, JudgedResult>();
  const rows = db.all(
    `SELECT i.job_id, i.flag, i.project,
            (SELECT json_group_array(tag) FROM tags WHERE tags.number = i.number) AS tags
       FROM items i WHERE i.job_id IS NOT NULL ORDER BY i.number`,
  );
  for (const row of rows) {
    const jobId = String(row.job_id);
    const known = found.get(jobId);
    const tags = JSON.parse(String(row.tags)) as string[];
    const project = row.project === '' ? null : String(row.project);
    found.set(jobId, {
      verdict: row.flag === 'reject' && known?.verdict !== 'kept' ? 'rejected' : 'kept',
      tags: [...new Set([...(known?.tags ?? []), ...tags])],
      project: project ?? known?.project ?? null,
    });
  }
  return found;
}
