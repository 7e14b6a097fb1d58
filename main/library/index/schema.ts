/**
 * The tables of library.db. What is filtered and sorted has columns; the record itself lies apart and is read for the rows of a page
 * alone. A row's number is its time of creation in milliseconds times 2048: the order of the table, of the words and of the tags is the
 * order in which results were made, so that the newest page of any search is read off without sorting.
 */
import { foundColumns } from './words.ts';

/** So many results may be made in one millisecond before they push each other on. Until the year 2109 numbers stay exact. */
export const NUMBERS_PER_MS = 2048;

/** Released ones stay as they are: what they made is moved by a later one. */
export const migrations = [
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
  // What the old table knew waits in `earlier` until the store has taken it over: its records are checked and cut into words by the app.
  `CREATE TABLE earlier (item TEXT NOT NULL, content_sha256 TEXT) STRICT;
   INSERT INTO earlier SELECT item, content_sha256 FROM items ORDER BY created_at, id;
   DROP TABLE found;
   DROP TABLE items;
   CREATE TABLE items (
     number INTEGER PRIMARY KEY,
     id TEXT NOT NULL UNIQUE,
     job_id TEXT,
     folder TEXT NOT NULL,
     file_name TEXT NOT NULL,
     sidecar TEXT,
     day TEXT NOT NULL,
     name_key TEXT NOT NULL,
     clip_key TEXT NOT NULL,
     clip TEXT NOT NULL,
     character_key TEXT NOT NULL,
     character TEXT NOT NULL,
     project_key TEXT NOT NULL,
     project TEXT NOT NULL,
     element TEXT NOT NULL,
     quality TEXT NOT NULL,
     orientation TEXT NOT NULL,
     width INTEGER NOT NULL,
     height INTEGER NOT NULL,
     duration REAL NOT NULL,
     size INTEGER NOT NULL,
     charge INTEGER NOT NULL,
     rating INTEGER NOT NULL,
     flag TEXT NOT NULL,
     account TEXT NOT NULL,
     is_sandbox INTEGER NOT NULL,
     is_imported INTEGER NOT NULL,
     is_hidden INTEGER NOT NULL,
     is_missing INTEGER NOT NULL,
     is_signed INTEGER NOT NULL,
     shot_id TEXT,
     take INTEGER,
     is_newest INTEGER NOT NULL,
     content_sha256 TEXT
   ) STRICT;
   CREATE TABLE records (number INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT;
   CREATE TABLE tags (key TEXT NOT NULL, number INTEGER NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (key, number)) STRICT, WITHOUT ROWID;
   CREATE INDEX tags_number ON tags (number);
   CREATE INDEX items_folder ON items (folder, file_name);
   -- Where it does not lie beside its file, under the same name.
   CREATE INDEX items_sidecar ON items (sidecar) WHERE sidecar IS NOT NULL;
   -- Groups of names go upwards, the results in each go down.
   CREATE INDEX items_content ON items (content_sha256);
   CREATE INDEX items_day ON items (day);
   CREATE INDEX items_name ON items (name_key);
   CREATE INDEX items_clip ON items (clip_key, number DESC);
   CREATE INDEX items_character ON items (character_key, number DESC);
   CREATE INDEX items_project ON items (project_key, number DESC);
   CREATE INDEX items_element ON items (element) WHERE element <> '';
   CREATE INDEX items_quality ON items (quality);
   CREATE INDEX items_orientation ON items (orientation);
   CREATE INDEX items_duration ON items (duration);
   CREATE INDEX items_size ON items (size);
   CREATE INDEX items_charge ON items (charge);
   CREATE INDEX items_rating ON items (rating);
   CREATE INDEX items_flag ON items (flag);
   CREATE INDEX items_missing ON items (is_missing) WHERE is_missing = 1;
   CREATE INDEX items_hidden ON items (is_hidden) WHERE is_hidden = 1;
   CREATE INDEX items_shot ON items (shot_id) WHERE shot_id IS NOT NULL;
   CREATE INDEX items_newest ON items (shot_id) WHERE is_newest = 1;
   CREATE VIRTUAL TABLE found USING fts5 (
     ${foundColumns.join(', ')}, content='', contentless_delete=1,
     tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
   );`,
];
