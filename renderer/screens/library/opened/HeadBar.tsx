/** Above the pictures: where in the list this result stands, what is thought of it, and ways to look at it. */
import { Badge, Button } from '@mantine/core';
import { IconArrowsDiff, IconChevronLeft, IconChevronRight, IconColumns2 } from '@tabler/icons-react';
import type { LibraryItem } from '../../../../shared/contract/library.ts';
import { UndoPair } from '../../../components/UndoPair.tsx';
import { Control } from '../../../player/Control.tsx';
import { toggleReference, useLibraryStore } from '../../../state/library/libraryStore.ts';
import { useTexts } from '../../../text/i18n.ts';
import { useLibraryEdits } from '../useLibraryEdits.tsx';
import { Judgement } from './Judgement.tsx';
import classes from './Opened.module.css';
import type { ListPlace } from './OpenedView.tsx';
import type { OpenedPlayer } from './useOpenedPlayer.ts';

interface HeadBarProps {
  item: LibraryItem;
  place: ListPlace | null;
  player: OpenedPlayer;
  onOpen: (id: string) => void;
  onCompare: () => void;
}

export function HeadBar({ item, place, player, onOpen, onCompare }: HeadBarProps) {
  const { t } = useTexts();
  const { update, undo, redo } = useLibraryEdits();
  const canUndo = useLibraryStore(({ history }) => history.past.length > 0);
  const isReferenceShown = useLibraryStore((state) => state.isReferenceShown);
  const canRedo = useLibraryStore(({ history }) => history.future.length > 0);
  return (
    <div className={classes.head}>
      {place ? <Steps place={place} onOpen={onOpen} /> : null}
      <Judgement
        item={item}
        onFlag={(flag) => void update(item, { flag })}
        onRate={(rating) => void update(item, { rating })}
      />
      {item.isSandbox ? <Badge color="yellow">{t('library.sandbox')}</Badge> : null}
      <span className={classes.grow} />
      <UndoPair canUndo={canUndo} canRedo={canRedo} undo={() => void undo()} redo={() => void redo()} />
      {player.hasReference ? (
        <Control
          label={t('keys.command.showReference')}
          command="showReference"
          isPressed={isReferenceShown}
          onClick={toggleReference}
        >
          <IconColumns2 size={16} />
        </Control>
      ) : null}
      {player.hasReference ? (
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconArrowsDiff size={14} />}
          onClick={onCompare}
          data-testid="compare"
        >
          {t('viewer.compareWith')}
        </Button>
      ) : null}
    </div>
  );
}

function Steps({ place, onOpen }: { place: ListPlace; onOpen: (id: string) => void }) {
  const { t } = useTexts();
  const { previousId, nextId, position, total } = place;
  const open = (id: string | null) => () => {
    if (id !== null) onOpen(id);
  };
  return (
    <span className={classes.steps}>
      <Control
        label={t('keys.command.previousResult')}
        command="previousResult"
        isDisabled={previousId === null}
        onClick={open(previousId)}
      >
        <IconChevronLeft size={16} />
      </Control>
      <span className="tabular">{t('viewer.place', { position, total })}</span>
      <Control
        label={t('keys.command.nextResult')}
        command="nextResult"
        isDisabled={nextId === null}
        onClick={open(nextId)}
      >
        <IconChevronRight size={16} />
      </Control>
    </span>
  );
}
