/** A look through library folders: which recipes lie there, which videos, and which belongs to which, wherever a person has put them. */
import path from 'node:path';
import { fullSha256 } from '../intake/identity.ts';
import { type FileLayer, type FolderEntry, lookInto, systemFiles } from './files.ts';
import { isKeptOriginal } from './originals/place.ts';
import { readSidecarLater, type Sidecar } from './sidecar.ts';
import { SIDECAR_SUFFIX, videoEndings } from './suffix.ts';

/** A library folder that is somebody's whole home is not searched to its last corner. */
const MAX_DEPTH = 8;
const VIDEO = /\.(mp4|m4v|mov)$/i;

/** The bytes by which a result is known again under another name. */
export interface Content {
  sha256: string;
  sizeBytes: number;
}

export interface FoundRecipe {
  sidecarPath: string;
  sidecar: Sidecar;
  /** The video beside it, or null: it has to be found by its content. */
  file: string | null;
}

export interface LibraryScan {
  recipes: FoundRecipe[];
  /** Recipes that cannot be read, and links or pipes under the names of results; left alone. */
  damaged: string[];
  /** Videos with no recipe beside them: moved by hand, or nobody's. */
  loose: string[];
}

export interface ScanOptions {
  /** Recipes that need not be read again. */
  isKnown?: (sidecarPath: string) => boolean;
  files?: FileLayer;
}

/** Folders that are not there are empty. */
export async function scanLibrary(folders: Iterable<string>, options: ScanOptions = {}): Promise<LibraryScan> {
  const files = new Set<string>();
  const scan: LibraryScan = { recipes: [], damaged: [], loose: [] };
  const { files: layer = systemFiles } = options;
  for await (const folder of folderTree(folders, layer)) {
    for (const name of folder.files) {
      const file = path.join(folder.path, name);
      // An original that was kept is no result, also where a result of the same bytes is missed.
      if (!isKeptOriginal(file)) files.add(file);
    }
    // A link, a pipe or a device under the name of a result: left where it is, and never opened.
    const disguised = folder.others.filter((name) => VIDEO.test(name) || name.endsWith(SIDECAR_SUFFIX));
    scan.damaged.push(...disguised.map((name) => path.join(folder.path, name)));
  }
  const videos = new Set([...files].filter((file) => VIDEO.test(file)));
  for (const sidecarPath of [...files].filter((file) => file.endsWith(SIDECAR_SUFFIX)).sort()) {
    const beside = besideOf(sidecarPath, videos);
    if (beside !== null) videos.delete(beside);
    if (options.isKnown?.(sidecarPath)) continue;
    // Everything else has its turn between two of them.
    await new Promise((resolve) => setImmediate(resolve));
    const sidecar = await readSidecarLater(sidecarPath, layer);
    if (sidecar) scan.recipes.push({ sidecarPath, sidecar, file: beside });
    else scan.damaged.push(sidecarPath);
  }
  scan.loose = [...videos].sort();
  return scan;
}

/** The video of the same name, in whatever case its ending is written. */
function besideOf(sidecarPath: string, videos: ReadonlySet<string>): string | null {
  const base = sidecarPath.slice(0, -SIDECAR_SUFFIX.length);
  const names = videoEndings.flatMap((ending) => [base + ending, base + ending.toUpperCase()]);
  return names.find((name) => videos.has(name)) ?? null;
}

interface FolderEntries {
  path: string;
  files: string[];
  /** Neither files nor folders: links, pipes, sockets, devices. */
  others: string[];
}

/** Every folder that is not hidden, once, with the names of what lies in it. Folders that are not there are left out. */
export async function* folderTree(
  folders: Iterable<string>,
  files: FileLayer = systemFiles,
): AsyncGenerator<FolderEntries> {
  const seen = new Set<string>();
  const waiting = [...folders].map((folder) => ({ folder, depth: 0 }));
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { folder, depth } = next;
    if (seen.has(folder) || depth > MAX_DEPTH) continue;
    seen.add(folder);
    const listing = await lookInto(files, folder);
    if (listing.kind !== 'listed') continue;
    const entries = listing.entries.filter(({ name }) => !name.startsWith('.'));
    // Links are not followed: they may lead round in a circle.
    const below = entries.filter(({ kind }) => kind === 'folder');
    waiting.push(...below.map(({ name }) => ({ folder: path.join(folder, name), depth: depth + 1 })));
    const namesOf = (wanted: FolderEntry['kind']) =>
      entries.filter(({ kind }) => kind === wanted).map(({ name }) => name);
    yield { path: folder, files: namesOf('file'), others: namesOf('other') };
  }
}

/** Finds files by content; a file is read only when its size fits. */
export function createContentFinder(files: readonly string[], layer: FileLayer = systemFiles) {
  const bySize = new Map<number, string[]>();
  const hashes = new Map<string, string>();
  let isMeasured = false;
  const measure = async () => {
    for (const file of files) {
      const size = await layer.sizeOf(file);
      if (size !== null) bySize.set(size, [...(bySize.get(size) ?? []), file]);
    }
    isMeasured = true;
  };
  return async (content: Content): Promise<string | null> => {
    if (!isMeasured) await measure();
    for (const file of bySize.get(content.sizeBytes) ?? []) {
      const hash = hashes.get(file) ?? (await fullSha256(file).catch(() => ''));
      hashes.set(file, hash);
      if (hash === content.sha256) return file;
    }
    return null;
  };
}
