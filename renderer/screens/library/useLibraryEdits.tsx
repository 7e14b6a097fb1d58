/** Changes to results that can be taken back: they run one after the other, and what failed is not remembered as done. */
import { Anchor } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import { call } from '../../bridge/bridge.ts';
import {
  forget,
  type ItemPatch,
  type LibraryStep,
  record,
  redoStep,
  trashingOf,
  undoStep,
  updateOf,
} from '../../state/library/libraryHistory.ts';
import { useLibraryStore } from '../../state/library/libraryStore.ts';
import { notifyError, showNotice, Words } from '../../text/notify.tsx';

const noticeMs = 8000;
let going: Promise<unknown> = Promise.resolve();

const noticeOf = (itemId: string) => `trash-${itemId}`;

/** A result that has left the trash, one way or the other, needs no word of how to bring it back. */
export function hideTrashNotices(itemIds: readonly string[]): void {
  for (const id of itemIds) notifications.hide(noticeOf(id));
}

async function run(step: LibraryStep): Promise<void> {
  if (step.type === 'update') await call('library.update', { id: step.id, ...step.patch });
  else if (step.type === 'trash') await call('library.trash', { ids: [step.id] });
  else {
    await call('library.putBack', { ids: [step.id] });
    hideTrashNotices([step.id]);
  }
}

export function useLibraryEdits() {
  const { setState, getState } = useLibraryStore;
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
        setState({ history: forget(getState().history, [found.step.id]) });
        throw error;
      }
    });
  const undo = move(undoStep);

  const trash = (item: LibraryItem) => {
    if (getState().openId === item.id) setState({ openId: null });
    void inTurn(async () => {
      const done = trashingOf(item.id);
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

  return {
    update: (item: LibraryItem, patch: ItemPatch) => void doAndRecord(updateOf(item, patch)),
    trash,
    undo,
    redo: move(redoStep),
  };
}
