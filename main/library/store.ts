/** The library's index: library.db, searched with FTS5, thrown away and rebuilt from sidecars at will. */
import path from 'node:path';
import { type LibraryItem, storedItemSchema } from '../../shared/contract/library.ts';
import { RestageError } from '../../shared/errors.ts';
import { writeFileSafely } from '../storage/files.ts';
import { isOwnFile } from '../storage/ownFiles.ts';
import { type Database, isReadable, openDatabase, type Row } from '../storage/sqlite.ts';
import { type JudgedResult, readJudged } from './judged.ts';
import type { Content } from './scan.ts';
import { readSidecar, sidecarText } from './sidecar.ts';

const migrations = [
  `CREATE TABLE items (
     number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at TEXT NOT NULL, folder TEXT NOT NULL,
     item TEXT NOT NULL, words TEXT NOT NULL
   ) STRICT;
   CREATE INDEX items_created ON items (created_at DESC);
   CREATE VIRTUAL TABLE found USING fts5 (words, content='items', content_rowid='number', tokenize='trigram');
   CREATE TRIGGER items_added AFTER INSERT ON items BEGIN
     INSERT INTO found (rowid, words) VALUES (new.number, new.words);
   END;
   CREATE TRIGGER items_removed AFTER DELETE ON items BEGIN
     INSERT INTO found (found, rowid, words) VALUES ('delete', old.number, old.words);
   END;
   CREATE TRIGGER items_changed AFTER UPDATE ON items BEGIN
     INSERT INTO found (found, rowid, words) VALUES ('delete', old.number, old.words);
     INSERT INTO found (rowid, words) VALUES (new.number, new.words);
   END;`,
  'ALTER TABLE items ADD COLUMN content_sha256 TEXT;',
];

export interface LibraryStore {
  list(options: { search: string; limit: number; offset: number }): { items: LibraryItem[]; total: number };
  get(id: string): LibraryItem;
  /** `content`: by which the file is found again when it was moved by hand; left out, what is known stays. */
  put(item: LibraryItem, content?: Content | null): void;
  /** Rows that are no results: the index is rebuilt from the recipes, which are refused too. */
  forgetDamaged(): void;
  /** From the index alone; its files are somebody else's to move. */
  remove(id: string): void;
  /** By which a result's file is known again; null: not known. */
  contentOf(id: string): Content | null;
  /** Every result with the content of its file, where that is known. */
  all(): { item: LibraryItem; content: Content | null }[];
  /** See readJudged. */
  judged(): Map<string, JudgedResult>;
  update(id: string, patch: Partial<Pick<LibraryItem, 'name' | 'rating' | 'tags' | 'note'>>): Promise<LibraryItem>;
  close(): void;
}

/** False also where it is newer: it can be made anew from the sidecars by whoever opens the profile. */
export function isLibraryReadable(profileDir: string): boolean {
  try {
    return isReadable(path.join(profileDir, 'library.db'), migrations.length);
  } catch {
    return false;
  }
}

