/**
 * Keeps originals: what a result was made of is copied into its library once, where a person wishes that. What is still to be kept stands in
 * jobs.db until it is done, so that neither a kill nor a full disk loses it; the result itself waits for none of this.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type ErrorCode, RestageError, toErrorData } from '../../../shared/errors.ts';
import type { Assets } from '../../intake/assets.ts';
import type { Logger, Notice } from '../../services.ts';
import { asFileError, writeFileSafely } from '../../storage/files.ts';
import type { Database } from '../../storage/sqlite.ts';
import { systemFiles } from '../files.ts';
import { type KeptOriginal, readSidecarLater, type Sidecar, sidecarWithOriginals } from '../sidecar.ts';
import { inSidecarTurn } from '../sidecarTurn.ts';
import type { LibraryStore } from '../store.ts';
import { isContentOf, type OriginalsFinder } from './find.ts';
import { keepFile, sweepOriginals } from './keepFile.ts';

interface ResultOf {
  itemId: string;
  videoAssetId: string;
  imageAssetId: string | null;
}

export interface Originals {
  /**
   * A result is in the library: what it was made of is kept, if its library keeps originals. Beside everything else, except in a process
   * that ends with its work: there until it is done, it has failed or the signal fires. Rejects for no trouble of a copy.
   */
  keepOf(result: ResultOf, signal: AbortSignal): Promise<void>;
  /** What a start does: sweeps what a kill has left, and tries again what is still to be kept. */
  start(): Promise<void>;
  /** Of a library that keeps none any more nothing is waited for. */
  giveUp(libraryDir: string): void;
  /** Results whose originals could not be kept since the start. */
  missingCount(): number;
  notices(): Notice[];
  close(): Promise<void>;
}

interface Options {
  db: Database;
  assets: Pick<Assets, 'record' | 'present'>;
  library: Pick<LibraryStore, 'find'>;
  finder: OriginalsFinder;
  libraryDir: () => string;
  isKeeping: (libraryDir: string) => boolean;
  /** While nobody moves recipes. */
  exclusively: <Answer>(work: () => Promise<Answer>) => Promise<Answer>;
  /** Until the index knows the results. */
  filled: () => Promise<void>;
  onChanged: () => void;
  logger: Logger;
  isAwaited: boolean;
}

interface Row extends ResultOf {
  libraryDir: string;
}

export function createOriginals(options: Options): Originals {
  const { db, isKeeping, logger } = options;
  const stop = new AbortController();
  const troubles = new Map<string, { libraryDir: string; code: ErrorCode }>();
  let going: Promise<void> = Promise.resolve();

  /** One copy at a time: two of one file would be two copies. */
  function inTurn(row: Row): Promise<void> {
    going = going
      .then(() => keepRow(row))
      .catch((error: unknown) => logger.error('originals', { item: row.itemId, error: String(error) }));
    return going;
  }

  async function keepRow(row: Row): Promise<void> {
    if (stop.signal.aborted || !isWanted(db, row.itemId)) return;
    const [video, image] = [await keepOne(row, row.videoAssetId), await keepOne(row, row.imageAssetId)];
    // Ended by a quit: as it was, for the next start.
    if (stop.signal.aborted) return;
    const parts = { video: video.kept, image: image.kept };
    const notTold = await writeDown(options, row.itemId, parts).then(() => null, codeOf);
    const trouble = video.trouble ?? image.trouble ?? notTold;
    if (trouble === null) {
      db.run('DELETE FROM originals_wanted WHERE item_id = ?', row.itemId);
      troubles.delete(row.itemId);
    } else {
      troubles.set(row.itemId, { libraryDir: row.libraryDir, code: trouble });
      logger.warn('originals.missing', { item: row.itemId, trouble });
    }
    options.onChanged();
  }

  async function keepOne(
    { libraryDir }: Row,
    assetId: string | null,
  ): Promise<{ kept: KeptOriginal | null; trouble: ErrorCode | null }> {
    if (assetId === null) return { kept: null, trouble: null };
    try {
      return { kept: await keepAsset(options, { assetId, libraryDir, signal: stop.signal }), trouble: null };
    } catch (error) {
      return { kept: null, trouble: codeOf(error) };
    }
  }

  return {
    async keepOf(result, signal) {
      const libraryDir = options.libraryDir();
      if (!isKeeping(libraryDir)) return;
      want(db, { ...result, libraryDir });
      const kept = inTurn({ ...result, libraryDir });
      if (options.isAwaited) await Promise.race([kept, firing(signal)]);
    },
    async start() {
      const rows = wanted(db).filter(({ libraryDir }) => isKeeping(libraryDir));
      await sweepOriginals(options.libraryDir());
      if (rows.length === 0) return;
      await options.filled();
      for (const row of rows) void inTurn(row);
    },
    giveUp(libraryDir) {
      db.run('DELETE FROM originals_wanted WHERE library_dir = ?', libraryDir);
      for (const [id, trouble] of troubles) if (trouble.libraryDir === libraryDir) troubles.delete(id);
      options.onChanged();
    },
    missingCount: () => troubles.size,
    notices() {
      const codes = [...troubles.values()].map(({ code }) => code);
      const full = codes.filter((code) => code === 'diskFull').length;
      const others = codes.length - full;
      return [
        ...(full > 0 ? [{ id: 'originalsNoRoom', params: { count: full } }] : []),
        ...(others > 0 ? [{ id: 'originalsMissing', params: { count: others } }] : []),
      ];
    },
    async close() {
      stop.abort();
      await going;
    },
  };
}

