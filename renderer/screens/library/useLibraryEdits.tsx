/** Changes to results that can be taken back: they run one after the other, and what failed is not remembered as done. */
import { Anchor } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import { call } from '../../bridge/bridge.ts';
import { commandQuery } from '../../bridge/queries.ts';
import {
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
import { useLibraryStore } from '../../state/library/libraryStore.ts';
import { notifyError, showNotice, Words } from '../../text/notify.tsx';

const noticeMs = 8000;
/** The contract's. */
const mostAtOnce = 1000;
let going: Promise<unknown> = Promise.resolve();

const noticeOf = (itemId: string) => `trash-${itemId}`;

/** A result that has left the trash, one way or the other, needs no word of how to bring it back. */
export function hideTrashNotices(itemIds: readonly string[]): void {
  for (const id of itemIds) notifications.hide(noticeOf(id));
}

async function runStep(step: LibraryStep, client: QueryClient): Promise<void> {
  if (step.type === 'update') {
    const item = await call('library.update', { id: step.id, ...step.patch });
    // At once, not when news of it comes: the next change builds on what is shown.
    client.setQueryData(commandQuery('library.get', { id: step.id }).queryKey, item);
  } else {
    const command = step.type === 'trash' ? 'library.trash' : 'library.putBack';
    for (let from = 0; from < step.ids.length; from += mostAtOnce) {
      await call(command, { ids: step.ids.slice(from, from + mostAtOnce) });
    }
    if (step.type === 'putBack') hideTrashNotices(step.ids);
  }
}

export function useLibraryEdits() {
  const { setState, getState } = useLibraryStore;
  const client = useQueryClient();
  const run = (step: LibraryStep) => runStep(step, client);
  const inTurn = (work: () => Promise<void>) => {
    const next = going.then(work).catch((error: unknown) => notifyError(error));
    going = next;
    return next;
  };
  const doAndRecord = (done: ReturnType<typeof trashingOf>) =>
    inTurn(async () => {
      await run(done.step);
      setState({ history: record(getState().history, done) });
    });
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
  const undo = move(undoStep);

  const trash = (item: LibraryItem) => {
    if (getState().openId === item.id) setState({ openId: null });
    void inTurn(async () => {
      const done = trashingOf([item.id]);
      await run(done.step);
      setState({ history: record(getState().history, done) });
      const id = noticeOf(item.id);
      const takeBack = () => {
        void inTurn(async () => {
          await run(done.back);
          setState({ history: forget(getState().history, [item.id]) });
        });
      };
      showNotice({
        ...{ id, color: 'accent', autoClose: noticeMs },
        message: (
          <>
            <Words say={(t) => t('library.inTrash', { name: item.name })} />{' '}
            <Anchor component="button" type="button" underline="always" onClick={takeBack}>
              <Words say={(t) => t('keys.command.undo')} />
            </Anchor>
          </>
        ),
      });
    });
  };

  /** Several at once, as one step; answers what brings them back, null where they stayed. Refusals are said. */
  const trashAll = async (ids: readonly string[]): Promise<(() => Promise<boolean>) | null> => {
    const done = trashingOf(ids);
    const isDone = await succeeds(async () => {
      await run(done.step);
      setState({ history: record(getState().history, done) });
    });
    if (!isDone) return null;
    return () =>
      succeeds(async () => {
        await run(done.back);
        setState({ history: withoutStep(getState().history, done) });
      });
  };
  const succeeds = async (work: () => Promise<void>): Promise<boolean> => {
    let isDone = false;
    await inTurn(async () => {
      await work();
      isDone = true;
    });
    return isDone;
  };

  return {
    /** Resolves when it is written, or refused and said so. */
    update: (item: LibraryItem, patch: ItemPatch) => doAndRecord(updateOf(item, patch)),
    trash,
    trashAll,
    undo,
    redo: move(redoStep),
  };
}
