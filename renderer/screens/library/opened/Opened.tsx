/** The opened result itself: pictures on the left, everything that is known and thought of it on the right. */
import { Alert } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { LibraryItem } from '../../../../shared/contract/library.ts';
import { PanelEdge } from '../../../components/PanelEdge.tsx';
import { useLibraryStore } from '../../../state/library/libraryStore.ts';
import { usePanelStyle } from '../../../state/shell/panelWidths.ts';
import { toSeconds, toTicks } from '../../../state/trim/trim.ts';
import { useTexts } from '../../../text/i18n.ts';
import { GroupTransport } from '../compare/GroupTransport.tsx';
import { ScrubBar } from '../compare/ScrubBar.tsx';
import { SideName } from '../compare/SideName.tsx';
import { SoundButton } from '../compare/SoundButton.tsx';
import { Stage } from '../compare/Stage.tsx';
import { motionOf } from '../compare/useSides.ts';
import { Actions } from './Actions.tsx';
import { Fields } from './Fields.tsx';
import { HeadBar } from './HeadBar.tsx';
import { Notes } from './Notes.tsx';
import classes from './Opened.module.css';
import type { ListPlace } from './OpenedView.tsx';
import { RecipeFacts } from './RecipeFacts.tsx';
import { useNotes } from './useNotes.ts';
import { useOpenedKeys } from './useOpenedKeys.ts';
import { useOpenedPlayer } from './useOpenedPlayer.ts';
import { useStartsToPlay } from './useStartsToPlay.ts';
import { useVersions } from './useVersions.ts';
import { Versions } from './Versions.tsx';

interface OpenedProps {
  item: LibraryItem;
  place: ListPlace | null;
  isCovered: boolean;
  onOpen: (id: string) => void;
  onClose: () => void;
}

export function Opened({ item, place, isCovered, onOpen, onClose }: OpenedProps) {
  const { t } = useTexts();
  const player = useOpenedPlayer(
    item,
    useLibraryStore((state) => state.isReferenceShown),
  );
  const { group, plan, sides } = player;
  const notes = useNotes(item);
  const versions = useVersions(item);
  const [isGoToOpen, setIsGoToOpen] = useState(false);
  const newNote = useRef<HTMLInputElement>(null);
  const compare = (ids: string[]) => useLibraryStore.setState({ compareIds: ids });
  useStartsToPlay(group, item.state === 'present');
  useEffect(() => {
    if (isCovered) group.play(0);
  }, [isCovered, group]);
  const secondsAt = (position: number) => toSeconds(plan.clock, position);
  const ticksAt = (seconds: number) => toTicks(plan.clock, seconds);
  useOpenedKeys({
    ...{ item, place, isCovered, player, notes, versions, onOpen, onClose, ticksAt },
    onCompare: () => compare(versions.toCompare),
    onGoTo: () => setIsGoToOpen(true),
    onAddNote: () => newNote.current?.focus(),
  });
  return (
    <div className={classes.view} style={usePanelStyle()} data-testid="library-item">
      <div className={classes.pictures} data-panel-room>
        <HeadBar
          item={item}
          place={place}
          player={player}
          onOpen={onOpen}
          onCompare={() => compare(versions.toCompare)}
        />
        {motionOf(item) ? null : (
          <Alert color="accent" variant="light" icon={<IconFileImport />} p="xs">
            {t('viewer.imported')}
          </Alert>
        )}
        <Stage
          sides={sides}
          group={group}
          soundKey={player.soundKey}
          overlay={null}
          onRetry={player.retry}
          caption={(side) => (
            <>
              <SideName side={side} />
              {side.state === 'ready' ? (
                <SoundButton
                  side={side}
                  isHeard={player.soundKey === side.key}
                  onToggle={() => player.setSoundKey(player.soundKey === side.key ? null : side.key)}
                />
              ) : null}
            </>
          )}
        />
        <ScrubBar
          group={group}
          plan={plan}
          marks={notes.list.flatMap(({ id, atSeconds, isDone }) =>
            atSeconds === null ? [] : [{ id, position: ticksAt(atSeconds), isDone }],
          )}
        />
        <GroupTransport group={group} plan={plan} isGoToOpen={isGoToOpen} onGoTo={setIsGoToOpen} />
      </div>
      <PanelEdge panel="opened" label={t('viewer.notesAndRecipe')} leastPx={260} mostPx={720} leastRoomPx={460} />
      <div className={classes.side}>
        <Actions item={item} onClose={onClose} />
        <Notes
          notes={notes}
          group={group}
          clock={plan.clock}
          newNote={newNote}
          secondsAt={secondsAt}
          ticksAt={ticksAt}
        />
        <Versions item={item} versions={versions} onOpen={onOpen} onCompare={compare} />
        <Fields item={item} />
        <RecipeFacts item={item} neighbour={versions.neighbour} />
      </div>
    </div>
  );
}
