/** The schema of jobs.db: accounts, assets, prepared files, jobs, their log, uploads, ledger, elements. The truth of a profile. */
import path from 'node:path';
import { type Database, isReadable, openDatabase } from './sqlite.ts';

const migrations = [
  `
  CREATE TABLE accounts (
    id TEXT PRIMARY KEY, provider TEXT NOT NULL CHECK (provider IN ('sandbox', 'evolink')),
    api_origin TEXT NOT NULL, files_origin TEXT NOT NULL, key_fingerprint TEXT,
    honours_keys INTEGER NOT NULL DEFAULT 0, remaining_credits TEXT, checked_at TEXT, created_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE assets (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, path TEXT NOT NULL, is_staged INTEGER NOT NULL DEFAULT 0,
    size_bytes INTEGER NOT NULL, mtime_ms REAL NOT NULL, facts TEXT NOT NULL, added_at TEXT NOT NULL, used_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX assets_used ON assets (used_at DESC);
  CREATE TABLE prepared (
    id TEXT PRIMARY KEY, asset_id TEXT NOT NULL REFERENCES assets (id), plan TEXT NOT NULL, sha256 TEXT NOT NULL,
    size_bytes INTEGER NOT NULL, path TEXT NOT NULL, mime_type TEXT NOT NULL, is_source INTEGER NOT NULL,
    is_kept INTEGER NOT NULL DEFAULT 0, created_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE jobs (
    id TEXT PRIMARY KEY, order_id TEXT NOT NULL UNIQUE, order_name TEXT, state TEXT NOT NULL, waiting_for TEXT, next_try_at INTEGER,
    is_hidden INTEGER NOT NULL DEFAULT 0, is_paused INTEGER NOT NULL DEFAULT 0,
    account_id TEXT NOT NULL REFERENCES accounts (id), recipe TEXT NOT NULL, plan TEXT,
    video_asset_id TEXT NOT NULL REFERENCES assets (id), image_asset_id TEXT REFERENCES assets (id),
    estimate_low TEXT NOT NULL, estimate_high TEXT NOT NULL,
    charge_state TEXT NOT NULL DEFAULT 'none', charge_credits TEXT,
    prepared_id TEXT REFERENCES prepared (id), prepared_image_id TEXT, video_upload_id TEXT, image_upload_id TEXT,
    idempotency_key TEXT, body TEXT, is_post_in_flight INTEGER NOT NULL DEFAULT 0, post_count INTEGER NOT NULL DEFAULT 0,
    first_post_at INTEGER, outcome_unknown_since INTEGER, budget_approved INTEGER NOT NULL DEFAULT 0,
    task_id TEXT, task_raw TEXT, estimated_seconds REAL, server_progress REAL, vanished_since INTEGER, submitted_at TEXT, server_completed_at TEXT,
    result_urls TEXT, result_name TEXT, result_item_id TEXT, result_element_id TEXT, result_file TEXT, result_sidecar TEXT,
    problem TEXT, retry_of TEXT, created_at TEXT NOT NULL, updated_at TEXT NOT NULL, finished_at TEXT
  ) STRICT;
  CREATE INDEX jobs_open ON jobs (state, created_at);
  CREATE INDEX jobs_order_name ON jobs (order_name);
  CREATE UNIQUE INDEX jobs_task ON jobs (account_id, task_id) WHERE task_id IS NOT NULL;
  CREATE TABLE job_log (
    id INTEGER PRIMARY KEY, job_id TEXT NOT NULL REFERENCES jobs (id), at TEXT NOT NULL, event TEXT NOT NULL, detail TEXT NOT NULL
  ) STRICT;
  CREATE INDEX job_log_job ON job_log (job_id, id);
  CREATE TABLE uploads (
    file_id TEXT NOT NULL, account_id TEXT NOT NULL REFERENCES accounts (id), sha256 TEXT NOT NULL, url TEXT NOT NULL,
    size_bytes INTEGER NOT NULL, expires_at TEXT NOT NULL, created_at TEXT NOT NULL, is_deleted INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (account_id, file_id)
  ) STRICT;
  CREATE INDEX uploads_content ON uploads (account_id, sha256);
  CREATE TABLE ledger (
    id INTEGER PRIMARY KEY, job_id TEXT NOT NULL REFERENCES jobs (id), account_id TEXT NOT NULL REFERENCES accounts (id),
    at TEXT NOT NULL, state TEXT NOT NULL, credits TEXT
  ) STRICT;
  CREATE TABLE elements (
    element_id TEXT NOT NULL, account_id TEXT NOT NULL REFERENCES accounts (id), name TEXT NOT NULL, description TEXT NOT NULL,
    job_id TEXT NOT NULL REFERENCES jobs (id), created_at TEXT NOT NULL, PRIMARY KEY (account_id, element_id)
  ) STRICT;
  `,
  `
  ALTER TABLE jobs ADD COLUMN queue_position INTEGER NOT NULL DEFAULT 0;
  UPDATE jobs SET queue_position = ranked.n
    FROM (SELECT id, row_number() OVER (ORDER BY created_at, rowid) AS n FROM jobs) AS ranked WHERE ranked.id = jobs.id;
  CREATE INDEX jobs_queue ON jobs (queue_position);
  ALTER TABLE jobs ADD COLUMN is_consent_open INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE queue (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1), hold TEXT NOT NULL CHECK (hold IN ('none', 'all', 'afterCurrent')), current_ids TEXT NOT NULL
  ) STRICT;
  INSERT INTO queue (only_row, hold, current_ids) VALUES (1, 'none', '[]');
  `,
  'ALTER TABLE jobs ADD COLUMN space TEXT;',
  `
  ALTER TABLE jobs ADD COLUMN charge_doubt TEXT;
  ALTER TABLE jobs ADD COLUMN charge_raw TEXT;
  ALTER TABLE jobs ADD COLUMN server_video_seconds REAL;
  ALTER TABLE ledger ADD COLUMN doubt TEXT;
  ALTER TABLE ledger ADD COLUMN raw TEXT;
  ALTER TABLE accounts ADD COLUMN doubt_told_at TEXT;
  `,
  // What was known of results that left the library: sums by tag and project go on counting them.
  'CREATE TABLE parted_results (job_id TEXT PRIMARY KEY REFERENCES jobs (id), tags TEXT NOT NULL, project TEXT) STRICT;',
  // Results whose originals are still to be kept; an item need not be a job's.
  `CREATE TABLE originals_wanted (
     item_id TEXT PRIMARY KEY, library_dir TEXT NOT NULL,
     video_asset_id TEXT NOT NULL REFERENCES assets (id), image_asset_id TEXT REFERENCES assets (id)
   ) STRICT;`,
  // Parts of long performances are looked for at each start, among all that was ever ordered. (No text of a person has this in it: its quotes are escaped.)
  `CREATE INDEX jobs_parts ON jobs (created_at, id) WHERE instr(recipe, '"part":{') > 0;`,
];

export function jobsDbFile(profileDir: string): string {
  return path.join(profileDir, 'jobs.db');
}

/** See isReadable. */
export const isJobsDbReadable = (profileDir: string): boolean => isReadable(jobsDbFile(profileDir), migrations.length);

export function openJobsDb(profileDir: string, options: { readOnly?: boolean } = {}): Database {
  return openDatabase(jobsDbFile(profileDir), { synchronous: 'FULL', migrations, readOnly: options.readOnly ?? false });
}
