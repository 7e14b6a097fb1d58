/** Killed at any step on disk while it imports, rebuilds, throws away, changes or keeps originals: no master is another one, nothing is lost, the index is whole. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { rebuildIndex } from '../../../main/library/rebuild.ts';
import { readSidecar, SIDECAR_SUFFIX, sidecarText } from '../../../main/library/sidecar.ts';
import { openLibraryStore } from '../../../main/library/store.ts';
import { listTrash, putBack } from '../../../main/library/trash.ts';
import { isIntact, openDatabase } from '../../../main/storage/sqlite.ts';
import { libraryRow, sidecarOfRow } from '../../fixtures/libraryRows.ts';
import { isTimeOver, runsOf, seedOf } from '../../fixtures/runs.ts';
import { type Chance, createChance } from '../../fixtures/seeded.ts';
import { makeClip } from '../sandbox/harness.ts';

const RESULTS = 8;
const works = ['trash', 'rebuild', 'change', 'copy', 'import', 'export', 'keep'] as const;
/** About as many steps on disk as each takes. */
const steps = { trash: 45, rebuild: 45, change: 90, copy: 45, import: 45, export: 7, keep: 40 } as const;
const OLD_TIMELINE = '<fcpxml>of before</fcpxml>';
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Videos below a folder, the trash included, by their bytes. */
function masters(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const videos = names.filter((name) => /\.(mp4|mov)$/i.test(name));
  return videos.map((name) => sha256(readFileSync(path.join(folder, name)))).sort();
}

async function makeHome(chance: Chance): Promise<string> {
  const home = await mkdtemp(path.join(tmpdir(), 'restage-kill-'));
  const [folder, films] = [path.join(home, 'library'), path.join(home, 'films')];
  await mkdir(path.join(folder, 'sub'), { recursive: true });
  await mkdir(films);
  await writeFile(path.join(home, 'cut.fcpxml'), OLD_TIMELINE);
  const library = openLibraryStore(home);
  for (let n = 0; n < RESULTS; n += 1) {
    const base = path.join(folder, `take ${n}`);
    const bytes = Buffer.from(`master ${n} ${chance.int(1e9)}`);
    const content = { sha256: sha256(bytes), sizeBytes: bytes.length };
    const row = { ...libraryRow(n, { count: RESULTS }), sizeBytes: bytes.length };
    const item = { ...row, file: `${base}.mp4`, sidecar: `${base}${SIDECAR_SUFFIX}` };
    await writeFile(item.file, bytes);
    await writeFile(item.sidecar, sidecarText(sidecarOfRow(item, content)));
    library.put({ ...item, state: 'present' }, content);
  }
  library.close();
  // A person has moved one: a rebuild has to find it.
  await rename(path.join(folder, 'take 0.mp4'), path.join(folder, 'sub', 'moved.mp4'));
  for (const [name, rate] of [
    ['a', 10],
    ['b', 12],
    ['c', 15],
  ] as const)
    await makeClip(films, name, { seconds: 1, rate });
  return home;
}

async function killedAt(home: string, work: string, step: number): Promise<boolean> {
  const script = path.resolve(import.meta.dirname, '../../fixtures/libraryKillMain.ts');
  try {
    await promisify(execFile)(process.execPath, [script, home, work, String(step)], { timeout: 120_000 });
    return false;
  } catch (error) {
    if ((error as { signal?: string }).signal !== 'SIGKILL') throw error;
    return true;
  }
}

