/** What lies on the file hosts of the accounts: each content once per account, reused while it lives, ours alone to delete. */
import type { Database } from '../../storage/sqlite.ts';

export interface UploadRow {
  fileId: string;
  url: string;
  sha256: string;
  expiresAt: string;
  createdAt: string;
}

/** doubtful: its deletion was asked for and no answer came; it is not used any more, and its deletion is asked for again. */
export type UploadPresence = 'there' | 'doubtful' | 'gone';
/** As the column `is_deleted` has it. */
const presenceCodes: Readonly<Record<UploadPresence, number>> = { there: 0, gone: 1, doubtful: 2 };

export interface UploadRows {
  addUpload(accountId: string, upload: UploadRow & { sizeBytes: number }): void;
  upload(accountId: string, fileId: string): UploadRow | null;
  /** The upload of this content that lives longest. */
  uploadOf(accountId: string, sha256: string): UploadRow | null;
  /** Own uploads that no unfinished job names. */
  unneededUploads(accountId: string): UploadRow[];
  markUpload(accountId: string, fileId: string, presence: UploadPresence): void;
}

export function createUploadRows(db: Database): UploadRows {
  return {
    addUpload(accountId, upload) {
      db.run(
        `INSERT OR REPLACE INTO uploads (file_id, account_id, sha256, url, size_bytes, expires_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
        upload.fileId,
        accountId,
        upload.sha256,
        upload.url,
        upload.sizeBytes,
        upload.expiresAt,
        upload.createdAt,
      );
    },
    upload: (accountId, fileId) =>
      toUpload(
        db.get('SELECT * FROM uploads WHERE account_id = ? AND file_id = ? AND is_deleted = 0', accountId, fileId),
      ),
    uploadOf: (accountId, sha256) =>
      toUpload(
        db.get(
          'SELECT * FROM uploads WHERE account_id = ? AND sha256 = ? AND is_deleted = 0 ORDER BY expires_at DESC LIMIT 1',
          accountId,
          sha256,
        ),
      ),
    unneededUploads: (accountId) =>
      db
        .all(
          `SELECT * FROM uploads WHERE account_id = ? AND is_deleted <> 1 AND file_id NOT IN (
             SELECT file FROM (
               SELECT video_upload_id AS file, state FROM jobs WHERE account_id = ? UNION ALL SELECT image_upload_id, state FROM jobs WHERE account_id = ?
             ) WHERE file IS NOT NULL AND state NOT IN ('completed', 'failed', 'cancelled', 'expired'))
           ORDER BY expires_at`,
          accountId,
          accountId,
          accountId,
        )
        .flatMap((row) => toUpload(row) ?? []),
    markUpload: (accountId, fileId, presence) =>
      void db.run(
        'UPDATE uploads SET is_deleted = ? WHERE account_id = ? AND file_id = ?',
        presenceCodes[presence],
        accountId,
        fileId,
      ),
  };
}

function toUpload(row: Record<string, unknown> | undefined): UploadRow | null {
  return row
    ? {
        fileId: String(row.file_id),
        url: String(row.url),
        sha256: String(row.sha256),
        expiresAt: String(row.expires_at),
        createdAt: String(row.created_at),
      }
    : null;
}
