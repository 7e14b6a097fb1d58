/** A result as it is about to be copied: found inside the library, read, and known by its content. */
import { stat } from 'node:fs/promises';
import type { ConformOptions } from '../../../shared/contract/conform.ts';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { RestageError } from '../../../shared/errors.ts';
import type { Assets } from '../../intake/assets.ts';
import type { LibraryStore } from '../../library/store.ts';
import { hashFile } from '../../media/files.ts';
import type { Logger, MediaService } from '../../services.ts';
import type { Shelf } from '../../shelf/shelf.ts';
import { realFileInside } from '../../storage/ownFiles.ts';
import { type ReferenceServices, referenceFacts } from './findReference.ts';
import { type CopyPlan, planCopy } from './planCopy.ts';
import { readStamps } from './readStamps.ts';

export interface ConformServices {
  library: Pick<LibraryStore, 'get'>;
  /** Where results may lie. */
  libraryFolders: () => Iterable<string>;
  assets: Pick<Assets, 'record' | 'present'>;
  shelf: Pick<Shelf, 'file'>;
  media: Pick<MediaService, 'readFacts' | 'programs'>;
  jobs: { get(id: string): { preparedId: string | null } };
  profileDir: string;
  logger: Logger;
}

export interface Source {
  item: LibraryItem;
  /** Its real path, inside the library. */
  path: string;
  facts: VideoFacts;
  plan: CopyPlan;
}

export const readVideoWith =
  (media: ConformServices['media']) =>
  async (file: string, signal?: AbortSignal): Promise<VideoFacts> => {
    const facts = await media.readFacts(file, signal);
    if (facts.kind !== 'video') throw new RestageError('sourceUnreadable', { detail: 'no video' });
    return facts;
  };

export const referencesOf = (services: ConformServices): ReferenceServices => ({
  ...{ assets: services.assets, shelf: services.shelf },
  preparedIdOf(jobId) {
    try {
      return services.jobs.get(jobId).preparedId;
    } catch {
      return null; // a result of another profile
    }
  },
  readVideo: readVideoWith(services.media),
});

/**
 * Throws notFound (library.unknown), sourceMissing (conform.resultMissing), sourceUnreadable (conform.resultUnreadable), and what planning refuses.
 */
export async function openSource(
  services: ConformServices,
  id: string,
  options: ConformOptions,
  signal: AbortSignal,
): Promise<Source> {
  const item = services.library.get(id);
  const found = await realFileInside(item.file, services.libraryFolders());
  const params = { name: item.name, path: item.file };
  if (found === null)
    throw new RestageError('sourceMissing', { reasons: [{ field: 'result', rule: 'conform.resultMissing', params }] });
  const facts = await readVideoWith(services.media)(found, signal).catch((error: unknown) => {
    if (!(error instanceof RestageError) || !['refused', 'sourceUnreadable'].includes(error.code)) throw error;
    throw new RestageError('sourceUnreadable', {
      reasons: [{ field: 'result', rule: 'conform.resultUnreadable', params }],
      detail: error.message,
      cause: error,
    });
  });
  const { ffprobe } = await services.media.programs();
  const stampsSeconds = facts.isConstantRate
    ? null
    : await readStamps({ ffprobe: ffprobe.path, path: found, facts, signal });
  const reference = referenceFacts(item, services.assets);
  const plan = planCopy({ name: item.name, facts, stampsSeconds, reference, options });
  return { item, path: found, facts, plan };
}

/** As many results as a form plans again and again while its fields change. */
const MOST_KEPT = 5_000;

/** The bytes of a result, read once as long as the file is as it was, and a look later that nobody has changed them meanwhile. */
export function createMasterReader() {
  const known = new Map<string, string>();
  return async (file: string, signal: AbortSignal) => {
    const before = await stat(file);
    const key = `${before.size} ${before.mtimeMs} ${before.ino} ${file}`;
    const sha256 = known.get(key) ?? (await hashFile(file, signal)).sha256;
    if (known.size >= MOST_KEPT) known.clear();
    known.set(key, sha256);
    return {
      sha256,
      async isUnchanged() {
        const after = await stat(file).catch(() => null);
        return after?.size === before.size && after.mtimeMs === before.mtimeMs;
      },
    };
  };
}