const codeOf = (error: unknown): ErrorCode => toErrorData(asFileError(error)).code;

const firing = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** There already, or copied now. Throws what `present` and `keepFile` throw. */
async function keepAsset(
  { assets, finder }: Options,
  { assetId, libraryDir, signal }: { assetId: string; libraryDir: string; signal: AbortSignal },
): Promise<KeptOriginal> {
  const { name, facts } = assets.record(assetId);
  const { sizeBytes } = facts;
  const known = await finder.find({ id: assetId, sizeBytes }, [libraryDir]);
  if (known) return { name, sha256: known.sha256, sizeBytes };
  const { path: source } = await assets.present(assetId);
  const isIt = (copy: string, size: number) => isContentOf(assetId, copy, size);
  const content = await keepFile({ source, name, sizeBytes, libraryDir, isIt, signal });
  finder.forget();
  return { name, ...content };
}

/** Into the recipe beside the result, where there is one that this version may write. Throws where it cannot be written now. */
async function writeDown(
  { library, exclusively }: Options,
  itemId: string,
  originals: NonNullable<Sidecar['originals']>,
): Promise<void> {
  await exclusively(async () => {
    const sidecar = library.find(itemId)?.item.sidecar;
    // Thrown away meanwhile: what was kept stays kept.
    if (sidecar === undefined || (existsSync(path.dirname(sidecar)) && !existsSync(sidecar))) return;
    await inSidecarTurn(sidecar, async () => {
      const known = await readSidecarLater(sidecar, systemFiles);
      if (known && JSON.stringify(known.originals) === JSON.stringify(originals)) return;
      const next = await sidecarWithOriginals(sidecar, originals, systemFiles);
      if (next === null) throw new RestageError('storage', { detail: `sidecar unreadable: ${itemId}` });
      if (next.text !== null) await writeFileSafely(sidecar, next.text);
    });
  });
}

function want(db: Database, { itemId, libraryDir, videoAssetId, imageAssetId }: Row): void {
  db.run(
    'INSERT OR REPLACE INTO originals_wanted (item_id, library_dir, video_asset_id, image_asset_id) VALUES (?, ?, ?, ?)',
    ...[itemId, libraryDir, videoAssetId, imageAssetId],
  );
}

const wanted = (db: Database): Row[] =>
  db.all('SELECT * FROM originals_wanted ORDER BY rowid').map((row) => ({
    itemId: String(row.item_id),
    libraryDir: String(row.library_dir),
    videoAssetId: String(row.video_asset_id),
    imageAssetId: row.image_asset_id === null ? null : String(row.image_asset_id),
  }));

const isWanted = (db: Database, itemId: string): boolean =>
  db.get('SELECT 1 FROM originals_wanted WHERE item_id = ?', itemId) !== undefined;
