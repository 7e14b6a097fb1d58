import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { backUpDatabase, restoreDatabase } from '../../../main/storage/backups.ts';
import { isIntact, openDatabase, tryLock } from '../../../main/storage/sqlite.ts';
import { RestageError } from '../../../shared/errors.ts';

const folder = () => mkdtemp(path.join(tmpdir(), 'restage-sqlite-'));

it('migrates step by step, after a backup, and keeps what was there', async () => {
  const file = path.join(await folder(), 'x.db');
  const one = openDatabase(file, { synchronous: 'FULL', migrations: ['CREATE TABLE a (n INTEGER) STRICT'] });
  one.run('INSERT INTO a VALUES (?)', 7);
  one.close();
  const two = openDatabase(file, {
    synchronous: 'FULL',
    migrations: ['CREATE TABLE a (n INTEGER) STRICT', 'ALTER TABLE a ADD COLUMN m TEXT'],
  });
  expect(two.get('SELECT n, m FROM a')).toEqual({ n: 7, m: null });
  two.close();
  const backup = openDatabase(`${file}.before-v2`, { synchronous: 'FULL', migrations: [], readOnly: true });
  expect(backup.get('SELECT * FROM a')).toEqual({ n: 7 });
  backup.close();
});

it('leaves a database of a newer program alone, and says so', async () => {
  const file = path.join(await folder(), 'x.db');
  openDatabase(file, { synchronous: 'FULL', migrations: ['CREATE TABLE a (n)', 'CREATE TABLE b (n)'] }).close();
  expect(() => openDatabase(file, { synchronous: 'FULL', migrations: ['CREATE TABLE a (n)'] })).toThrow(RestageError);
});

it('rolls a failed migration back whole', async () => {
  const file = path.join(await folder(), 'x.db');
  expect(() =>
    openDatabase(file, { synchronous: 'FULL', migrations: ['CREATE TABLE a (n); CREATE TABL b (n)'] }),
  ).toThrow(/syntax/);
  const again = openDatabase(file, { synchronous: 'FULL', migrations: ['CREATE TABLE a (n)'] });
  expect(again.all('SELECT * FROM a')).toEqual([]);
  again.close();
});

it('reads a missing database as an empty one and makes no file', async () => {
  const file = path.join(await folder(), 'x.db');
  const db = openDatabase(file, { synchronous: 'FULL', migrations: ['CREATE TABLE a (n)'], readOnly: true });
  expect(db.all('SELECT * FROM a')).toEqual([]);
  db.close();
  expect(existsSync(file)).toBe(false);
});

it('a lock keeps every other process out, and falls with its holder, however that ends', async () => {
  const file = path.join(await folder(), 'runner.lock');
  const script = `import { tryLock } from ${JSON.stringify(path.resolve('main/storage/sqlite.ts'))};
    const take = () => (tryLock(process.argv[1]) ? 'held' : 'refused');
    const said = take(); setInterval(() => {}, 1000);
    // Nobody refers to the lock any more, and memory is tidied up: it has to stay.
    setTimeout(() => { globalThis.gc(); setTimeout(() => { globalThis.gc(); console.log(said); }, 20); }, 20);`;
  const holder = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', script, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void holder.kill('SIGKILL'));
  const [said] = await once(holder.stdout, 'data');
  expect(String(said).trim()).toBe('held');
  expect(tryLock(file)).toBeNull();
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const mine = tryLock(file);
  expect(mine).not.toBeNull();
  mine?.release();
});

it('tells a damaged file from one that cannot be looked at now', async () => {
  const home = await folder();
  const garbage = path.join(home, 'garbage.db');
  await writeFile(garbage, 'no database at all, and longer than a header of a hundred bytes '.repeat(20));
  expect(isIntact(garbage)).toBe(false);
  const closed = path.join(home, 'closed.db');
  await mkdir(closed);
  expect(() => isIntact(closed)).toThrow(RestageError);
  expect(isIntact(path.join(home, 'none.db'))).toBe(true);
});

it('moves nothing when the backup cannot be copied', async () => {
  const file = path.join(await folder(), 'jobs.db');
  const db = openDatabase(file, { synchronous: 'FULL', migrations: ['CREATE TABLE a (n INTEGER) STRICT'] });
  backUpDatabase(db, file, 1000);
  db.close();
  await writeFile(file, 'damaged');
  await mkdir(`${file}.restoring`);
  await expect(restoreDatabase(file, 2000)).rejects.toThrow();
  expect(await readFile(file, 'utf8')).toBe('damaged');
});
