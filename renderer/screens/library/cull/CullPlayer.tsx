/** The result that is being judged, large, with the few buttons that judge it. */
import { Button, Rating } from '@mantine/core';
import { IconArrowBackUp, IconChevronLeft, IconChevronRight, IconFlag, IconFlagOff } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { LibraryFlag, LibraryItem } from '../../../../shared/contract/library.ts';
import type { CommandId } from '../../../keys/commands.ts';
import { useDialogKeys, useKeyHints } from '../../../keys/useKeys.ts';
import { Control } from '../../../player/Control.tsx';
import { judgedOf } from '../../../state/library/cull.ts';
import { useTexts } from '../../../text/i18n.ts';
import { GroupTransport } from '../compare/GroupTransport.tsx';
import { ScrubBar } from '../compare/ScrubBar.tsx';
import { SideName } from '../compare/SideName.tsx';
import { Stage } from '../compare/Stage.tsx';
import { playerKeys } from '../compare/useGroup.ts';
import { useOpenedPlayer } from '../opened/useOpenedPlayer.ts';
import { useStartsToPlay } from '../opened/useStartsToPlay.ts';
import classes from './Cull.module.css';
import type { Culling } from './useCull.ts';

interface CullPlayerProps {
  /** Null: it cannot be shown, and can only be stepped over. */
  item: LibraryItem | null;
  culling: Culling;
  onClose: () => void;
}

export function CullPlayer({ item, culling }: CullPlayerProps) {
  const step = (by: number) => () => culling.step(by);
  const stepKeys = {
    ...{ nextResult: step(1), nextVersion: step(1), previousResult: step(-1), previousVersion: step(-1) },
    undo: culling.takeBack,
  };
  return item ? (
    <Judged item={item} culling={culling} stepKeys={stepKeys} />
  ) : (
    <Unseen stepKeys={stepKeys} culling={culling} />
  );
}

type StepKeys = Partial<Record<CommandId, () => void>>;

function Unseen({ stepKeys, culling }: { stepKeys: StepKeys; culling: Culling }) {
  useDialogKeys(stepKeys);
  return (
    <div className={classes.judge}>
      <Steps culling={culling} />
    </div>
  );
}

function Judged({ item, culling, stepKeys }: { item: LibraryItem; culling: Culling; stepKeys: StepKeys }) {
  const { t } = useTexts();
  const [isReferenceShown, setIsReferenceShown] = useState(false);
  const [isGoToOpen, setIsGoToOpen] = useState(false);
  const player = useOpenedPlayer(item, isReferenceShown);
  const { group, plan } = player;
  const judged = judgedOf(culling.cull, item.id, item);
  const flag = (to: LibraryFlag) => () => culling.flag(item, to);
  const rate = (rating: number) => () => culling.rate(item, rating);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each result
  useEffect(() => culling.see(item), [item.id]);
  useStartsToPlay(group, item.state === 'present');
  useDialogKeys({
    ...playerKeys(group, plan),
    ...stepKeys,
    goTo: () => setIsGoToOpen(true),
    ...{ pick: flag('pick'), reject: flag('reject'), unflag: flag('none') },
    ...{ rate0: rate(0), rate1: rate(1), rate2: rate(2), rate3: rate(3), rate4: rate(4), rate5: rate(5) },
    showReference: () => setIsReferenceShown(!isReferenceShown),
  });
  return (
    <>
      <Stage
        sides={player.sides}
        group={group}
        soundKey={player.soundKey}
        overlay={null}
        onRetry={player.retry}
        caption={(side) => <SideName side={side} />}
      />
      <ScrubBar group={group} plan={plan} />
      <GroupTransport group={group} plan={plan} isGoToOpen={isGoToOpen} onGoTo={setIsGoToOpen} />
      <div className={classes.judge}>
        <Steps culling={culling}>
          <Choice command="reject" isChosen={judged.flag === 'reject'} color="red" onClick={flag('reject')}>
            <IconFlagOff size={16} />
          </Choice>
          <Rating
            value={judged.rating}
            size="md"
            onChange={(rating) => culling.rate(item, rating)}
            getSymbolLabel={(value) => t('library.stars', { number: value })}
            aria-label={t('library.rating')}
          />
          <Choice command="pick" isChosen={judged.flag === 'pick'} color="green" onClick={flag('pick')}>
            <IconFlag size={16} />
          </Choice>
        </Steps>
      </div>
    </>
  );
}

function Steps({ culling, children }: { culling: Culling; children?: ReactNode }) {
  const { t } = useTexts();
  const { cull } = culling;
  return (
    <>
      <Control
        label={t('viewer.cull.back')}
        command="previousVersion"
        isDisabled={cull.at === 0}
        onClick={() => culling.step(-1)}
      >
        <IconChevronLeft size={18} />
      </Control>
      {children}
      <Control label={t('viewer.cull.next')} command="nextVersion" onClick={() => culling.step(1)}>
        <IconChevronRight size={18} />
      </Control>
      <Control
        label={t('keys.command.undo')}
        command="undo"
        isDisabled={cull.past.length === 0}
        onClick={culling.takeBack}
      >
        <IconArrowBackUp size={16} />
      </Control>
    </>
  );
}

interface ChoiceProps {
  command: 'pick' | 'reject';
  isChosen: boolean;
  color: string;
  onClick: () => void;
  children: ReactNode;
}

function Choice({ command, isChosen, color, onClick, children }: ChoiceProps) {
  const { t } = useTexts();
  const { keyOf } = useKeyHints();
  return (
    <Button
      size="sm"
      miw={120}
      variant={isChosen ? 'light' : 'default'}
      color={isChosen ? color : 'gray'}
      aria-pressed={isChosen}
      leftSection={children}
      rightSection={<kbd className={classes.key}>{keyOf(command)}</kbd>}
      onClick={onClick}
    >
      {t(`viewer.flag.${command === 'pick' ? 'toPick' : 'toReject'}`)}
    </Button>
  );
}
