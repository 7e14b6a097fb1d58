/** The library's index: library.db, thrown away and rebuilt from sidecars at will. Asking it never looks at a file. */
import path from 'node:path';
import type { CommandOutput, CommandParsed } from '../../shared/contract/index.ts';
import { type LibraryItem, type StoredItem, storedItemSchema } from '../../shared/contract/library.ts';
import { RestageError } from '../../shared/errors.ts';
import { type Database, isReadable, openDatabase, type Row, type SqlValue } from '../storage/sqlite.ts';
import { type Facets, facetsOf, sumsOf } from './index/facets.ts';
import { findPage, idsOf, type Outline, outlineOf, type Page } from './index/find.ts';
import { columnsOf, itemOf, numberOf, recordColumns, recordOf, tagKey } from './index/rows.ts';
import { migrations } from './index/schema.ts';
import { foundColumns, foundValues } from './index/words.ts';
import { type JudgedResult, readJudged } from './judged.ts';
import type { Content } from './scan.ts';
import { withLaterFields } from './sidecar.ts';
import { SIDECAR_SUFFIX, videoEndings } from './suffix.ts';

/** A result as it is put into the index; its take is counted there. */
export type PutItem = StoredItem & Pick<LibraryItem, 'state'>;

/** Where a result's file should be, and whether it was there. */
export interface Place {
  id: string;
  file: string;
  isMissing: boolean;
}

interface Entry {
  item: LibraryItem;
  content: Content | null;
}

export interface LibraryStore {
  list(query: CommandParsed<'library.list'>): Page;
  outline(query: CommandParsed<'library.outline'>): Promise<Outline>;
  facets(query: CommandParsed<'library.facets'>): Promise<Facets>;
  ids(query: CommandParsed<'library.ids'>): Promise<string[]>;
  sums(ids: readonly string[]): CommandOutput<'library.sums'>;
  get(id: string): LibraryItem;
  /** `content`: by which the file is found again when it was moved by hand; left out, what is known stays. */
  put(item: PutItem, content?: Content | null): void;
  /** Many writes as one. */
  together<T>(work: () => T): T;
  /** From the index alone; its files are somebody else's to move. */
  remove(id: string): void;
  /** By which a result's file is known again; null: not known. */
  contentOf(id: string): Content | null;
  /** A result with the content of its file, where that is known; null: there is none. */
  find(id: string): Entry | null;
  /** Results whose file was not there. */
  missing(): Entry[];
  hasContent(content: Content): boolean;
  /** Recipes of some results whose order names this clip or picture; the newest first. Reads every record: not for lists. */
  madeOf(assetId: string): string[];
  /** Whether a recipe is known as that of a result whose file is in its place. */
  isSettled(sidecarPath: string): boolean;
  /** Every result with the content of its file, where that is known; the newest first. */
  all(): Entry[];
  /** Ids in an order of their own, a part of them; `before`: how many come before it. */
  idsAfter(after: string | null, limit: number): { ids: string[]; before: number; next: string | null };
  /** See readJudged. */
  judged(): Map<string, JudgedResult>;
  counts(): { present: number; missing: number };
  /** Folders in which files of results lie or lay. */
  folders(): string[];
  placesIn(folder: string): Place[];
  setMissing(ids: readonly string[], isMissing: boolean): void;
  /** Brings the words together after many of them came at once: looking one up is then one step, not one per piece. In slices. */
  tidy(): Promise<void>;
  close(): void;
}

/** Of the words’ table, brought together in one go: some milliseconds. */
const TIDIED_PAGES = 64;

/** False also where it is newer: it can be made anew from the sidecars by whoever opens the profile. */
export function isLibraryReadable(profileDir: string): boolean {
  const file = path.join(profileDir, 'library.db');
  try {
    if (!isReadable(file, migrations.length)) return false;
    const db = openDatabase(file, { synchronous: 'NORMAL', migrations, readOnly: true });
    try {
      return !hasEarlier(db);
    } finally {
      db.close();
    }
  } catch {
    return false;
  }
}

