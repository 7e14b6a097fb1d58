/** Changes to results: the sidecar is the truth and is written first, the index follows; each change answers with its way back. */
import { type LibraryItem, storedItemSchema } from '../../shared/contract/library.ts';
import type { LibraryChange, LibraryEdit } from '../../shared/contract/libraryCommands.ts';
import { type ErrorData, RestageError, toErrorData } from '../../shared/errors.ts';
import { libraryLimits } from '../../shared/library/libraryLimits.ts';
import { asFileError, writeFileSafely } from '../storage/files.ts';
import { systemFiles } from './files.ts';
import { tagKey } from './index/rows.ts';
import { changedSidecar, SIDECAR_VERSION } from './sidecar.ts';
import { inSidecarTurn } from './sidecarTurn.ts';
import type { LibraryStore } from './store.ts';

const editedFields = ['name', 'rating', 'flag', 'isHidden', 'project', 'tags', 'note', 'notes'] as const;

/** Throws RestageError notFound, refused (a sidecar of a newer version, a record that grows too long), outputNotWritable, diskFull. */
export async function editItem(library: LibraryStore, id: string, edit: LibraryEdit): Promise<LibraryItem> {
  return inSidecarTurn(library.get(id).sidecar, () => editNow(library, id, edit));
}

async function editNow(library: LibraryStore, id: string, edit: LibraryEdit): Promise<LibraryItem> {
  const before = library.get(id);
  const patch = Object.fromEntries(
    editedFields.flatMap((field) => (edit[field] === undefined ? [] : [[field, edit[field]]])),
  ) as Partial<LibraryItem>;
  const item = { ...before, ...patch };
  if (!storedItemSchema.safeParse(item).success)
    throw refusal('library.recordLong', { name: item.name, max: libraryLimits.recordLength });
  const sidecar = await changedSidecar(before.sidecar, patch, systemFiles);
  if (sidecar?.text === null)
    throw refusal('library.newer', { name: item.name, version: sidecar.version, known: SIDECAR_VERSION });
  // Without a sidecar (its drive is away) the index alone knows it, as it always did.
  if (sidecar) await writeFileSafely(before.sidecar, sidecar.text);
  library.put(item);
  return library.get(id);
}

function refusal(rule: string, params: Record<string, string | number>): RestageError {
  return new RestageError('refused', { reasons: [{ field: 'id', rule, params }] });
}

export interface Changed {
  items: LibraryItem[];
  undo: LibraryChange[];
  failed: { id: string; name: string; error: ErrorData }[];
}

export async function changeItems(library: LibraryStore, changes: readonly LibraryChange[]): Promise<Changed> {
  const items = new Map<string, LibraryItem>();
  const undo: LibraryChange[] = [];
  const failed: Changed['failed'] = [];
  for (const change of changes) {
    for (const id of new Set(change.ids)) {
      let name = '';
      try {
        const before = library.get(id);
        name = before.name;
        const edit = editOf(before, change);
        if (Object.keys(edit).length === 0) {
          items.set(id, before);
          continue;
        }
        items.set(id, await editItem(library, id, edit));
        const back = Object.fromEntries(Object.keys(edit).map((field) => [field, before[field as keyof LibraryItem]]));
        // The last change is the first to be taken back.
        undo.unshift({ ids: [id], set: back });
      } catch (error) {
        failed.push({ id, name, error: toErrorData(asFileError(error)) });
      }
    }
  }
  return { items: [...items.values()], undo: joined(undo), failed };
}

/** What a change means for one result: fields that are as they should be are left out. */
function editOf(item: LibraryItem, { set = {}, addTags = [], removeTags = [] }: LibraryChange): LibraryEdit {
  const edit: LibraryEdit = { ...set };
  if (addTags.length > 0 || removeTags.length > 0) {
    const gone = new Set(removeTags.map(tagKey));
    const kept = (set.tags ?? item.tags).filter((tag) => !gone.has(tagKey(tag)));
    const known = new Set(kept.map(tagKey));
    edit.tags = [...kept, ...addTags.filter((tag) => !known.has(tagKey(tag)))];
  }
  return Object.fromEntries(
    Object.entries(edit).filter(
      ([field, value]) =>
        value !== undefined && JSON.stringify(value) !== JSON.stringify(item[field as keyof LibraryItem]),
    ),
  );
}

/** Neighbours that are set back to the same go together. */
function joined(undo: readonly LibraryChange[]): LibraryChange[] {
  const out: LibraryChange[] = [];
  for (const change of undo) {
    const last = out.at(-1);
    if (last && JSON.stringify(last.set) === JSON.stringify(change.set)) last.ids.push(...change.ids);
    else out.push({ ...change, ids: [...change.ids] });
  }
  return out;
}
