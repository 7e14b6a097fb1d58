/** A fetched result becomes a library item: probed, named, its sidecar written, then moved into the folder. Repeating it after a crash does no harm. */
import { existsSync } from 'node:fs';
import { chmod, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { LibraryItem } from '../../shared/contract/library.ts';
import type { VideoFacts } from '../../shared/contract/media.ts';
import { RestageError } from '../../shared/errors.ts';
import { safeName } from '../../shared/words/resultName.ts';
import { fullSha256, hashWhole } from '../intake/identity.ts';
import { hasC2paBox } from '../media/facts/provenance.ts';
import type { MediaService } from '../services.ts';
import {
  asFileError,
  createFileSafely,
  errnoOf,
  flushFile,
  moveWithoutOverwrite,
  temporaryOf,
  writeFileSafely,
} from '../storage/files.ts';
import { withSpace } from '../storage/freeSpace.ts';
import { isOwnFile } from '../storage/ownFiles.ts';
import { personsFile } from '../storage/ownOnly.ts';
import { readSidecar, SIDECAR_SUFFIX, type Sidecar, sidecarText, withinLimits } from './sidecar.ts';
import type { LibraryStore } from './store.ts';

export interface Arrival {
  /** The complete download, inside the profile. */
  partPath: string;
  folder: string;
  /** Wished base name; a number is added when it is taken by another job. */
  baseName: string;
  jobId: string;
  /** Everything but what the file itself tells. */
  describe(file: { facts: VideoFacts; path: string; sidecar: string; name: string }): Sidecar;
}

/** Throws RestageError sourceUnreadable (not a video), `storage` with rule library.folder (folder gone), diskFull, outputNotWritable. */
export async function arrive(
  arrival: Arrival,
  services: { media: MediaService; library: LibraryStore },
): Promise<LibraryItem> {
  const { partPath, jobId } = arrival;
  const done = findArrived(arrival);
  if (done && !existsSync(partPath)) return index(done, services.library);
  const facts = await services.media.readFacts(partPath);
  if (facts.kind !== 'video') throw new RestageError('sourceUnreadable', { detail: `result of ${jobId} is no video` });
  await flushFile(partPath);
  const content = await hashWhole(partPath);
  // A master is never written again: what it carries now it carries for good.
  const hasProvenance = await hasC2paBox(partPath);
  try {
    await requireFolder(arrival.folder);
    for (let n = 1; ; n += 1) {
      const name = n === 1 ? safeName(arrival.baseName) : `${safeName(arrival.baseName)} ${n}`;
      const file = path.join(arrival.folder, `${name}.mp4`);
      const sidecarFile = path.join(arrival.folder, `${name}${SIDECAR_SUFFIX}`);
      const owner = readSidecar(sidecarFile)?.order?.jobId;
      if (isOwnFile(file) && owner === jobId && (await isSameFile(file, partPath))) {
        // Killed between taking the name and removing the download.
        await rm(partPath, { force: true });
        return index(sidecarFile, services.library);
      }
      if (existsSync(file) || (existsSync(sidecarFile) && owner !== jobId)) continue;
      const described = arrival.describe({ facts, path: file, sidecar: sidecarFile, name });
      const sidecar: Sidecar = {
        ...described,
        item: withinLimits({ ...described.item, hasProvenance }),
        file: content,
      };
      if (!(await claimName(sidecarFile, sidecarText(sidecar), { jobId, isOwn: owner === jobId }))) continue;
      try {
        // Private while it was in the profile; in the library it is a person's own file.
        await chmod(partPath, personsFile).catch(() => {});
        await moveWithoutOverwrite(partPath, file);
      } catch (error) {
        if (errnoOf(error) !== 'EEXIST') throw error;
        await rm(sidecarFile, { force: true });
        continue;
      }
      return index(sidecarFile, services.library);
    }
  } catch (error) {
    throw await withSpace(asFileError(error), arrival.folder, content.sizeBytes);
  }
}

/** The sidecar takes the name for its job: of two results that arrive at once, or of two profiles with one folder, one gets it. */
async function claimName(file: string, text: string, claim: { jobId: string; isOwn: boolean }): Promise<boolean> {
  if (claim.isOwn) {
    await writeFileSafely(file, text, { isOnlyWriter: true });
    // A kill between the two names of a first claim leaves the temporary one.
    await rm(temporaryOf(file, claim.jobId), { force: true });
    return true;
  }
  try {
    await createFileSafely(file, text, claim.jobId);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** A folder that is gone (an unplugged drive) is waited for, never replaced by a new one of the same name. */
async function requireFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null);
  if (found?.isDirectory()) return;
  throw new RestageError('storage', { reasons: [{ field: 'library', rule: 'library.folder', params: { folder } }] });
}

/** Whether the result of this job lies in the folder already, under its name or one with a number. */
export const hasArrived = (arrival: Pick<Arrival, 'folder' | 'baseName' | 'jobId'>): boolean =>
  findArrived(arrival) !== null;

function findArrived(arrival: Pick<Arrival, 'folder' | 'baseName' | 'jobId'>): string | null {
  for (let n = 1; n < 1000; n += 1) {
    const name = n === 1 ? safeName(arrival.baseName) : `${safeName(arrival.baseName)} ${n}`;
    const sidecarFile = path.join(arrival.folder, `${name}${SIDECAR_SUFFIX}`);
    if (!existsSync(sidecarFile)) return null;
    if (readSidecar(sidecarFile)?.order?.jobId === arrival.jobId && isOwnFile(path.join(arrival.folder, `${name}.mp4`)))
      return sidecarFile;
  }
  return null;
}

function index(sidecarFile: string, library: LibraryStore): LibraryItem {
  const sidecar = readSidecar(sidecarFile);
  if (!sidecar) throw new RestageError('storage', { detail: `sidecar unreadable: ${path.basename(sidecarFile)}` });
  const base = sidecarFile.slice(0, -SIDECAR_SUFFIX.length);
  library.put({ ...sidecar.item, state: 'present', file: `${base}.mp4`, sidecar: sidecarFile }, sidecar.file);
  return library.get(sidecar.item.id);
}

async function isSameFile(a: string, b: string): Promise<boolean> {
  const [one, two] = await Promise.all([stat(a), stat(b)]);
  if (one.size !== two.size) return false;
  if (one.ino === two.ino && one.dev === two.dev) return true;
  const [hashA, hashB] = await Promise.all([fullSha256(a), fullSha256(b)]);
  return hashA === hashB;
}
