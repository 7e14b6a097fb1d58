/** What a kill has left beside its place is swept; what somebody is still making is not. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { sweepImports } from '../../../main/library/importFolder.ts';
import { partName } from '../../../main/storage/parts.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'restage-parts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('4 kill: parts of processes that are gone, and old ones, go; parts of the living, of other machines and other files stay', async () => {
  const { pid: gone } = spawnSync(process.execPath, ['-e', '']);
  const mine = partName('.import', 'part');
  const left = mine.replace(`-${process.pid}-`, `-${gone}-`);
  const elsewhere = mine.replace(/-[0-9a-f]{8}-/, '-00000000-');
  const stale = '.import-5f2a.part';
  const others = ['.import-notes.txt', `part-${left}`, 'take.mp4'];
  for (const name of [mine, left, elsewhere, stale, ...others]) writeFileSync(path.join(folder, name), name);
  utimesSync(path.join(folder, stale), 0, 0);
  const outside = path.join(folder, 'take.mp4');
  symlinkSync(outside, path.join(folder, '.import-link.part'));
  await sweepImports(folder);
  expect(readdirSync(folder).sort()).toEqual([mine, elsewhere, ...others, '.import-link.part'].sort());
  await sweepImports(path.join(folder, 'nowhere'));
});
