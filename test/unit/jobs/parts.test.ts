/** Parts of long performances are found by an index: a start among thousands of old orders reads none of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { isPart } from '../../../main/jobs/join/performances.ts';
import { createJobStore } from '../../../main/jobs/record/store.ts';
import { systemClock } from '../../../main/storage/clock.ts';
import { openLedger } from '../../fixtures/ledgerProfile.ts';

it('9: parts are found among other orders without reading those, whatever their prompts say', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'restage-parts-'));
  const { db, fill, close } = openLedger(folder);
  onTestFinished(() => {
    close();
    rmSync(folder, { recursive: true, force: true });
  });
  const job = { isSandbox: true, clip: 0, character: 0, project: null, estimateHigh: '1', result: null, words: [] };
  fill([...Array(40).keys()].map(() => ({ ...job, state: 'completed' as const })));
  const store = createJobStore(db, systemClock, () => undefined);
  expect(store.parts()).toEqual([]);
  const change = (id: string, fields: object) => {
    const known = JSON.parse(String(db.get('SELECT recipe FROM jobs WHERE id = ?', id)?.recipe)) as object;
    db.run('UPDATE jobs SET recipe = ? WHERE id = ?', JSON.stringify({ ...known, ...fields }), id);
  };
  const whole = { unit: 'frames', from: 0, to: 900 };
  change('job3', { prompt: 'a "part":{ of it', whole });
  change('job7', { part: { performanceId: 'p1', number: 1, count: 2, whole } });
  expect(store.parts().map(({ id }) => id)).toEqual(['job7']);
  expect(store.parts().every(isPart)).toBe(true);
  const plan = db.all(
    `EXPLAIN QUERY PLAN SELECT * FROM jobs WHERE instr(recipe, '"part":{') > 0 ORDER BY created_at, id`,
  );
  expect(plan.map(({ detail }) => String(detail)).join()).toMatch(/USING INDEX jobs_parts/);
});
