/** The buttons and the timecode under the picture. */
import { Tooltip } from '@mantine/core';
import {
  IconCrop,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconRepeat,
  IconUsers,
  IconVolume,
  IconVolumeOff,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { toggleTool, usePlayerStore } from '../state/trim/player.ts';
import { formatSource, sourceStartOf } from '../state/trim/sourceTimecode.ts';
import { formatPosition, stepOf } from '../state/trim/trim.ts';
import type { Clip } from '../state/trim/useClip.ts';
import { useTexts } from '../text/i18n.ts';
import { Control } from './Control.tsx';
import { GoTo } from './GoTo.tsx';
import classes from './Player.module.css';
import { Timecode } from './Timecode.tsx';

interface TransportProps {
  clip: Clip;
  isMuted: boolean;
  onMute: (isMuted: boolean) => void;
  /** There is a character to compare with. */
  canFrame: boolean;
}

export function Transport({ clip, isMuted, onMute, canFrame }: TransportProps) {
  const { t } = useTexts();
  const controls = usePlayerStore((state) => state.controls);
  const speed = usePlayerStore((state) => state.speed);
  const isLooping = usePlayerStore((state) => state.isLooping);
  const tool = usePlayerStore((state) => state.tool);
  const isPlaying = speed !== 0;
  const hasSound = clip.facts.audio.length > 0;
  return (
    <div className={classes.transport} role="toolbar" aria-label={t('create.player.label')}>
      <Position clip={clip} />
      <span className={`${classes.speed} tabular`} aria-live="off">
        {isPlaying && speed !== 1 ? t('create.player.speed', { speed }) : ''}
      </span>
      <span className={classes.grow} />
      <Control label={t('create.player.toIn')} command="goIn" onClick={() => controls?.seek(clip.range.from)}>
        <IconPlayerSkipBack size={16} />
      </Control>
      <Control
        label={t(isPlaying ? 'create.player.pause' : 'create.player.play')}
        command="playPause"
        onClick={() => controls?.toggle()}
      >
        {isPlaying ? <IconPlayerPause size={20} /> : <IconPlayerPlay size={20} />}
      </Control>
      <Control
        label={t('create.player.toOut')}
        command="goOut"
        onClick={() => controls?.seek(clip.range.to - stepOf(clip.clock))}
      >
        <IconPlayerSkipForward size={16} />
      </Control>
      <span className={classes.grow} />
      <Control
        label={t('create.crop.title')}
        command="crop"
        isPressed={tool === 'crop'}
        onClick={() => toggleTool('crop')}
      >
        <IconCrop size={16} />
      </Control>
      <Control
        label={t('create.framing.title')}
        command="framing"
        isPressed={tool === 'framing'}
        isDisabled={!canFrame}
        onClick={() => toggleTool('framing')}
      >
        <IconUsers size={16} />
      </Control>
      <GoTo clip={clip} />
      <Control
        label={t('create.player.loop')}
        command="loop"
        isPressed={isLooping}
        onClick={() => usePlayerStore.setState({ isLooping: !isLooping })}
      >
        <IconRepeat size={16} />
      </Control>
      <Control
        label={t(isMuted ? 'create.player.unmute' : 'create.player.mute')}
        isDisabled={!hasSound}
        onClick={() => onMute(!isMuted)}
      >
        {isMuted || !hasSound ? <IconVolumeOff size={16} /> : <IconVolume size={16} />}
      </Control>
    </div>
  );
}

/** Apart from the buttons, because it changes with every frame. */
function Position({ clip }: { clip: Clip }) {
  const { t } = useTexts();
  const position = usePlayerStore((state) => state.position);
  const start = useMemo(() => sourceStartOf(clip.facts), [clip.facts]);
  const timecode = formatPosition(clip.clock, position);
  const source = start ? formatSource(clip.clock, start, position) : null;
  return (
    <div className={classes.timecodes}>
      <Timecode
        className={classes.position}
        label={t('create.player.copyTimecode', { timecode })}
        timecode={timecode}
      />
      {source === null ? null : (
        <Tooltip label={t('create.player.sourceTimecode')} position="bottom">
          <Timecode
            className={classes.source}
            label={t('create.player.copySource', { timecode: source })}
            timecode={source}
            isSource
          />
        </Tooltip>
      )}
    </div>
  );
}
