/**
 * The library's trash: results that were thrown away lie in a hidden folder beside where they were, so that both ways are a rename on
 * one volume. Every step can be repeated after a crash.
 */
import type { Dirent } from 'node:fs';
import { existsSync } from 'node:fs';
import { lstat, readdir, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type LibraryItem, resultIdSchema, storedItemSchema, type TrashedItem } from '../../shared/contract/library.ts';
import { RestageError } from '../../shared/errors.ts';
import { areOneFile, asFileError, errnoOf, moveWithoutOverwrite, writeFileSafely } from '../storage/files.ts';
import { makeFolder } from '../storage/makeFolder.ts';
import { isOwnFile, readBoundedJson } from '../storage/ownFiles.ts';
import { folderTree } from './scan.ts';
import { readSidecar, SIDECAR_SUFFIX, withLaterFields } from './sidecar.ts';
import type { LibraryStore } from './store.ts';

/** Hidden: a look through the library passes it by. */
export const TRASH_FOLDER = '.restage-trash';

/** A file's name, of which a result's is made again: no folder, no way up, and the ending that the library gives. */
const isNamed = (file: string, ending: string) =>
  path.basename(file).endsWith(ending) && !/^[.]|[\\/\0]/.test(path.basename(file));

/** What the index knew of a result, beside its files: it comes back whole, also without a recipe. A stranger may have written it. */
const noteSchema = z.object({
  trashedAt: z.iso.datetime(),
  item: storedItemSchema.refine(
    ({ file, sidecar }) => /\.(mp4|m4v|mov)$/i.test(file) && isNamed(file, '') && isNamed(sidecar, SIDECAR_SUFFIX),
  ),
  content: z.object({ sha256: z.string().max(64), sizeBytes: z.number() }).nullable(),
});
const noteBounds = { maxBytes: 200_000, maxDepth: 32 };
type Note = z.infer<typeof noteSchema>;

interface Entry extends Note {
  /** The entry's own folder, named by the result. */
  place: string;
}

/** Throws RestageError notFound, or outputNotWritable with everything where it was. */
export async function moveToTrash(library: LibraryStore, id: string, nowMs: number): Promise<TrashedItem> {
  const { state: _state, take: _take, ...item } = library.get(id);
  const place = await placeOf(path.dirname(item.file), id);
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
      const [file, sidecar] = [
        path.join(folder, name + path.extname(item.file)),
        path.join(folder, `${name}${SIDECAR_SUFFIX}`),
      ];
      // A crash on either way may have left one of the two in its place.
      const isOwn = readSidecar(sidecar)?.item.id === id;
      const isMoved = await areOneFile(video, file);
      if (existsSync(sidecar) && !isOwn) continue;
      if (existsSync(file) && !isMoved && (existsSync(video) || !isOwn)) continue;
      if (!(await takesName(recipe, sidecar, isOwn))) continue;
      if (!(await takesName(video, file, false))) {
        await moveIfThere(sidecar, recipe);
        continue;
      }
      library.put({ ...item, file, sidecar, state: isOwnFile(file) ? 'present' : 'missing' }, content);
      await remove(place);
      return library.get(id);
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

/** One folder per result, named by its id, in a trash that lies where it says. Throws RestageError notFound, outputNotWritable. */
async function placeOf(folder: string, id: string): Promise<string> {
  if (!resultIdSchema.safeParse(id).success)
    throw new RestageError('notFound', {
      reasons: [{ field: 'id', rule: 'library.unknown', params: { id: id.slice(0, 80) } }],
    });
  const trash = path.join(folder, TRASH_FOLDER);
  const found = await lstat(trash).catch(() => null);
  // A link: what is thrown away would leave the library.
  if (found && !found.isDirectory())
    throw new RestageError('outputNotWritable', { detail: `${TRASH_FOLDER} is no folder` });
  return path.join(trash, id);
}

/** Entries that cannot be put back, for a list: they stay where they are. */
export async function damagedTrash(folders: Iterable<string>): Promise<string[]> {
  const damaged: string[] = [];
  for await (const { trash, name, isFolder } of trashEntries(folders)) {
    const place = path.join(trash, name);
    if (!isFolder || (existsSync(noteOf(place)) && readNote(place) === null)) damaged.push(place);
  }
  return damaged;
}

const noteOf = (place: string) => path.join(place, 'item.json');

const trashedOf = ({ trashedAt, item }: Note): TrashedItem => ({
  ...{ id: item.id, name: item.name, isSandbox: item.isSandbox },
  ...{ trashedAt, sizeBytes: item.sizeBytes },
});

async function* trashEntries(folders: Iterable<string>) {
  for await (const folder of folderTree(folders)) {
    const trash = path.join(folder.path, TRASH_FOLDER);
    const found = await lstat(trash).catch(() => null);
    if (!found) continue;
    // A link to somewhere else is no trash of ours, and neither is what lies there.
    if (!found.isDirectory()) yield { trash: folder.path, name: TRASH_FOLDER, isFolder: false };
    else
      for (const entry of await readdir(trash, { withFileTypes: true }).catch((): Dirent[] => []))
        yield { trash, name: entry.name, isFolder: entry.isDirectory() };
  }
}

async function entriesIn(folders: Iterable<string>): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const { trash, name, isFolder } of trashEntries(folders)) {
    const place = path.join(trash, name);
    const note = isFolder ? readNote(place) : null;
    if (note) entries.push({ ...note, place });
  }
  return entries;
}

function readNote(place: string): Note | null {
  const raw = readBoundedJson(noteOf(place), noteBounds);
  const item = typeof raw === 'object' && raw !== null && 'item' in raw ? withLaterFields(raw.item) : undefined;
  const parsed = noteSchema.safeParse({ ...(raw as object | undefined), item });
  return parsed.success ? parsed.data : null;
}

/** A file of its own: what is no such file (a link, a pipe) stays where it is. */
async function moveIfThere(from: string, to: string): Promise<void> {
  if (isOwnFile(from)) await moveWithoutOverwrite(from, to);
}

/** False: somebody else has the name. */
async function takesName(from: string, to: string, isThere: boolean): Promise<boolean> {
  if (isThere || !isOwnFile(from)) return true;
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
