/** Files become assets: an id by content, facts, a display name. This is where paths stop; everybody else holds ids. */
import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Asset, ImageFacts, VideoFacts } from '../../shared/contract/media.ts';
import { RestageError } from '../../shared/errors.ts';
import type { Clock, MediaService } from '../services.ts';
import { asFileError, errnoOf, flushFile } from '../storage/files.ts';
import { makeOwnFolder, ownFile } from '../storage/ownOnly.ts';
import type { Database, Row } from '../storage/sqlite.ts';
import { contentFingerprint } from './identity.ts';

export interface AssetFile {
  id: string;
  name: string;
  path: string;
  facts: VideoFacts | ImageFacts;
  /** True of what is `present` where the library kept its original: its first place does not have it any more. */
  isKeptOriginal?: true;
}

export interface Assets {
  addPath(file: string, options?: { name?: string; isStaged?: boolean }): Promise<Asset>;
  addStream(name: string, body: ReadableStream<Uint8Array>): Promise<Asset>;
  /** See the command `assets.still`. Throws refused (kind.image) for a clip that is no picture. */
  still(id: string): Promise<Asset>;
  get(id: string): Promise<Asset>;
  list(options: { kind?: 'video' | 'image'; limit: number }): Promise<Asset[]>;
  /** What is recorded, without looking at the disk. Throws notFound. */
  record(id: string): AssetFile;
  /**
   * The record, after a look that its file is there and still the same; else, for this once, with the path of the original that the library
   * kept. Throws sourceMissing (rule source.missing or source.changed) when neither is there.
   */
  present(id: string): Promise<AssetFile>;
  names(ids: readonly string[]): Map<string, string>;
}

export interface AssetsOptions {
  db: Database;
  media: Pick<MediaService, 'readFacts' | 'poster' | 'readStill'>;
  stagingDir: string;
  clock: Clock;
  /** What a result in the library was made of on another computer, and was kept there; null: nothing is. */
  unknownOriginal?: (id: string) => Promise<{ file: string; name: string } | null>;
  /** The same content as the library kept it; null: it has not. */
  keptOriginal?: (wanted: { id: string; sizeBytes: number }) => Promise<string | null>;
}

