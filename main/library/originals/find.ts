/** Finds kept originals by content, by the check that a file which a person relinks has to pass; and says how much room they take. */
import path from 'node:path';
import { contentFingerprint } from '../../intake/identity.ts';
import { type FileLayer, lookInto, systemFiles } from '../files.ts';
import { hashInName, originalsFolder } from './place.ts';

interface WantedOriginal {
  /** Of the asset. */
  id: string;
  sizeBytes: number;
}

interface FoundOriginal {
  file: string;
  sha256: string;
}

export interface OriginalsFinder {
  /** In these library folders, the first first. Null: none of them has it, or none answers. Never rejects. */
  find(wanted: WantedOriginal, libraryDirs: Iterable<string>): Promise<FoundOriginal | null>;
  sizeOf(libraryDir: string): Promise<{ count: number; sizeBytes: number }>;
  /** Something was put into one of them. */
  forget(): void;
}

/** A wall of cards whose sources are gone is one look into the folder. */
const LISTED_MS = 2_000;

/** So many files are measured at once: a network drive answers each of them slowly. */
const LANES = 16;

interface Options {
  now: () => number;
  files?: FileLayer;
}

/** The name of an asset's content, without the letter of its kind. */
const fingerprintIn = (assetId: string) => assetId.slice(1);

export const isContentOf = async (assetId: string, file: string, sizeBytes: number): Promise<boolean> => {
  const wanted = fingerprintIn(assetId);
  return wanted !== '' && (await contentFingerprint(file, sizeBytes)).slice(0, wanted.length) === wanted;
};

export function createOriginalsFinder({ now, files = systemFiles }: Options): OriginalsFinder {
  const listings = new Map<string, { at: number; names: Promise<string[]> }>();
  /** Of files that are called by their bytes: such a file is never another one. */
  const sizes = new Map<string, number>();
  const checked = new Map<string, boolean>();

  function namesIn(folder: string): Promise<string[]> {
    const known = listings.get(folder);
    if (known && Math.abs(now() - known.at) < LISTED_MS) return known.names;
    const names = lookInto(files, folder).then((listing) =>
      listing.kind === 'listed'
        ? listing.entries.filter(({ kind, name }) => kind === 'file' && hashInName(name)).map(({ name }) => name)
        : [],
    );
    listings.set(folder, { at: now(), names });
    return names;
  }

  /** Null: not there any more. */
  async function sizeOf(file: string): Promise<number | null> {
    const known = sizes.get(file);
    if (known !== undefined) return known;
    const size = await files.sizeOf(file);
    if (size !== null) sizes.set(file, size);
    return size;
  }

  async function measured(folder: string): Promise<{ file: string; size: number }[]> {
    const waiting = (await namesIn(folder)).map((name) => path.join(folder, name));
    const found: { file: string; size: number }[] = [];
    const lane = async () => {
      for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
        const size = await sizeOf(file);
        if (size !== null) found.push({ file, size });
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    return found.sort((a, b) => (a.file < b.file ? -1 : 1));
  }

  /** What was checked before only has to be there still, as long as it was. */
  async function isIt(file: string, { id, sizeBytes }: WantedOriginal): Promise<boolean> {
    if ((await files.sizeOf(file)) !== sizeBytes) {
      sizes.delete(file);
      return false;
    }
    const key = `${id} ${file}`;
    const isSame = checked.get(key) ?? (await isContentOf(id, file, sizeBytes).catch(() => null));
    if (isSame !== null) checked.set(key, isSame);
    return isSame === true;
  }

  return {
    async find(wanted, libraryDirs) {
      for (const folder of [...libraryDirs].map(originalsFolder))
        for (const { file, size } of await measured(folder))
          if (size === wanted.sizeBytes && (await isIt(file, wanted)))
            return { file, sha256: hashInName(path.basename(file)) ?? '' };
      return null;
    },
    async sizeOf(libraryDir) {
      const found = await measured(originalsFolder(libraryDir));
      return { count: found.length, sizeBytes: found.reduce((sum, { size }) => sum + size, 0) };
    },
    forget() {
      for (const known of [listings, sizes, checked]) known.clear();
    },
  };
}