/** What a person can do next: look through the folder, and do the same again. */
async function judge(home: string, before: { library: string[]; films: string[] }, work: string): Promise<void> {
  const [folder, films] = [path.join(home, 'library'), path.join(home, 'films')];
  expect(isIntact(path.join(home, 'library.db'))).toBe(true);
  expect(masters(films)).toEqual(before.films);
  // A move that was killed between its two steps leaves one file under two names.
  const held = [...new Set(masters(folder))];
  expect(held.filter((hash) => !before.films.includes(hash))).toEqual(before.library);
  const library = openLibraryStore(home);
  await rebuildIndex(library, [folder, films], { readsAll: true });
  const shown = library.all();
  const thrown = await listTrash([folder]);
  const known = [...shown.map(({ item }) => item.id), ...thrown.map(({ id }) => id)];
  const wanted = Array.from({ length: RESULTS }, (_, n) => `row${n}`);
  expect(wanted.filter((id) => !known.includes(id))).toEqual([]);
  for (const { id } of thrown) await putBack(library, [folder], id);
  for (const { item } of library.all()) {
    expect([item.id, item.state]).toEqual([item.id, 'present']);
    // A recipe that is readable, its own, and of these very bytes.
    const sidecar = readSidecar(item.sidecar);
    expect(sidecar?.item.id).toBe(item.id);
    expect(sidecar?.file?.sha256).toBe(sha256(readFileSync(item.file)));
    expect(library.contentOf(item.id)?.sha256).toBe(sidecar?.file?.sha256);
  }
  library.close();
  const after = masters(folder).filter((hash) => !before.films.includes(hash));
  expect(after, 'and the next move brings it to its end').toEqual(before.library);
  wordsAreWhole(home);
  if (work === 'export') await timelinesAreWhole(home);
  if (work === 'keep') await originalsAreWhole(home, before.films);
  if (work !== 'import' && work !== 'copy') return;
  expect(await killedAt(home, work, 0)).toBe(false);
  const again = openLibraryStore(home);
  const imported = again.all().filter(({ item }) => item.recipe === null);
  expect(imported.map(({ content }) => content?.sha256).sort()).toEqual(before.films);
  again.close();
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
}

/** Each is what it was or what it was to become; and the next export writes both. */
async function timelinesAreWhole(home: string): Promise<void> {
  const read = (name: string) => {
    const file = path.join(home, name);
    return existsSync(file) ? readFileSync(file, 'utf8') : null;
  };
  const [made, over] = [read('new.fcpxml'), read('cut.fcpxml')];
  await rm(path.join(home, 'new.fcpxml'), { force: true });
  expect(await killedAt(home, 'export', 0)).toBe(false);
  const whole = read('new.fcpxml');
  expect(whole).toContain('</fcpxml>');
  expect([null, whole]).toContain(made);
  expect([OLD_TIMELINE, whole]).toContain(over);
}

/** Each of them whole or not there; and the next start keeps all, leaves nothing half, and names them. */
async function originalsAreWhole(home: string, films: readonly string[]): Promise<void> {
  const folder = path.join(home, 'library', 'originals');
  const names = () => (existsSync(folder) ? readdirSync(folder) : []);
  for (const name of names().filter((each) => !each.startsWith('.')))
    expect(sha256(readFileSync(path.join(folder, name)))).toBe(path.parse(name).name);
  expect(await killedAt(home, 'keep', 0)).toBe(false);
  expect(names().sort()).toEqual(films.map((hash) => `${hash}.mp4`).sort());
  const recipes = readdirSync(path.join(home, 'library')).filter((name) => name.endsWith(SIDECAR_SUFFIX));
  for (const name of recipes)
    expect(films).toContain(readSidecar(path.join(home, 'library', name))?.originals?.video?.sha256);
}

function wordsAreWhole(home: string): void {
  const db = openDatabase(path.join(home, 'library.db'), { synchronous: 'NORMAL', migrations: [], readOnly: true });
  const counts = db.get(
    `SELECT (SELECT count(*) FROM items) AS items, (SELECT count(*) FROM records) AS records,
       (SELECT count(*) FROM found WHERE found MATCH 'chars : "4" OR chars : "a" OR chars : "0"') >= 1 AS words,
       (SELECT count(*) FROM tags WHERE number NOT IN (SELECT number FROM items)) AS strays`,
  );
  expect(counts).toMatchObject({ items: counts?.records, words: 1, strays: 0 });
  db.close();
}

const kills = runsOf('LIBRARY_KILLS', { short: 7, long: 70 });
const seed = seedOf('LIBRARY_KILLS', 1);
it(`L: ${kills} kills in the middle of work lose nothing`, async () => {
  let killed = 0;
  for (let run = 0; run < kills && !isTimeOver(); run += 1) {
    const chance = createChance(seed * 104_729 + run);
    const work = works[(run + seed) % works.length] ?? 'trash';
    const step = 1 + chance.int(steps[work]);
    const home = await makeHome(chance);
    try {
      const before = { library: masters(path.join(home, 'library')), films: masters(path.join(home, 'films')) };
      if (await killedAt(home, work, step)) killed += 1;
      await judge(home, before, work);
    } catch (error) {
      throw new Error(`seed ${seed}, run ${run}: ${work}, step ${step}`, { cause: error });
    } finally {
      if (existsSync(home)) await rm(home, { recursive: true, force: true });
    }
  }
  expect(killed).toBeGreaterThan(0);
}, 1_800_000);