export function createAssets(options: AssetsOptions): Assets {
  const { db, media, stagingDir, clock, keptOriginal, unknownOriginal } = options;
  const nowText = () => new Date(clock.now()).toISOString();

  async function addPath(
    file: string,
    options: { name?: string; isStaged?: boolean; isStill?: boolean } = {},
  ): Promise<Asset> {
    const absolute = path.resolve(file);
    const facts = await (options.isStill ? media.readStill(absolute) : media.readFacts(absolute));
    const { size, mtimeMs } = await statSource(absolute);
    const fingerprint = await contentFingerprint(absolute, size);
    const id = `${facts.kind === 'video' ? 'v' : 'i'}${fingerprint.slice(0, 24)}`;
    const name = displayName(options.name ?? path.basename(absolute));
    const known = db.get('SELECT path, is_staged FROM assets WHERE id = ?', id);
    const keepsOld = known !== undefined && options.isStaged === true && (await sizeOf(String(known.path))) === size;
    if (keepsOld) {
      // The same content is here already: the staged copy is not needed.
      if (known.path !== absolute) await rm(absolute, { force: true });
      db.run('UPDATE assets SET name = ?, used_at = ? WHERE id = ?', name, nowText(), id);
    } else {
      db.run(
        `INSERT INTO assets (id, name, path, is_staged, size_bytes, mtime_ms, facts, added_at, used_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, path = excluded.path, is_staged = excluded.is_staged,
           mtime_ms = excluded.mtime_ms, facts = excluded.facts, used_at = excluded.used_at`,
        id,
        name,
        absolute,
        options.isStaged ? 1 : 0,
        size,
        mtimeMs,
        JSON.stringify(facts),
        nowText(),
        nowText(),
      );
    }
    // Made now, not when a wall of cards asks for all of them at once.
    void media.poster(record(id).path, facts).catch(() => undefined);
    return get(id);
  }

  async function addStream(name: string, body: ReadableStream<Uint8Array>): Promise<Asset> {
    makeOwnFolder(stagingDir);
    // Made here, whatever the upload is called: what a file is, its content says.
    const staged = path.join(stagingDir, randomBytes(12).toString('hex'));
    try {
      await pipeline(
        Readable.fromWeb(body as import('node:stream/web').ReadableStream),
        createWriteStream(`${staged}.part`, { flags: 'wx', mode: ownFile }),
      );
      await flushFile(`${staged}.part`);
      await rename(`${staged}.part`, staged);
      return await addPath(staged, { name, isStaged: true });
    } catch (error) {
      await rm(`${staged}.part`, { force: true });
      await rm(staged, { force: true });
      throw asFileError(error);
    }
  }

  function record(id: string): AssetFile {
    const row = db.get('SELECT * FROM assets WHERE id = ?', id);
    if (!row)
      throw new RestageError('notFound', { reasons: [{ field: 'asset', rule: 'asset.unknown', params: { id } }] });
    return toFile(row);
  }

  /** Facts of an older version say nothing of what lies in a file beside the picture: they are read again. */
  async function renewed(found: AssetFile): Promise<AssetFile> {
    const { facts: known, path: file } = found;
    if (known.kind === 'image' ? known.inside : known.privateKinds) return found;
    const reading = known.kind === 'image' ? media.readStill(file) : media.readFacts(file);
    const facts = await reading.catch(() => null);
    if (facts?.kind !== known.kind) return found;
    db.run('UPDATE assets SET facts = ? WHERE id = ?', JSON.stringify(facts), found.id);
    return { ...found, facts };
  }

  async function present(id: string): Promise<AssetFile> {
    const found = record(id);
    const trouble = await troubleOf(found);
    if (trouble === null) return renewed(found);
    const kept = await keptOf(found);
    // The record keeps the first place: a drive that comes back has it again.
    if (kept !== null) return { ...(await renewed({ ...found, path: kept })), isKeptOriginal: true };
    throw new RestageError('sourceMissing', {
      reasons: [{ field: found.facts.kind, rule: trouble, params: { name: found.name, path: found.path } }],
    });
  }

  async function troubleOf({ id, path: file }: AssetFile): Promise<'source.missing' | 'source.changed' | null> {
    const row = db.get('SELECT size_bytes, mtime_ms FROM assets WHERE id = ?', id);
    const now = await stat(file).catch(() => null);
    if (!now?.isFile()) return 'source.missing';
    if (now.size === Number(row?.size_bytes) && now.mtimeMs === Number(row?.mtime_ms)) return null;
    const fingerprint = await contentFingerprint(file, now.size);
    if (id.slice(1) !== fingerprint.slice(0, 24)) return 'source.changed';
    db.run('UPDATE assets SET mtime_ms = ? WHERE id = ?', now.mtimeMs, id);
    return null;
  }

  const keptOf = async ({ id, facts }: AssetFile): Promise<string | null> =>
    (await keptOriginal?.({ id, sizeBytes: facts.sizeBytes })) ?? null;

  async function toAsset(file: AssetFile, row: Row | undefined): Promise<Asset> {
    const isInPlace = (await sizeOf(file.path)) === file.facts.sizeBytes;
    const isKept = !isInPlace && (await keptOf(file)) !== null;
    return {
      id: file.id,
      name: file.name,
      addedAt: String(row?.added_at ?? ''),
      facts: file.facts,
      isPresent: isInPlace || isKept,
      ...(isKept ? { isKeptOriginal: true } : {}),
    };
  }

  async function still(id: string): Promise<Asset> {
    const { facts, name, path: file } = await present(id);
    if (facts.kind === 'image') return get(id);
    if (facts.container !== 'gif') {
      throw new RestageError('refused', { reasons: [{ field: 'image', rule: 'kind.image', params: { name } }] });
    }
    const isStaged = Number(db.get('SELECT is_staged FROM assets WHERE id = ?', id)?.is_staged) === 1;
    return addPath(file, { name, isStaged, isStill: true });
  }

  async function get(id: string): Promise<Asset> {
    if (!db.get('SELECT 1 FROM assets WHERE id = ?', id)) {
      const unknown = await unknownOriginal?.(id);
      if (unknown) await addPath(unknown.file, { name: unknown.name });
    }
    return toAsset(await renewed(record(id)), db.get('SELECT added_at FROM assets WHERE id = ?', id));
  }

  return {
    addPath,
    addStream,
    still,
    get,
    record,
    present,
    async list({ kind, limit }) {
      const rows = db.all(
        `SELECT * FROM assets WHERE ? IS NULL OR substr(id, 1, 1) = ? ORDER BY used_at DESC LIMIT ?`,
        kind ?? null,
        kind === 'image' ? 'i' : 'v',
        limit,
      );
      return Promise.all(rows.map((row) => toAsset(toFile(row), row)));
    },
    names(ids) {
      const names = new Map<string, string>();
      for (const id of ids) {
        const row = db.get('SELECT name FROM assets WHERE id = ?', id);
        if (row) names.set(id, String(row.name));
      }
      return names;
    },
  };
}

/** As long as file systems let names be. Control characters would break lines and terminals, and no name needs them. */
const maxNameLength = 255;

function displayName(name: string): string {
  const plain = name
    .toWellFormed()
    .normalize('NFC')
    .replace(/\p{Cc}/gu, '\uFFFD');
  return [...plain].slice(0, maxNameLength).join('') || '\uFFFD';
}

function toFile(row: Row): AssetFile {
  return { id: String(row.id), name: String(row.name), path: String(row.path), facts: JSON.parse(String(row.facts)) };
}

/** Null: no file is there. */
async function sizeOf(file: string): Promise<number | null> {
  const found = await stat(file).catch(() => null);
  return found?.isFile() ? found.size : null;
}

async function statSource(file: string): Promise<{ size: number; mtimeMs: number }> {
  try {
    return await stat(file);
  } catch (error) {
    throw new RestageError('sourceMissing', {
      reasons: [{ field: 'file', rule: 'source.missing', params: { name: path.basename(file), path: file } }],
      detail: errnoOf(error) ?? String(error),
      cause: error,
    });
  }
}
