/** The index is made good from what lies in the folders: recipes are read, moved files found by their content, nothing is forgotten. */
import type { LibraryItem } from '../../shared/contract/library.ts';
import { createPresence, type FileLayer, systemFiles } from './files.ts';
import { isCopy } from './folder.ts';
import { lookThrough } from './look.ts';
import { type Content, createContentFinder, type FoundRecipe, scanLibrary } from './scan.ts';
import { SIDECAR_SUFFIX } from './sidecar.ts';
import type { LibraryStore, PutItem } from './store.ts';

export interface RebuildReport {
  /** Results whose file is there. */
  present: number;
  /** Results that are known, and whose file was found nowhere. */
  missing: number;
  /** Results whose file or recipe lies elsewhere than it did. */
  moved: LibraryItem[];
  /** Recipes that cannot be read, and what lies under the name of a result and is no file of its own. */
  damaged: string[];
  /** Videos that belong to no recipe. */
  strays: string[];
}

export interface RebuildOptions {
  /** False: only what is missing or new is looked at. */
  readsAll: boolean;
  files?: FileLayer;
}

export async function rebuildIndex(
  library: LibraryStore,
  folders: Iterable<string>,
  { readsAll, files = systemFiles }: RebuildOptions,
): Promise<RebuildReport> {
  const roots = [...folders];
  await lookThrough(library, { files });
  const isThere = createPresence(files);
  const scan = await scanLibrary(roots, { files, ...(readsAll ? {} : { isKnown: library.isSettled }) });
  const find = createContentFinder(scan.loose, files);
  const strays = new Set(scan.loose);
  const moved: LibraryItem[] = [];

  async function settle(item: PutItem, content: Content | null): Promise<void> {
    const old = library.find(item.id)?.item;
    const isInPlace = await isThere(item.file);
    // A folder that does not answer says nothing about what lies in it.
    if (isInPlace === null && old) return;
    const found = isInPlace || content === null ? null : await find(content);
    if (found) strays.delete(found);
    // A file that a person moved away from its recipe last time is still there.
    const known = old && old.state === 'present' && !isInPlace ? old.file : item.file;
    const next: PutItem = { ...item, file: found ?? known };
    strays.delete(next.file);
    next.state = (await isThere(next.file)) ? 'present' : 'missing';
    library.put(next, content);
    const hasMoved = old && (old.file !== next.file || old.sidecar !== next.sidecar);
    if (next.state === 'present' && hasMoved) moved.push(library.get(next.id));
  }

  const read = new Set<string>();
  for (const [id, recipes] of Map.groupBy(scan.recipes, ({ sidecar }) => sidecar.item.id)) {
    const recipe = await best(recipes, library.find(id)?.item, isThere);
    if (!recipe) continue;
    read.add(id);
    await settle(itemOf(recipe), recipe.sidecar.file ?? null);
  }
  // What only the index knows: its recipe is gone or out of reach, its file may have moved.
  for (const { item, content } of library.missing()) if (!read.has(item.id) && content) await settle(item, content);
  return {
    ...library.counts(),
    ...{ moved, damaged: scan.damaged, strays: [...strays].filter((file) => !isCopy(file, roots)) },
  };
}

/** Of copies of one recipe the one that the index knows, while its file is there; else one that has its file. */
async function best(
  recipes: readonly FoundRecipe[],
  known: LibraryItem | undefined,
  isThere: (file: string) => Promise<boolean | null>,
): Promise<FoundRecipe | undefined> {
  const same = recipes.find(({ sidecarPath }) => sidecarPath === known?.sidecar);
  if (same && known?.state === 'present') return same;
  // A copy elsewhere changes nothing for a result that is in its place.
  if (known?.state === 'present' && (await isThere(known.sidecar))) return undefined;
  return recipes.find(({ file }) => file !== null) ?? recipes[0];
}

function itemOf({ sidecarPath, sidecar, file }: FoundRecipe): PutItem {
  const beside = `${sidecarPath.slice(0, -SIDECAR_SUFFIX.length)}.mp4`;
  return { ...sidecar.item, state: file === null ? 'missing' : 'present', file: file ?? beside, sidecar: sidecarPath };
}
