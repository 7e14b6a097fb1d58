/** A clip or a picture that this profile has never seen, and that a result of the library was made of: its kept original stands in for it. */
import { systemFiles } from '../files.ts';
import { readSidecarLater } from '../sidecar.ts';
import type { LibraryStore } from '../store.ts';
import type { OriginalsFinder } from './find.ts';

/** As intake makes them: the letter of the kind, and the beginning of the content's hash. */
const ASSET_ID = /^[vi][0-9a-f]{24}$/;

/** Null: no recipe tells of it, or its original is not there. Never rejects. */
export async function findUnknown(
  assetId: string,
  {
    library,
    finder,
    roots,
  }: { library: Pick<LibraryStore, 'madeOf'>; finder: OriginalsFinder; roots: Iterable<string> },
): Promise<{ file: string; name: string } | null> {
  if (!ASSET_ID.test(assetId)) return null;
  for (const sidecar of library.madeOf(assetId)) {
    const recipe = await readSidecarLater(sidecar, systemFiles);
    const part = recipe?.sources.video?.assetId === assetId ? 'video' : 'image';
    const original = recipe?.originals?.[part];
    if (recipe?.sources[part]?.assetId !== assetId || !original) continue;
    const found = await finder.find({ id: assetId, sizeBytes: original.sizeBytes }, roots);
    if (found) return { file: found.file, name: original.name };
  }
  return null;
}
