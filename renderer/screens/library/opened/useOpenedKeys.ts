/** The keys of an opened result: they mean what is seen, never a card behind it. */
import type { LibraryFlag, LibraryItem } from '../../../../shared/contract/library.ts';
import { useDialogKeys } from '../../../keys/useKeys.ts';
import { toggleReference } from '../../../state/library/libraryStore.ts';
import { playerKeys } from '../compare/useGroup.ts';
import { useLibraryEdits } from '../useLibraryEdits.tsx';
import type { ListPlace } from './OpenedView.tsx';
import type { NotesEditor } from './useNotes.ts';
import type { OpenedPlayer } from './useOpenedPlayer.ts';
import type { Versions } from './useVersions.ts';

interface OpenedKeys {
  item: LibraryItem;
  place: ListPlace | null;
  isCovered: boolean;
  player: OpenedPlayer;
  notes: NotesEditor;
  versions: Versions;
  ticksAt: (seconds: number) => number;
  onOpen: (id: string) => void;
  onClose: () => void;
  onCompare: () => void;
  onGoTo: () => void;
  onAddNote: () => void;
}

export function useOpenedKeys(given: OpenedKeys): void {
  const { item, place, isCovered, player, versions, onOpen } = given;
  const { update, trash, undo, redo } = useLibraryEdits();
  const rate = (rating: number) => () => void update(item, { rating });
  // The same key takes it back.
  const flag = (to: LibraryFlag) => () => void update(item, { flag: item.flag === to ? 'none' : to });
  const open = (id: string | null) => () => {
    if (id !== null) onOpen(id);
  };
  const handlers = {
    ...playerKeys(player.group, player.plan),
    goTo: given.onGoTo,
    undo: () => void undo(),
    redo: () => void redo(),
    ...{ rate0: rate(0), rate1: rate(1), rate2: rate(2), rate3: rate(3), rate4: rate(4), rate5: rate(5) },
    ...{ pick: flag('pick'), reject: flag('reject'), unflag: () => void update(item, { flag: 'none' }) },
    previousResult: open(place?.previousId ?? null),
    nextResult: open(place?.nextId ?? null),
    previousVersion: open(versions.previousId),
    nextVersion: open(versions.nextId),
    compare: given.onCompare,
    showReference: toggleReference,
    addNote: () => {
      player.group.play(0);
      given.onAddNote();
    },
    previousNote: () => jump(given, -1),
    nextNote: () => jump(given, 1),
    trash: () => {
      trash(item);
      given.onClose();
    },
  };
  useDialogKeys(isCovered ? {} : handlers);
}

function jump({ notes, player, ticksAt }: OpenedKeys, direction: 1 | -1): void {
  const at = player.group.store.getState().position;
  const marks = notes.list
    .flatMap(({ atSeconds }) => (atSeconds === null ? [] : [ticksAt(atSeconds)]))
    .sort((a, b) => a - b);
  const next = direction === 1 ? marks.find((mark) => mark > at) : marks.findLast((mark) => mark < at);
  if (next !== undefined) player.group.seek(next);
}
