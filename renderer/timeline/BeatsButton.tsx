/** Above the strip: the tempo of the clip's sound, and the switch that lets handles snap to its beats. */
import { Button, Tooltip } from '@mantine/core';
import { IconMetronome } from '@tabler/icons-react';
import { formatNumber } from '../format/units.ts';
import { useKeyHints } from '../keys/useKeys.ts';
import { toggleBeatSnap, useBeatSnap, useBeats } from '../state/trim/beats.ts';
import type { Clip } from '../state/trim/useClip.ts';
import { useTexts } from '../text/i18n.ts';
import classes from './Timeline.module.css';

export function BeatsButton({ clip }: { clip: Clip }) {
  const { t, language } = useTexts();
  const { withKey } = useKeyHints();
  const { state, bpm } = useBeats(clip);
  const { isOn } = useBeatSnap();
  if (state === 'silent' || state === 'looking') return null;
  if (state === 'none') {
    return (
      <Tooltip label={t('create.timeline.beats.noneHint')} multiline w={260}>
        <span className={classes.noBeat} data-testid="no-beat">
          <IconMetronome size={14} aria-hidden="true" />
          <span className={classes.takesLabel}>{t('create.timeline.beats.none')}</span>
        </span>
      </Tooltip>
    );
  }
  const tempo = t('create.timeline.beats.tempo', { bpm: formatNumber(bpm, language, 0) });
  return (
    <Tooltip label={withKey(t('create.timeline.beats.snap'), 'snapBeats')}>
      <Button
        size="compact-sm"
        variant={isOn ? 'light' : 'default'}
        className={classes.takesButton}
        aria-label={t('create.timeline.beats.label', { tempo })}
        aria-pressed={isOn}
        onClick={toggleBeatSnap}
        leftSection={<IconMetronome size={14} aria-hidden="true" />}
      >
        <span className="tabular">{tempo}</span>
      </Button>
    </Tooltip>
  );
}
