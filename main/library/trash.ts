/**
 * The library's trash: results that were thrown away lie in a hidden folder beside where they were, so that both ways are a rename on
 * one volume. Every step can be repeated after a crash.
 */
import type { Dirent } from 'node:fs';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type LibraryItem, libraryItemSchema, type TrashedItem } from '../../shared/contract/library.ts';
import { RestageError } from '../../shared/errors.ts';
import { asFileError, errnoOf, moveWithoutOverwrite, writeFileSafely } from '../storage/files.ts';
import { makeFolder } from '../storage/makeFolder.ts';
import { folderTree } from './scan.ts';
import { readSidecar, SIDECAR_SUFFIX } from './sidecar.ts';
import type { LibraryStore } from './store.ts';

/** Hidden: a look through the library passes it by. */
export const TRASH_FOLDER = '.restage-trash';

/** What the index knew of a result, beside its files: it comes back whole, also without a recipe. */
const noteSchema = z.object({
  trashedAt: z.string(),
  item: libraryItemSchema.omit({ state: true }),
  content: z.object({ sha256: z.string(), sizeBytes: z.number() }).nullable(),
});
type Note = z.infer<typeof noteSchema>;

interface Entry extends Note {
  /** The entry's own folder, named by the result. */
  place: string;
}

/** Throws RestageError notFound, or outputNotWritable with everything where it was. */
export async function moveToTrash(library: LibraryStore, id: string, nowMs: number): Promise<TrashedItem> {
  const { state: _state, ...item } = library.get(id);
  const place = path.join(path.dirname(item.file), TRASH_FOLDER, encodeURIComponent(id));
  const note: Note = { trashedAt: new Date(nowMs).toISOString(), item, content: library.contentOf(id) };
  const recipe = path.join(place, path.basename(item.sidecar));
  try {
    await makeFolder(place);
    await writeFileSafely(noteOf(place), `${JSON.stringify(note, null, 2)}\n`, { isOnlyWriter: true });
    // The video first: while another program holds it, nothing else has moved.
    await moveIfThere(item.file, path.join(place, path.basename(item.file)));
    await moveIfThere(item.sidecar, recipe);
  } catch (error) {
    await moveBack(place, item).catch(() => undefined);
    throw asFileError(error);
  }
  library.remove(id);
  return trashedOf(note);
}

/** Under its old name, or with a number behind it where that is taken. Throws RestageError notFound, outputNotWritable, diskFull. */
export async function putBack(library: LibraryStore, folders: Iterable<string>, id: string): Promise<LibraryItem> {
  const entry = (await entriesIn(folders)).find(({ item }) => item.id === id);
  if (!entry)
    throw new RestageError('notFound', { reasons: [{ field: 'id', rule: 'library.unknown', params: { id } }] });
  const { place, item, content } = entry;
  const [video, recipe] = [path.join(place, path.basename(item.file)), path.join(place, path.basename(item.sidecar))];
  const folder = path.dirname(path.dirname(place));
  try {
    for (let n = 1; ; n += 1) {
      const name = `${path.parse(item.file).name}${n === 1 ? '' : ` ${n}`}`;
      const [file, sidecar] = [path.join(folder, `${name}.mp4`), path.join(folder, `${name}${SIDECAR_SUFFIX}`)];
      // A crash on either way may have left one of the two in its place.
      const isOwn = readSidecar(sidecar)?.item.id === id;
      if ((existsSync(sidecar) && !isOwn) || (existsSync(file) && (existsSync(video) || !isOwn))) continue;
      if (!(await takesName(recipe, sidecar, isOwn))) continue;
      if (!(await takesName(video, file, false))) {
        await moveIfThere(sidecar, recipe);
        continue;
      }
      const back: LibraryItem = { ...item, file, sidecar, state: existsSync(file) ? 'present' : 'missing' };
      library.put(back, content);
      await remove(place);
      return back;
    }
  } catch (error) {
    throw asFileError(error);
  }
}

/** Newest first. */
export async function listTrash(folders: Iterable<string>): Promise<TrashedItem[]> {
  return (await entriesIn(folders)).map(trashedOf).sort((a, b) => b.trashedAt.localeCompare(a.trashedAt));
}

/** For good. Answers how many were there. */
export async function deleteForGood(folders: Iterable<string>, ids: readonly string[]): Promise<number> {
  const gone = (await entriesIn(folders)).filter(({ item }) => ids.includes(item.id));
  try {
    for (const { place } of gone) await remove(place);
  } catch (error) {
    throw asFileError(error);
  }
  return gone.length;
}

const noteOf = (place: string) => path.join(place, 'item.json');

const trashedOf = ({ trashedAt, item }: Note): TrashedItem => ({
  ...{ id: item.id, name: item.name, isSandbox: item.isSandbox },
  ...{ trashedAt, sizeBytes: item.sizeBytes },
});

async function entriesIn(folders: Iterable<string>): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const folder of folderTree(folders)) {
    const trash = path.join(folder.path, TRASH_FOLDER);
    for (const entry of await readdir(trash, { withFileTypes: true }).catch((): Dirent[] => [])) {
      const place = path.join(trash, entry.name);
      const note = entry.isDirectory() ? await readNote(place) : null;
      if (note) entries.push({ ...note, place });
    }
  }
  return entries;
}

async function readNote(place: string): Promise<Note | null> {
  try {
    return noteSchema.parse(JSON.parse(await readFile(noteOf(place), 'utf8')));
  } catch {
    return null;
  }
}

async function moveIfThere(from: string, to: string): Promise<void> {
  if (existsSync(from)) await moveWithoutOverwrite(from, to);
}

/** False: somebody else has the name. */
async function takesName(from: string, to: string, isThere: boolean): Promise<boolean> {
  if (isThere || !existsSync(from)) return true;
  try {
    await moveWithoutOverwrite(from, to);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function moveBack(place: string, item: Note['item']): Promise<void> {
  for (const file of [item.file, item.sidecar]) await moveIfThere(path.join(place, path.basename(file)), file);
  await remove(place);
}

/** With the trash folder, when nothing is left in it. */
async function remove(place: string): Promise<void> {
  await rm(place, { recursive: true, force: true });
  await rmdir(path.dirname(place)).catch(() => undefined);
}
