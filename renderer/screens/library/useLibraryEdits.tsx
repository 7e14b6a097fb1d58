/** Changes to results that can be taken back: they run one after the other, and what failed is not remembered as done. */
import { Anchor } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import type { LibraryChange } from '../../../shared/contract/libraryCommands.ts';
import { call } from '../../bridge/bridge.ts';
import { commandQuery } from '../../bridge/queries.ts';
import {
  changeOf,
  type DoneStep,
  forget,
  type ItemPatch,
  idsOf,
  type LibraryStep,
  record,
  redoStep,
  trashingOf,
  undoStep,
  updateOf,
  withoutStep,
} from '../../state/library/libraryHistory.ts';
import { setSelection, useLibraryStore } from '../../state/library/libraryStore.ts';
import { withoutIds } from '../../state/library/selection.ts';
import { notifyError, showNotice, Words } from '../../state/shell/notify.tsx';

const noticeMs = 8000;
/** What the contract takes at once. */
const mostAtOnce = 1000;
let going: Promise<unknown> = Promise.resolve();
/** The page has one. */
let client: QueryClient | null = null;

const noticeOf = (itemId: string) => `trash-${itemId}`;

/** A result that has left the trash, one way or the other, needs no word of how to bring it back. */
export function hideTrashNotices(itemIds: readonly string[]): void {
  for (const id of itemIds) notifications.hide(noticeOf(id));
}

async function inParts(ids: readonly string[], act: (part: string[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < ids.length; from += mostAtOnce) await act(ids.slice(from, from + mostAtOnce));
}

/** Answers the way back where only the library knows it. */
async function run(step: LibraryStep): Promise<readonly LibraryChange[]> {
  if (step.type === 'change') {
    const { undo, failed } = await call('library.change', { changes: [...step.changes] });
    const [first] = failed;
    if (first) notifyFailed(failed.length, first.name);
    return undo;
  }
  if (step.type === 'update') {
    const item = await call('library.update', { id: step.id, ...step.patch });
    // At once, not when news of it comes: the next change builds on what is shown.
    client?.setQueryData(commandQuery('library.get', { id: step.id }).queryKey, item);
  } else if (step.type === 'trash') await inParts(step.ids, (ids) => call('library.trash', { ids }));
  else {
    await inParts(step.ids, (ids) => call('library.putBack', { ids }));
    hideTrashNotices(step.ids);
  }
  return [];
}

function notifyFailed(number: number, name: string): void {
  showNotice({
    color: 'red',
    message: <Words say={(t) => t('library.change.failed', { count: number, name })} />,
    autoClose: 12_000,
  });
}

const { setState, getState } = useLibraryStore;

function inTurn(work: () => Promise<void>): Promise<unknown> {
  const next = going.then(work).catch((error: unknown) => notifyError(error));
  going = next;
  return next;
}

const remember = (done: DoneStep) => setState({ history: record(getState().history, done) });

const move = (next: typeof undoStep) => () =>
  inTurn(async () => {
    const found = next(getState().history);
    if (!found) return;
    // Taken out first: a step that fails would stand in the way of all others.
    setState({ history: found.after });
    try {
      await run(found.step);
    } catch (error) {
      setState({ history: forget(getState().history, idsOf(found.step)) });
      throw error;
    }
  });

async function succeeds(work: () => Promise<void>): Promise<boolean> {
  let isDone = false;
  await inTurn(async () => {
    await work();
    isDone = true;
  });
  return isDone;
}

/** Several at once, as one step; answers what brings them back, null where they stayed. Refusals are said. */
async function trashAll(ids: readonly string[]): Promise<(() => Promise<boolean>) | null> {
  const { openId } = getState();
  if (openId !== null && ids.includes(openId)) setState({ openId: null });
  const done = trashingOf(ids);
  const isDone = await succeeds(async () => {
    await run(done.step);
    remember(done);
    setSelection((selection) => withoutIds(selection, ids));
  });
  if (!isDone) return null;
  return () =>
    succeeds(async () => {
      await run(done.back);
      setState({ history: withoutStep(getState().history, done) });
    });
}

/** The same, with a word of how to bring them back. `name`: of the only one. */
async function trashAndTell(ids: readonly string[], name?: string): Promise<void> {
  const bringBack = await trashAll(ids);
  if (!bringBack) return;
  const id = noticeOf(ids[0] ?? '');
  const takeBack = () => {
    notifications.hide(id);
    void bringBack();
  };
  showNotice({
    ...{ id, color: 'accent', autoClose: noticeMs },
    message: (
      <>
        <Words
          say={(t) =>
            name === undefined ? t('library.inTrashMany', { count: ids.length }) : t('library.inTrash', { name })
          }
        />{' '}
        <Anchor component="button" type="button" underline="always" onClick={takeBack}>
          <Words say={(t) => t('keys.command.undo')} />
        </Anchor>
      </>
    ),
  });
}

function change(changes: readonly LibraryChange[]): void {
  if (changes.every(({ ids }) => ids.length === 0)) return;
  void inTurn(async () => {
    const undo = await run({ type: 'change', changes });
    if (undo.length > 0) remember(changeOf(changes, undo));
  });
}

export function useLibraryEdits() {
  client = useQueryClient();
  return {
    /** Resolves when it is written, or refused and said so. */
    update: (item: LibraryItem, patch: ItemPatch) =>
      inTurn(async () => {
        const done = updateOf(item, patch);
        await run(done.step);
        remember(done);
      }),
    /** Many at once, as one step. */
    change,
    trash: (item: LibraryItem) => void trashAndTell([item.id], item.name),
    trashMany: (ids: readonly string[]) => void trashAndTell(ids),
    trashAll,
    undo: move(undoStep),
    redo: move(redoStep),
  };
}
