/** The app on a profile that was worked with for long: thousands of results in the library, a thousand jobs behind it. */
import { join } from 'node:path';
import { openJobsDb } from '../../main/storage/jobsDb.ts';
import type { Recipe } from '../../shared/contract/jobs.ts';
import { fillLibrary } from '../fixtures/fillLibrary.ts';
import { imageAsset, videoAsset } from '../unit/renderer/samples.ts';
import { type Editor, enterSandbox, openEditor } from './editorPage.ts';

export interface Filling {
  results: number;
  jobs: number;
}

/** Results are known by the index alone: what is measured is the page and the questions it asks. */
export async function openFilledEditor(folder: string, { results, jobs }: Filling, ffmpeg: string): Promise<Editor> {
  const home = join(folder, 'filled');
  const folders = { profileDir: join(home, 'profile'), libraryDir: join(home, 'library') };
  await fillLibrary({ ...folders, count: results, ffmpeg, hasFiles: false, hasSidecars: false });
  fillJobs(folders.profileDir, jobs);
  const editor = await openEditor(home);
  await enterSandbox(editor);
  return editor;
}

const recipe: Recipe = {
  ...{ kind: 'motion', videoId: videoAsset.id, imageId: imageAsset.id, orientation: 'video', quality: '720p' },
  ...{ preset: 'fast', keepSound: true, prompt: '', watermark: false },
};

/** Jobs that have ended in every way, a minute apart: nothing works in the background while frames are counted. */
function fillJobs(profileDir: string, count: number): void {
  const states = ['completed', 'completed', 'completed', 'failed', 'cancelled'] as const;
  const startMs = Date.UTC(2026, 0, 1);
  const db = openJobsDb(profileDir);
  try {
    db.transaction(() => {
      db.run(
        `INSERT INTO accounts (id, provider, api_origin, files_origin, created_at) VALUES ('bench', 'sandbox', 'a', 'f', ?)`,
        new Date(startMs).toISOString(),
      );
      for (const { id, name, facts, addedAt } of [videoAsset, imageAsset])
        db.run(
          `INSERT INTO assets (id, name, path, size_bytes, mtime_ms, facts, added_at, used_at) VALUES (?, ?, ?, ?, 1, ?, ?, ?)`,
          id,
          name,
          join(profileDir, name),
          facts.sizeBytes,
          JSON.stringify(facts),
          addedAt,
          addedAt,
        );
      for (let n = 0; n < count; n += 1) {
        const at = new Date(startMs + n * 60_000).toISOString();
        db.run(
          `INSERT INTO jobs (id, order_id, state, account_id, recipe, video_asset_id, image_asset_id, estimate_low, estimate_high, created_at, updated_at)
           VALUES (?, ?, ?, 'bench', ?, ?, ?, '81.648', '89.8128', ?, ?)`,
          `bench-${n}`,
          `form-bench-${n}`,
          states[n % states.length] ?? 'completed',
          JSON.stringify({ ...recipe, prompt: `take ${n}` }),
          recipe.kind === 'motion' ? recipe.videoId : null,
          recipe.kind === 'motion' ? recipe.imageId : null,
          at,
          at,
        );
      }
    });
  } finally {
    db.close();
  }
}
