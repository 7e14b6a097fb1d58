/** The one importer of node:sqlite: opening, pragmas, migrations after a backup, transactions. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { RestageError } from '../../shared/errors.ts';
import { makeOwnFile, makeOwnFolder } from './ownOnly.ts';

export type Row = Record<string, unknown>;
export type SqlValue = SQLInputValue;

export interface Database {
  run(sql: string, ...values: SqlValue[]): number;
  get(sql: string, ...values: SqlValue[]): Row | undefined;
  all(sql: string, ...values: SqlValue[]): Row[];
  exec(sql: string): void;
  /** Commits when `work` returns, rolls back when it throws; nested calls join the outer transaction. */
  transaction<T>(work: () => T): T;
  close(): void;
}

export interface CommitMoment {
  when: 'before' | 'after';
  /** What the commit holds: the statements in order, with their values. */
  writes: readonly { sql: string; values: readonly SqlValue[] }[];
}

/** Tells of every commit just before and just after it; tests end the process there. */
const tracers = new Set<(moment: CommitMoment) => void>();
export function traceCommits(tracer: (moment: CommitMoment) => void): () => void {
  tracers.add(tracer);
  return () => tracers.delete(tracer);
}

export interface OpenOptions {
  /** FULL for what must survive a power cut, NORMAL for what can be rebuilt. */
  synchronous: 'FULL' | 'NORMAL';
  /** Migration n brings `user_version` from n to n + 1. Never edit one that has been released. */
  migrations: readonly string[];
  readOnly?: boolean;
}

/** Throws RestageError diskFull, or storage with the file's name and SQLite's words. */
export function openDatabase(file: string, options: OpenOptions): Database {
  try {
    // Read-only and not there yet: an empty database of the same shape, in memory.
    const readOnly = options.readOnly === true && existsSync(file);
    const place = options.readOnly === true && !readOnly ? ':memory:' : file;
    if (place === file && !readOnly) makeOwnDatabase(file);
    const raw = new DatabaseSync(place, { timeout: 5000, enableForeignKeyConstraints: true, readOnly });
    const database = wrap(raw);
    if (readOnly) return database;
    raw.exec(`PRAGMA journal_mode=WAL; PRAGMA synchronous=${options.synchronous};`);
    migrate(database, file, options.migrations);
    return database;
  } catch (cause) {
    throw asOpenError(file, cause);
  }
}

/** Its journal and shared memory get the mode of the database itself. */
function makeOwnDatabase(file: string): void {
  if (!existsSync(path.dirname(file))) makeOwnFolder(path.dirname(file));
  makeOwnFile(file);
}

function asOpenError(file: string, cause: unknown): RestageError {
  const known = asDiskError(cause);
  if (known instanceof RestageError) return known;
  const detail = `${path.basename(file)}: ${cause instanceof Error ? cause.message : String(cause)}`;
  return new RestageError('storage', { detail, cause });
}

/** Whether SQLite finds the file whole. A file that is not there is. Throws diskFull or storage where that cannot be told. */
export function isIntact(file: string): boolean {
  if (!existsSync(file)) return true;
  try {
    const raw = new DatabaseSync(file, { timeout: 5000 });
    try {
      return raw.prepare('PRAGMA quick_check(1)').get()?.quick_check === 'ok';
    } finally {
      raw.close();
    }
  } catch (error) {
    // A full disk, a lock, a right that is missing: none of them says anything about what the file holds.
    if (saysDamaged(error)) return false;
    throw asOpenError(file, error);
  }
}

/** Whether a reader can take the file as it lies; false: it is damaged or of an older version. Throws storage.newer, and where that cannot be told. */
export function isReadable(file: string, migrationCount: number): boolean {
  if (!existsSync(file)) return true;
  if (!isIntact(file)) return false;
  const raw = new DatabaseSync(file, { timeout: 5000, readOnly: true });
  try {
    const version = Number(raw.prepare('PRAGMA user_version').get()?.user_version ?? 0);
    if (version > migrationCount) throw newerVersion(file, version, migrationCount);
    return version === migrationCount;
  } finally {
    raw.close();
  }
}

function newerVersion(file: string, found: number, known: number): RestageError {
  const params = { file: path.basename(file), found, known };
  return new RestageError('storage', { reasons: [{ field: 'profile', rule: 'storage.newer', params }] });
}