export function openLibraryStore(profileDir: string, options: { readOnly?: boolean } = {}): LibraryStore {
  const file = path.join(profileDir, 'library.db');
  const db = openDatabase(file, { synchronous: 'NORMAL', migrations, readOnly: options.readOnly ?? false });

  function get(id: string): LibraryItem {
    const row = db.get('SELECT item FROM items WHERE id = ?', id);
    const item = row ? toItem(row) : null;
    if (!item)
      throw new RestageError('notFound', { reasons: [{ field: 'id', rule: 'library.unknown', params: { id } }] });
    return item;
  }
  function put(item: LibraryItem, content?: Content | null): void {
    db.run(
      `INSERT INTO items (id, created_at, folder, item, words, content_sha256) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET folder = excluded.folder, item = excluded.item, words = excluded.words,
         content_sha256 = coalesce(excluded.content_sha256, content_sha256)`,
      item.id,
      item.createdAt,
      path.dirname(item.file),
      JSON.stringify(item),
      wordsOf(item),
      content?.sha256 ?? null,
    );
  }
  function toEntry(row: Row): { item: LibraryItem; content: Content | null } | null {
    const item = toItem(row);
    if (!item) return null;
    const sha256 = row.content_sha256 === null ? null : String(row.content_sha256);
    return { item, content: sha256 === null ? null : { sha256, sizeBytes: item.sizeBytes } };
  }
  return {
    get,
    put,
    forgetDamaged() {
      for (const row of db.all('SELECT id, item FROM items'))
        if (toItem(row) === null) db.run('DELETE FROM items WHERE id = ?', String(row.id));
    },
    remove: (id) => void db.run('DELETE FROM items WHERE id = ?', id),
    contentOf(id) {
      const row = db.get('SELECT item, content_sha256 FROM items WHERE id = ?', id);
      return row ? (toEntry(row)?.content ?? null) : null;
    },
    all: () => db.all('SELECT item, content_sha256 FROM items').flatMap((row) => toEntry(row) ?? []),
    judged: () => readJudged(db),
    list: ({ search, limit, offset }) => listItems(db, search, limit, offset),
    async update(id, patch) {
      const item = { ...get(id), ...patch };
      // The sidecar is the truth: it is written first, the index follows.
      const sidecar = readSidecar(item.sidecar);
      if (sidecar)
        await writeFileSafely(item.sidecar, sidecarText({ ...sidecar, item: { ...sidecar.item, ...patch } }));
      put(item);
      return { ...item, state: stateOf(item.file) };
    },
    close: () => db.close(),
  };
}

function listItems(
  db: Database,
  search: string,
  limit: number,
  offset: number,
): { items: LibraryItem[]; total: number } {
  // A control character is in no name, and a NUL ends the query in the middle.
  const terms = normalise(search)
    .split(/[\s\p{Cc}]+/u)
    .filter(Boolean);
  const conditions: string[] = [];
  const values: string[] = [];
  for (const term of terms) {
    // Trigrams cannot match one or two characters (every second Japanese word): LIKE does.
    if ([...term].length >= 3) {
      conditions.push('number IN (SELECT rowid FROM found WHERE found MATCH ?)');
      values.push(`"${term.replaceAll('"', '""')}"`);
    } else {
      conditions.push(`words LIKE ? ESCAPE '\\'`);
      values.push(`%${term.replace(/[\\%_]/g, '\\$&')}%`);
    }
  }
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const total = Number(db.get(`SELECT count(*) AS n FROM items ${where}`, ...values)?.n ?? 0);
  const rows = db.all(
    `SELECT item FROM items ${where} ORDER BY created_at DESC, number DESC LIMIT ? OFFSET ?`,
    ...values,
    limit,
    offset,
  );
  return { items: rows.flatMap((row) => toItem(row) ?? []), total };
}

/** Half-width, composed or full-width: the same word is found however it was typed. */
function normalise(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function wordsOf(item: LibraryItem): string {
  const recipe = item.recipe;
  const recipeWords =
    recipe.kind === 'motion'
      ? [recipe.prompt, recipe.elementId ?? '', recipe.project ?? '', recipe.quality]
      : [recipe.name, recipe.description];
  return normalise(
    [item.name, item.videoName, item.imageName ?? '', item.note, ...item.tags, ...recipeWords].join('\n'),
  );
}

/** A file that is not there is missing, never forgotten: the drive may be unplugged. A link is no result: it may lead anywhere. */
const stateOf = (file: string): LibraryItem['state'] => (isOwnFile(file) ? 'present' : 'missing');

/** Null: an older version let in what no result is like. */
function toItem(row: Row): LibraryItem | null {
  const { success, data } = storedItemSchema.safeParse(JSON.parse(String(row.item)));
  return success ? { ...data, state: stateOf(data.file) } : null;
}