export function openLibraryStore(profileDir: string, options: { readOnly?: boolean } = {}): LibraryStore {
  const file = path.join(profileDir, 'library.db');
  const db = openDatabase(file, { synchronous: 'NORMAL', migrations, readOnly: options.readOnly ?? false });
  if (!options.readOnly) takeOverEarlier(db);
  let isClosed = false;
  return {
    ...readingOf(db),
    put: (item, content) => db.transaction(() => put(db, item, content)),
    together: (work) => db.transaction(work),
    remove: (id) => db.transaction(() => remove(db, id)),
    setMissing(ids, isMissing) {
      db.run(
        'UPDATE items SET is_missing = ? WHERE id IN (SELECT value FROM json_each(?))',
        isMissing ? 1 : 0,
        JSON.stringify(ids),
      );
    },
    async tidy() {
      const changes = () => Number(db.get('SELECT total_changes() AS n')?.n ?? 0);
      // A negative number begins it, positive ones go on, until nothing changes [sqlite.org/fts5.html, the merge command].
      for (let pages = -TIDIED_PAGES; !isClosed; pages = TIDIED_PAGES) {
        const before = changes();
        db.run(`INSERT INTO found (found, rank) VALUES ('merge', ?)`, pages);
        if (changes() - before < 2) return;
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    close() {
      isClosed = true;
      db.close();
    },
  };
}

type Reading = Omit<LibraryStore, 'put' | 'together' | 'remove' | 'setMissing' | 'tidy' | 'close'>;

function readingOf(db: Database): Reading {
  return {
    list: (query) => findPage(db, query),
    outline: (query) => outlineOf(db, query),
    facets: ({ query }) => facetsOf(db, query),
    ids: (query) => idsOf(db, query),
    sums: (ids) => sumsOf(db, ids),
    get(id) {
      const row = db.get(`SELECT ${recordColumns} FROM items i JOIN records r USING (number) WHERE i.id = ?`, id);
      if (!row)
        throw new RestageError('notFound', { reasons: [{ field: 'id', rule: 'library.unknown', params: { id } }] });
      return itemOf(row);
    },
    contentOf(id) {
      const row = db.get('SELECT size, content_sha256 FROM items WHERE id = ?', id);
      return row ? contentOfRow(row) : null;
    },
    idsAfter(after, limit) {
      const from = after ?? '';
      const rows = db.all('SELECT id FROM items WHERE id > ? ORDER BY id LIMIT ?', from, limit + 1);
      const ids = rows.slice(0, limit).map(({ id }) => String(id));
      const before = Number(db.get('SELECT count(*) AS n FROM items WHERE id <= ?', from)?.n ?? 0);
      return { ids, before, next: rows.length > limit ? (ids.at(-1) ?? null) : null };
    },
    find: (id) => db.all(`${entries} WHERE i.id = ?`, id).map(entryOf)[0] ?? null,
    missing: () => db.all(`${entries} WHERE i.is_missing = 1`).map(entryOf),
    hasContent: ({ sha256, sizeBytes }) =>
      db.get('SELECT 1 FROM items WHERE content_sha256 = ? AND size = ?', sha256, sizeBytes) !== undefined,
    madeOf: (assetId) =>
      db
        .all(`${entries} WHERE instr(r.record, ?) > 0 ORDER BY i.number DESC LIMIT 10`, `"${assetId}"`)
        .map((row) => itemOf(row).sidecar),
    isSettled(sidecarPath) {
      const base = path.basename(sidecarPath).slice(0, -SIDECAR_SUFFIX.length);
      const beside = db.get(
        `SELECT is_missing FROM items WHERE folder = ? AND sidecar IS NULL
           AND file_name IN (SELECT value FROM json_each(?))`,
        path.dirname(sidecarPath),
        JSON.stringify(videoEndings.flatMap((ending) => [base + ending, base + ending.toUpperCase()])),
      );
      const known = beside ?? db.get('SELECT is_missing FROM items WHERE sidecar = ?', sidecarPath);
      return known?.is_missing === 0;
    },
    all: () => db.all(`${entries} ORDER BY i.number DESC`).map(entryOf),
    judged: () => readJudged(db),
    counts() {
      const row = db.get('SELECT count(*) AS n, total(is_missing) AS missing FROM items');
      const missing = Number(row?.missing ?? 0);
      return { present: Number(row?.n ?? 0) - missing, missing };
    },
    folders: () => db.all('SELECT DISTINCT folder FROM items').map(({ folder }) => String(folder)),
    placesIn: (folder) =>
      db.all('SELECT id, file_name, is_missing FROM items WHERE folder = ?', folder).map((row) => ({
        id: String(row.id),
        file: path.join(folder, String(row.file_name)),
        isMissing: row.is_missing === 1,
      })),
  };
}

const entries = `SELECT ${recordColumns}, i.size, i.content_sha256 FROM items i JOIN records r USING (number)`;
const entryOf = (row: Row): Entry => ({ item: itemOf(row), content: contentOfRow(row) });

function contentOfRow({ size, content_sha256: sha256 }: Row): Content | null {
  return sha256 === null || sha256 === undefined ? null : { sha256: String(sha256), sizeBytes: Number(size) };
}

/** In a transaction of the caller's. */
function put(db: Database, item: PutItem, content?: Content | null): void {
  const known = db.get(
    'SELECT number, content_sha256, record FROM items JOIN records USING (number) WHERE id = ?',
    item.id,
  );
  const before = known ? (JSON.parse(String(known.record)) as StoredItem) : null;
  // Its place in the order is its creation's: another time of creation is another row.
  const stays = known && before?.createdAt === item.createdAt;
  if (known && !stays) remove(db, item.id);
  const number = stays ? Number(known.number) : freeNumber(db, item);
  const columns = {
    ...columnsOf(item),
    content_sha256: content?.sha256 ?? (known?.content_sha256 as string | null | undefined) ?? null,
  };
  if (stays) updateRow(db, number, columns);
  else insertRow(db, 'items', { number, ...columns, take: null, is_newest: 1 });
  const record = recordOf(item);
  db.run('INSERT OR REPLACE INTO records (number, record) VALUES (?, ?)', number, record);
  putWords(db, number, item, stays ? before : null);
  db.run('DELETE FROM tags WHERE number = ?', number);
  for (const tag of item.tags)
    db.run('INSERT OR IGNORE INTO tags (key, number, tag) VALUES (?, ?, ?)', tagKey(tag), number, tag);
  for (const shot of new Set([stays ? (before?.shotId ?? null) : null, item.shotId])) countShot(db, shot, number);
}

function insertRow(db: Database, table: string, row: Record<string, SqlValue>): void {
  const names = Object.keys(row);
  db.run(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    ...Object.values(row),
  );
}

function updateRow(db: Database, number: number, row: Record<string, SqlValue>): void {
  const names = Object.keys(row);
  db.run(
    `UPDATE items SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE number = ?`,
    ...Object.values(row),
    number,
  );
}

/** The words are cut anew only where they changed: stars and flags leave them alone. */
function putWords(db: Database, number: number, item: PutItem, before: StoredItem | null): void {
  const words = foundValues(item);
  if (before !== null && foundValues(before).join('\n') === words.join('\n')) return;
  if (before !== null) db.run('DELETE FROM found WHERE rowid = ?', number);
  db.run(
    `INSERT INTO found (rowid, ${foundColumns.join(', ')}) VALUES (?, ${foundColumns.map(() => '?').join(', ')})`,
    number,
    ...words,
  );
}

function remove(db: Database, id: string): void {
  const row = db.get('SELECT number, shot_id FROM items WHERE id = ?', id);
  if (!row) return;
  const number = Number(row.number);
  db.run('DELETE FROM items WHERE number = ?', number);
  db.run('DELETE FROM records WHERE number = ?', number);
  db.run('DELETE FROM tags WHERE number = ?', number);
  db.run('DELETE FROM found WHERE rowid = ?', number);
  countShot(db, row.shot_id === null ? null : String(row.shot_id), number);
}

/** The next that is free in the moment of its creation. */
function freeNumber(db: Database, item: PutItem): number {
  for (let number = numberOf(item); ; number += 1)
    if (!db.get('SELECT 1 FROM items WHERE number = ?', number)) return number;
}

/** Takes of a shot from this row on, and which of its results is the newest that is not hidden. */
function countShot(db: Database, shotId: string | null, from: number): void {
  if (shotId === null) {
    db.run('UPDATE items SET take = NULL, is_newest = 1 WHERE number = ? AND shot_id IS NULL', from);
    return;
  }
  let take = Number(
    db.get('SELECT take FROM items WHERE shot_id = ? AND number < ? ORDER BY number DESC LIMIT 1', shotId, from)
      ?.take ?? 0,
  );
  const later = db.all(
    'SELECT number, take FROM items WHERE shot_id = ? AND number >= ? ORDER BY number',
    shotId,
    from,
  );
  for (const row of later) {
    take += 1;
    if (row.take !== take) db.run('UPDATE items SET take = ? WHERE number = ?', take, Number(row.number));
  }
  const newest = Number(
    db.get('SELECT number FROM items WHERE shot_id = ? AND +is_hidden = 0 ORDER BY number DESC LIMIT 1', shotId)
      ?.number ?? -1,
  );
  db.run('UPDATE items SET is_newest = 0 WHERE shot_id = ? AND is_newest = 1 AND number <> ?', shotId, newest);
  db.run('UPDATE items SET is_newest = 1 WHERE number = ? AND is_newest = 0', newest);
}

const hasEarlier = (db: Database) =>
  db.get(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'earlier'`) !== undefined &&
  db.get('SELECT 1 FROM earlier LIMIT 1') !== undefined;

/** What an index of an older version knew, by today's rules: an older version let in what no result is like. */
function takeOverEarlier(db: Database): void {
  if (!hasEarlier(db)) return;
  db.transaction(() => {
    for (const row of db.all('SELECT item, content_sha256 FROM earlier')) {
      const { success, data } = storedItemSchema.safeParse(withLaterFields(JSON.parse(String(row.item))));
      if (!success) continue;
      const sha256 = row.content_sha256;
      const content = typeof sha256 === 'string' ? { sha256, sizeBytes: data.sizeBytes } : null;
      put(db, { ...data, state: 'present' }, content);
    }
    db.run('DELETE FROM earlier');
  });
}