/** SQLite's result codes [sqlite.org/rescode.html]: the lowest byte is the kind, the whole number tells more. */
const codes = { error: 1, corrupt: 11, full: 13, notADatabase: 26, noRoomForSharedMemory: 4874 };
const readErrors = { read: 266, shortRead: 522, corruptFileSystem: 8458 };
const codeOf = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error ? Number(error.errcode) : null;

function saysDamaged(error: unknown): boolean {
  const code = codeOf(error);
  if (code === null) return false;
  const kinds = [codes.error, codes.corrupt, codes.notADatabase];
  return kinds.includes(code & 0xff) || Object.values(readErrors).includes(code);
}

function migrate(database: Database, file: string, migrations: readonly string[]): void {
  const version = Number(database.get('PRAGMA user_version')?.user_version ?? 0);
  if (version > migrations.length) throw newerVersion(file, version, migrations.length);
  if (version === migrations.length) return;
  if (version > 0) backUp(database, file, version);
  for (let n = version; n < migrations.length; n += 1) {
    database.transaction(() => {
      database.exec(migrations[n] ?? '');
      database.exec(`PRAGMA user_version = ${n + 1}`);
    });
  }
}

function backUp(database: Database, file: string, version: number): void {
  const target = `${file}.before-v${version + 1}`;
  if (existsSync(target)) return;
  makeOwnFile(target); // an empty file is taken, and keeps its mode
  database.run('VACUUM INTO ?', target);
}

function wrap(raw: DatabaseSync): Database {
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known) return known;
    const made = raw.prepare(sql);
    statements.set(sql, made);
    return made;
  };
  let depth = 0;
  let writes: { sql: string; values: readonly SqlValue[] }[] = [];
  const tell = (when: CommitMoment['when']) => {
    for (const tracer of tracers) tracer({ when, writes });
  };
  const run = (sql: string, values: readonly SqlValue[]): number => {
    if (tracers.size === 0) return Number(prepare(sql).run(...values).changes);
    if (depth > 0) {
      writes.push({ sql, values });
      return Number(prepare(sql).run(...values).changes);
    }
    writes = [{ sql, values }];
    tell('before');
    const { changes } = prepare(sql).run(...values);
    tell('after');
    return Number(changes);
  };
  return {
    run: (sql, ...values) => said(() => run(sql, values)),
    get: (sql, ...values) => prepare(sql).get(...values) as Row | undefined,
    all: (sql, ...values) => prepare(sql).all(...values) as Row[],
    exec: (sql) => raw.exec(sql),
    transaction(work) {
      if (depth > 0) return work();
      depth += 1;
      writes = [];
      raw.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        tell('before');
        raw.exec('COMMIT');
        tell('after');
        return result;
      } catch (error) {
        // A full disk may have rolled it back already.
        if (raw.isTransaction) raw.exec('ROLLBACK');
        throw asDiskError(error);
      } finally {
        depth -= 1;
      }
    },
    close: () => {
      statements.clear();
      if (raw.isOpen) raw.close();
    },
  };
}

function said<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asDiskError(error);
  }
}

/** A full disk, in the words of the rest of the app. */
function asDiskError(error: unknown): unknown {
  const code = codeOf(error);
  const isFull = code !== null && ((code & 0xff) === codes.full || code === codes.noRoomForSharedMemory);
  return isFull ? new RestageError('diskFull', { detail: String(error), cause: error }) : error;
}

/** A connection that nobody refers to is closed when memory is tidied up, and its lock falls with it. */
const heldLocks = new Set<DatabaseSync>();

/**
 * Holds an exclusive lock on `file` until release or the end of the process, however it ends: the operating system drops
 * SQLite's file lock with the process, so a killed holder leaves nothing stale. Null when another process holds it.
 */
export function tryLock(file: string): { release(): void } | null {
  makeOwnDatabase(file);
  const raw = new DatabaseSync(file, { timeout: 0 });
  try {
    raw.exec('PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=DELETE; BEGIN EXCLUSIVE;');
  } catch (error) {
    raw.close();
    if (error instanceof Error && /locked|busy/i.test(error.message)) return null;
    throw asDiskError(error);
  }
  heldLocks.add(raw);
  return {
    release: () => {
      heldLocks.delete(raw);
      if (raw.isOpen) raw.close();
    },
  };
}
