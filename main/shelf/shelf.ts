/** Prepared takes: made once per clip and plan, kept on the shelf by a person's wish, or held by the jobs that send them. */
import { createHash } from 'node:crypto';
import { chmod, copyFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Prepared, PreparePlan, Trim } from '../../shared/contract/media.ts';
import { RestageError } from '../../shared/errors.ts';
import type { ClipTarget, Preset } from '../../shared/rules/limits.ts';
import type { Assets } from '../intake/assets.ts';
import type { Clock, MediaService, PreparedFile, ProgressListener } from '../services.ts';
import { asFileError, flushFile, moveWithoutOverwrite } from '../storage/files.ts';
import { personsFile } from '../storage/ownOnly.ts';
import type { Database, Row } from '../storage/sqlite.ts';

export interface ClipOrder {
  assetId: string;
  target: ClipTarget;
  trim?: Trim | undefined;
  preset: Preset;
  crop?: PreparePlan['crop'];
  pad?: PreparePlan['pad'];
  soundTrack?: number | undefined;
}

export interface PreparedRecord extends PreparedFile {
  id: string;
  plan: PreparePlan;
  assetId: string;
}

export interface Shelf {
  /** The plan for an order, or the refusal with every reason. Pure but for the look at the record. */
  plan(order: ClipOrder): PreparePlan;
  make(
    order: ClipOrder,
    options: { keep: boolean; signal?: AbortSignal; onProgress?: ProgressListener },
  ): Promise<PreparedRecord>;
  list(): Prepared[];
  get(id: string): Prepared;
  /** The file that would be sent, after a look that it is there. Throws notFound. */
  file(id: string): Promise<PreparedRecord>;
  remove(id: string): void;
  copyTo(id: string, target: string): Promise<{ sizeBytes: number; sha256: string }>;
  /** Paths that cache eviction must leave alone. */
  neededPaths(): Set<string>;
}

export interface ShelfOptions {
  db: Database;
  /** Null for a reader, which plans and makes nothing. */
  media: MediaService | null;
  assets: Assets;
  clock: Clock;
  onChange: () => void;
}

export function createShelf({ db, media: service, assets, clock, onChange }: ShelfOptions): Shelf {
  const media = () => {
    if (!service) throw new RestageError('internal', { detail: 'a reader prepares nothing' });
    return service;
  };

  function plan(order: ClipOrder): PreparePlan {
    const asset = assets.record(order.assetId);
    if (asset.facts.kind !== 'video') {
      throw new RestageError('refused', {
        reasons: [{ field: 'video', rule: 'kind.clip', params: { name: asset.name, kind: asset.facts.kind } }],
      });
    }
    const answer = media().planClip(asset.facts, {
      target: order.target,
      preset: order.preset,
      trim: order.trim,
      crop: order.crop,
      pad: order.pad,
      soundTrack: order.soundTrack,
    });
    if (answer.plan) return answer.plan;
    const reasons = answer.verdicts.filter((verdict) => verdict.state === 'blocked');
    throw new RestageError('refused', {
      reasons: reasons.map(({ field, rule, params }) => ({ field, rule, ...(params ? { params } : {}) })),
    });
  }

  async function make(
    order: ClipOrder,
    options: { keep: boolean; signal?: AbortSignal; onProgress?: ProgressListener },
  ): Promise<PreparedRecord> {
    const planned = plan(order);
    const asset = await assets.present(order.assetId);
    if (asset.facts.kind !== 'video') throw new RestageError('internal', { detail: 'a plan for what is no video' });
    const file = await media().prepareClip({
      source: asset.path,
      facts: asset.facts,
      plan: planned,
      ...(options.signal ? { signal: options.signal } : {}),
      ...(options.onProgress ? { onProgress: options.onProgress } : {}),
    });
    const id = `p${createHash('sha256')
      .update(JSON.stringify([order.assetId, planned]))
      .digest('hex')
      .slice(0, 24)}`;
    db.run(
      `INSERT INTO prepared (id, asset_id, plan, sha256, size_bytes, path, mime_type, is_source, is_kept, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET sha256 = excluded.sha256, size_bytes = excluded.size_bytes, path = excluded.path,
         mime_type = excluded.mime_type, is_source = excluded.is_source, is_kept = max(is_kept, excluded.is_kept)`,
      id,
      order.assetId,
      JSON.stringify(planned),
      file.sha256,
      file.sizeBytes,
      file.path,
      file.mimeType,
      file.isSource ? 1 : 0,
      options.keep ? 1 : 0,
      new Date(clock.now()).toISOString(),
    );
    if (options.keep) onChange();
    return { ...file, id, plan: planned, assetId: order.assetId };
  }

  const rowOf = (id: string): Row => {
    const row = db.get(
      'SELECT prepared.*, assets.name AS asset_name FROM prepared JOIN assets ON assets.id = asset_id WHERE prepared.id = ?',
      id,
    );
    if (!row)
      throw new RestageError('notFound', {
        reasons: [{ field: 'prepared', rule: 'prepared.unknown', params: { id } }],
      });
    return row;
  };

  async function file(id: string): Promise<PreparedRecord> {
    const record = toRecord(rowOf(id));
    const found = await stat(record.path).catch(() => null);
    if (!found?.isFile() || found.size !== record.sizeBytes) {
      throw new RestageError('notFound', { reasons: [{ field: 'prepared', rule: 'prepared.gone', params: { id } }] });
    }
    return record;
  }

  return {
    plan,
    make,
    file,
    list: () =>
      db
        .all(
          'SELECT prepared.*, assets.name AS asset_name FROM prepared JOIN assets ON assets.id = asset_id WHERE is_kept = 1 ORDER BY created_at DESC',
        )
        .map(toPrepared),
    get: (id) => toPrepared(rowOf(id)),
    remove(id) {
      db.run('UPDATE prepared SET is_kept = 0 WHERE id = ?', id);
      onChange();
    },
    async copyTo(id, target) {
      const record = await file(id);
      const temporary = path.join(
        path.dirname(target),
        `.${path.basename(target).slice(0, 60)}.${id.slice(1, 9)}.part`,
      );
      try {
        await copyFile(record.path, temporary);
        await chmod(temporary, personsFile).catch(() => {}); // file systems of cameras and sticks know no modes
        await flushFile(temporary);
        await moveWithoutOverwrite(temporary, target);
      } catch (error) {
        await rm(temporary, { force: true });
        throw asFileError(error);
      }
      return { sizeBytes: record.sizeBytes, sha256: record.sha256 };
    },
    neededPaths() {
      const rows = db.all(
        `SELECT path FROM prepared WHERE is_kept = 1 OR id IN
           (SELECT prepared_id FROM jobs WHERE state NOT IN ('completed', 'failed', 'cancelled', 'expired') AND prepared_id IS NOT NULL)`,
      );
      return new Set(rows.map((row) => String(row.path)));
    },
  };
}

function toRecord(row: Row): PreparedRecord {
  return {
    id: String(row.id),
    assetId: String(row.asset_id),
    plan: JSON.parse(String(row.plan)),
    path: String(row.path),
    sha256: String(row.sha256),
    sizeBytes: Number(row.size_bytes),
    mimeType: String(row.mime_type),
    isSource: row.is_source === 1,
  };
}

function toPrepared(row: Row): Prepared {
  return {
    id: String(row.id),
    assetId: String(row.asset_id),
    assetName: String(row.asset_name),
    plan: JSON.parse(String(row.plan)),
    sha256: String(row.sha256),
    sizeBytes: Number(row.size_bytes),
    createdAt: String(row.created_at),
    isKept: row.is_kept === 1,
  };
}
