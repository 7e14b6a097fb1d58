/** Above the strip: mark in and out, what the range costs in seconds, zoom. */

import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconArrowsHorizontal,
  IconBracketsContainEnd,
  IconBracketsContainStart,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import type { Timeline } from '../../shared/contract/timeline.ts';
import { formatSeconds } from '../../shared/time/duration.ts';
import { useKeyHints } from '../keys/useKeys.ts';
import { notifyDone } from '../state/shell/notify.tsx';
import { usePlayerStore } from '../state/trim/player.ts';
import type { ClipShots } from '../state/trim/shots.ts';
import { billedSeconds, formatPosition, markIn, markOut } from '../state/trim/trim.ts';
import type { Clip } from '../state/trim/useClip.ts';
import { useTexts } from '../text/i18n.ts';
import { BeatsButton } from './BeatsButton.tsx';
import { TakesMenu } from './TakesMenu.tsx';
import classes from './Timeline.module.css';
import { useLiveClip } from './useLiveClip.ts';

interface TimelineToolbarProps {
  clip: Clip;
  shots: ClipShots;
  strip: Timeline['filmstrip'] | undefined;
  isWhole: boolean;
  onZoom: (factor: number) => void;
  onShowAll: () => void;
}

export function TimelineToolbar({ clip, shots, strip, isWhole, onZoom, onShowAll }: TimelineToolbarProps) {
  const { t } = useTexts();
  const { withKey } = useKeyHints();
  const { clock, range, maxSeconds, setRange } = clip;
  const at = () => usePlayerStore.getState().position;
  return (
    <div className={classes.toolbar}>
      <Tooltip label={withKey(t('create.timeline.markIn'), 'markIn')}>
        <ActionIcon
          aria-label={t('create.timeline.markIn')}
          onClick={() => setRange(markIn(clock, range, { at: at(), maxSeconds }))}
        >
          <IconBracketsContainStart size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={withKey(t('create.timeline.markOut'), 'markOut')}>
        <ActionIcon
          aria-label={t('create.timeline.markOut')}
          onClick={() => setRange(markOut(clock, range, { at: at(), maxSeconds }))}
        >
          <IconBracketsContainEnd size={16} />
        </ActionIcon>
      </Tooltip>
      <Readout clip={clip} />
      <div className={classes.tools}>
        <BeatsButton clip={clip} />
        <TakesMenu clip={clip} shots={shots} strip={strip} />
        <Tooltip label={withKey(t('create.timeline.zoomOut'), 'zoomOut')}>
          <ActionIcon aria-label={t('create.timeline.zoomOut')} disabled={isWhole} onClick={() => onZoom(2)}>
            <IconZoomOut size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={withKey(t('create.timeline.zoomIn'), 'zoomIn')}>
          <ActionIcon aria-label={t('create.timeline.zoomIn')} onClick={() => onZoom(0.5)}>
            <IconZoomIn size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={withKey(t('create.timeline.zoomFit'), 'zoomFit')}>
          <ActionIcon aria-label={t('create.timeline.zoomFit')} disabled={isWhole} onClick={onShowAll}>
            <IconArrowsHorizontal size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
    </div>
  );
}

function Readout({ clip }: { clip: Clip }) {
  const { t, language } = useTexts();
  const { clock, range, seconds } = useLiveClip(clip);
  const { low, high } = billedSeconds(seconds);
  const text = `${formatPosition(clock, range.from)} → ${formatPosition(clock, range.to)}`;
  const copy = () => void navigator.clipboard.writeText(text).then(() => notifyDone((t) => t('app.action.copied')));
  return (
    <div className={classes.readout}>
      <Tooltip label={t('create.timeline.copyRange')}>
        <button type="button" className={`${classes.rangeCopy} mono`} data-testid="range-timecodes" onClick={copy}>
          {text}
        </button>
      </Tooltip>
      <Tooltip label={t('create.timeline.billedHint')} multiline w={280}>
        <span className={`${classes.billed} tabular`} data-testid="billed">
          {t('create.timeline.billed', {
            duration: formatSeconds(seconds, language),
            seconds: low === high ? String(low) : `${low}–${high}`,
          })}
        </span>
      </Tooltip>
    </div>
  );
}
