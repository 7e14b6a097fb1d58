/** The app killed in the middle of copying: no result changed, nothing half under a name, and the next run makes what is missing, once. */
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { type AppProcess, openAppProcess } from '../../fixtures/appProcess.ts';
import { conformInput, copyOf, makeReference, makeResult, putResult, sha256Of } from '../../fixtures/conformWorld.ts';
import { isTimeOver, runsOf, seedOf } from '../../fixtures/runs.ts';
import { run } from '../../fixtures/runTool.ts';
import { toolPaths } from '../sandbox/harness.ts';

const tools = toolPaths();
const runs = runsOf('CONFORM_KILL', { short: 1, long: 50 });
const firstSeed = seedOf('CONFORM_KILL', 1200);

/** 0..1, the same for the same seed. */
function chance(seed: number): number {
  let state = seed;
  for (let i = 0; i < 4; i += 1) state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
}

const namesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);
const finished = (folder: string) => namesIn(folder).filter((name) => !name.startsWith('.'));

/** Every picture decodes: what has a name is whole. */
async function expectWhole(file: string, frames: number): Promise<void> {
  const args = ['-v', 'error', '-count_frames', '-select_streams', 'v:0', '-show_entries', 'stream=nb_read_frames'];
  const said = (await run(tools.ffprobe, [...args, '-of', 'csv=p=0', file])).toString().trim();
  expect([path.basename(file), Number.parseInt(said, 10)]).toEqual([path.basename(file), frames]);
}

/** Kills when so much of the work was told of as the seed says: at a state, not at a time. */
function killAt(app: AppProcess, folder: string, seed: number): Promise<void> {
  const wanted = { copies: Math.floor(chance(seed) * 3), isStaged: chance(seed + 1) < 0.7 };
  return new Promise((resolve, reject) => {
    const look = () => {
      const hasCopies = finished(folder).length >= wanted.copies;
      const isStaged = namesIn(path.join(folder, '.restage-conform')).length > 0;
      if (hasCopies && (isStaged || !wanted.isStaged)) app.kill().then(resolve, reject);
      else if (finished(folder).length === 3) app.kill().then(resolve, reject);
      else setTimeout(look, 5 + Math.floor(chance(seed + 2) * 60));
    };
    look();
  });
}

it(`kill during conform: ${runs} kills, seeded`, { timeout: 1_800_000 }, async () => {
  const home = mkdtempSync(path.join(tmpdir(), 'restage-conform-'));
  const libraryDir = path.join(home, 'library');
  const start = { profileDir: path.join(home, 'profile'), libraryDir, env: process.env };
  let app = await openAppProcess(start);
  try {
    const videoId = await app.add(await makeReference(tools.ffmpeg, path.join(home, 'reference.mp4')));
    const ids = ['one', 'two', 'three'];
    const masters: string[] = [];
    for (const [n, id] of ids.entries()) {
      const file = await makeResult(tools.ffmpeg, path.join(home, `${id}.mp4`), { seconds: 1 + n / 2, isSilent: true });
      masters.push(await putResult({ libraryDir, videoId }, { id, name: id, file }));
    }
    const hashes = masters.map(sha256Of);
    await app.call('library.rebuild', {});
    const folder = path.join(libraryDir, 'Conformed');
    for (let n = 0; n < runs && !isTimeOver(); n += 1) {
      const seed = firstSeed + n * 7;
      const presets = ['prores-lt', 'h264', 'dnxhr-sq'] as const;
      const input = conformInput(ids, { preset: presets[n % 3] ?? 'prores-lt', taskId: `kill-${seed}` });
      const asked = app.try('handoff.conform', input).catch(() => null);
      await killAt(app, folder, seed);
      await asked;
      expect([seed, masters.map(sha256Of)]).toEqual([seed, hashes]);
      for (const name of finished(folder)) {
        const which = ids.indexOf(path.parse(name).name);
        expect([seed, name, which >= 0]).toEqual([seed, name, true]);
        await expectWhole(path.join(folder, name), 30 + which * 15);
      }
      const before = finished(folder).length;
      app = await openAppProcess(start);
      const answer = await app.call('handoff.conform', { ...input, taskId: `again-${seed}` });
      const copies = ids.map((id) => copyOf(answer, id));
      expect([seed, finished(folder).sort()]).toEqual([seed, copies.map(({ file }) => path.basename(file)).sort()]);
      expect([seed, answer.items.filter(({ state }) => state === 'reused').length]).toEqual([seed, before]);
      expect(namesIn(folder).filter((name) => name.startsWith('.'))).toEqual([]);
      expect((await app.call('library.rebuild', {})).strays).toEqual([]);
      await rm(folder, { recursive: true });
    }
    expect(masters.map(sha256Of)).toEqual(hashes);
  } finally {
    await app.close().catch(() => undefined);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
});
