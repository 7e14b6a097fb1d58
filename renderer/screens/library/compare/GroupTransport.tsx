/** Timecode and buttons under the pictures, for all of them at once. */
import {
  IconChevronLeft,
  IconChevronRight,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconRepeat,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Control } from '../../../player/Control.tsx';
import { GoToField } from '../../../player/GoTo.tsx';
import playerClasses from '../../../player/Player.module.css';
import { Timecode } from '../../../player/Timecode.tsx';
import { formatPosition } from '../../../state/trim/trim.ts';
import { useTexts } from '../../../text/i18n.ts';
import type { Group, GroupPlan } from './group.ts';
import classes from './Transport.module.css';
import { useGroupState } from './useGroup.ts';

interface GroupTransportProps {
  group: Group;
  plan: GroupPlan;
  isGoToOpen: boolean;
  onGoTo: (isOpen: boolean) => void;
  /** At the right end. */
  children?: ReactNode;
}

export function GroupTransport({ group, plan, isGoToOpen, onGoTo, children }: GroupTransportProps) {
  const { t } = useTexts();
  const isPlaying = useGroupState(group, ({ speed }) => speed !== 0);
  const speed = useGroupState(group, (state) => state.speed);
  const isLooping = useGroupState(group, (state) => state.isLooping);
  return (
    <div className={classes.transport} role="toolbar" aria-label={t('create.player.label')}>
      <span className={classes.times}>
        <Position group={group} plan={plan} />
        <span className={`${classes.length} mono`}>/ {formatPosition(plan.clock, plan.clock.length)}</span>
        <span className={`${playerClasses.speed} tabular`} aria-live="off">
          {isPlaying && speed !== 1 ? t('create.player.speed', { speed }) : ''}
        </span>
      </span>
      <span className={classes.buttons}>
        <Control label={t('keys.command.toStart')} command="toStart" onClick={() => group.seek(0)}>
          <IconPlayerSkipBack size={16} />
        </Control>
        <Control label={t('keys.command.frameBack')} command="frameBack" onClick={() => group.step(-1)}>
          <IconChevronLeft size={18} />
        </Control>
        <Control
          label={t(isPlaying ? 'create.player.pause' : 'create.player.play')}
          command="playPause"
          onClick={group.toggle}
        >
          {isPlaying ? <IconPlayerPause size={20} /> : <IconPlayerPlay size={20} />}
        </Control>
        <Control label={t('keys.command.frameForward')} command="frameForward" onClick={() => group.step(1)}>
          <IconChevronRight size={18} />
        </Control>
        <Control label={t('keys.command.toEnd')} command="toEnd" onClick={() => group.seek(plan.clock.length - 1)}>
          <IconPlayerSkipForward size={16} />
        </Control>
      </span>
      <span className={classes.more}>
        <GoToField
          clock={plan.clock}
          start={null}
          isOpen={isGoToOpen}
          onToggle={onGoTo}
          current={() => group.store.getState().position}
          onGo={group.seek}
        />
        <Control
          label={t('viewer.loop')}
          command="loop"
          isPressed={isLooping}
          onClick={() => group.store.setState({ isLooping: !isLooping })}
        >
          <IconRepeat size={16} />
        </Control>
        {children}
      </span>
    </div>
  );
}

/** Apart from the buttons, because it changes with every frame. */
function Position({ group, plan }: { group: Group; plan: GroupPlan }) {
  const { t } = useTexts();
  const position = useGroupState(group, (state) => state.position);
  const timecode = formatPosition(plan.clock, position);
  return (
    <Timecode
      className={playerClasses.position}
      label={t('create.player.copyTimecode', { timecode })}
      timecode={timecode}
    />
  );
}
