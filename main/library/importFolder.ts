/** Videos that no order made become results: their facts and their bytes are written down beside them; the recipe is left empty. */
import { constants } from 'node:fs';
import { copyFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { StoredItem } from '../../shared/contract/library.ts';
import type { ImportReport } from '../../shared/contract/libraryCommands.ts';
import type { VideoFacts } from '../../shared/contract/media.ts';
import { safeName } from '../../shared/words/resultName.ts';
import { hashWhole } from '../intake/identity.ts';
import { hasC2paBox } from '../media/facts/provenance.ts';
import type { MediaService } from '../services.ts';
import { createFileSafely, errnoOf, flushFile, moveWithoutOverwrite, temporaryOf } from '../storage/files.ts';
import { partName, sweepParts } from '../storage/parts.ts';
import { type FileLayer, systemFiles } from './files.ts';
import { isCopy } from './folder.ts';
import { type Content, scanLibrary } from './scan.ts';
import { readSidecar, SIDECAR_SUFFIX, SIDECAR_VERSION, type Sidecar, sidecarText, withinLimits } from './sidecar.ts';
import type { LibraryStore } from './store.ts';

export interface ImportOptions {
  folder: string;
  /** Where copies go; null: the videos stay where they are, and are results there. */
  copyTo: string | null;
  signal: AbortSignal;
  onProgress: (done: number, total: number) => void;
  files?: FileLayer;
}

const PART_PREFIX = '.import';

/** Copies that a kill has cut off. */
export const sweepImports = (folder: string): Promise<void> =>
  sweepParts(folder, (name) => name.startsWith(`${PART_PREFIX}-`) && name.endsWith('.part'));

interface Services {
  library: LibraryStore;
  media: Pick<MediaService, 'readFacts' | 'stillOf'>;
}

/**
 * Repeating it after a kill does no harm: a result is called by its bytes, and what is there is left as it is. Throws diskFull and
 * outputNotWritable; what was imported until then stays.
 */
export async function importFolder(services: Services, options: ImportOptions): Promise<ImportReport> {
  const { folder, signal, onProgress, files = systemFiles } = options;
  if (options.copyTo !== null) await sweepImports(options.copyTo);
  const scan = await scanLibrary([folder], { files });
  const loose = scan.loose.filter((file) => !isCopy(file, [folder]));
  const report: ImportReport = { ids: [], known: [], unreadable: [], isComplete: true };
  for (const [at, file] of loose.entries()) {
    if (signal.aborted) return { ...report, isComplete: false };
    onProgress(at, loose.length);
    const described = await describe(services.media, file, signal);
    if (signal.aborted) return { ...report, isComplete: false };
    if (described === null) report.unreadable.push(file);
    else if (services.library.hasContent(described.content)) report.known.push(file);
    else report.ids.push(await take(services, described, options.copyTo));
  }
  onProgress(loose.length, loose.length);
  return report;
}

interface Described {
  file: string;
  content: Content;
  item: Omit<StoredItem, 'file' | 'sidecar'>;
}

/** Null: no video, or none that can be read. */
async function describe(media: Services['media'], file: string, signal: AbortSignal): Promise<Described | null> {
  try {
    const facts = await media.readFacts(file, signal);
    if (facts.kind !== 'video') return null;
    const content = await hashWhole(file, signal);
    return { file, content, item: itemOf(file, { facts, content, ...(await moreOf(file)) }) };
  } catch {
    return null;
  }
}

async function moreOf(file: string): Promise<{ createdAt: string; hasProvenance: boolean }> {
  return { createdAt: (await stat(file)).mtime.toISOString(), hasProvenance: await hasC2paBox(file) };
}

function itemOf(
  file: string,
  seen: { facts: VideoFacts; content: Content; createdAt: string; hasProvenance: boolean },
): Described['item'] {
  const { facts, content, createdAt, hasProvenance } = seen;
  return {
    id: `import-${content.sha256.slice(0, 32)}`,
    ...{ name: path.parse(file).name, createdAt, hasProvenance },
    ...{ width: facts.width, height: facts.height, sizeBytes: content.sizeBytes, hasAudio: facts.audio.length > 0 },
    ...{ durationSeconds: facts.durationSeconds, orderedSeconds: facts.durationSeconds, isSandbox: false },
    ...{ jobId: null, accountId: null, taskId: null, recipe: null, shotId: null, project: null },
    ...{ videoName: '', imageName: null, creditsCharged: null },
    ...{ rating: 0, flag: 'none', isHidden: false, tags: [], note: '', notes: [] },
  };
}

async function take({ library, media }: Services, described: Described, copyTo: string | null): Promise<string> {
  const { id } = described.item;
  const place = copyTo === null ? await besideIt(described) : await copied(described, copyTo);
  const sidecar = readSidecar(place.sidecar);
  if (sidecar) library.put({ ...sidecar.item, ...place, state: 'present' }, described.content);
  await media.stillOf(id, async () => place.file).catch(() => undefined);
  return id;
}

interface Place {
  file: string;
  sidecar: string;
}

const textFor = ({ item, content }: Described, place: Place): string => {
  const sidecar: Sidecar = {
    restage: SIDECAR_VERSION,
    item: withinLimits({ ...item, ...place }),
    ...{ file: content, recipe: null, sources: { video: null, image: null } },
    ...{ prepared: null, order: null, provider: null, price: null },
  };
  return sidecarText(sidecar);
};

/** The recipe beside a video that stays where it is; under another name where the own one is taken. */
async function besideIt(described: Described): Promise<Place> {
  const { file, item } = described;
  const base = file.slice(0, -path.extname(file).length);
  for (let n = 1; ; n += 1) {
    const place = { file, sidecar: `${base}${n === 1 ? '' : ` ${n}`}${SIDECAR_SUFFIX}` };
    if ((await claims(place, described, item.id)) !== 'taken') return place;
  }
}

/** A copy in the library, complete or not at all: it gets its name when its bytes are those of the original. */
async function copied(described: Described, folder: string): Promise<Place> {
  const { item, file: source, content } = described;
  // Hidden; what a kill leaves is swept by the next import and the next start.
  const part = path.join(folder, partName(PART_PREFIX, 'part'));
  try {
    await copyFile(source, part, constants.COPYFILE_FICLONE);
    await flushFile(part);
    const { sha256 } = await hashWhole(part);
    if (sha256 !== content.sha256) throw new Error(`copied otherwise: ${source}`);
    for (let n = 1; ; n += 1) {
      const base = path.join(folder, `${safeName(item.name)}${n === 1 ? '' : ` ${n}`}`);
      const place = { file: `${base}${path.extname(source).toLowerCase()}`, sidecar: `${base}${SIDECAR_SUFFIX}` };
      const claim = await claims(place, described, item.id);
      if (claim === 'taken') continue;
      try {
        await moveWithoutOverwrite(part, place.file);
        return place;
      } catch (error) {
        if (errnoOf(error) !== 'EEXIST') throw error;
        // Killed last time between taking the name and telling the index.
        if (claim === 'own' && (await hashWhole(place.file)).sha256 === content.sha256) return place;
        // Somebody's own file: the recipe would be taken for its.
        if (claim === 'new') await rm(place.sidecar, { force: true });
      }
    }
  } finally {
    await rm(part, { force: true });
  }
}

/** new: the recipe's name is this result's now. own: since a run that was killed. */
async function claims(place: Place, described: Described, id: string): Promise<'new' | 'own' | 'taken'> {
  try {
    await createFileSafely(place.sidecar, textFor(described, place), id);
    return 'new';
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
    await rm(temporaryOf(place.sidecar, id), { force: true });
    return readSidecar(place.sidecar)?.item.id === id ? 'own' : 'taken';
  }
}
