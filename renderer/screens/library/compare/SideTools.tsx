/** The line of one picture: what it is, its offset against the others, its sound. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { shownText } from '../../../../shared/words/shownText.ts';
import { useKeyHints } from '../../../keys/useKeys.ts';
import { type Comparison, offsetBy, toggleSound, withoutOffset } from '../../../state/library/compare.ts';
import { useTexts } from '../../../text/i18n.ts';
import classes from './Compare.module.css';
import { SideName } from './SideName.tsx';
import { SoundButton } from './SoundButton.tsx';
import type { Side } from './sides.ts';

export type ChangeComparison = (next: (now: Comparison) => Comparison) => void;

interface SideToolsProps {
  side: Side;
  comparison: Comparison;
  letter: string | null;
  /** Keys for one side mean this one. */
  isActive: boolean;
  change: ChangeComparison;
}

export function SideTools({ side, comparison, letter, isActive, change }: SideToolsProps) {
  return (
    <div
      className={classes.tools}
      data-active={isActive}
      data-testid={`side-${side.key}`}
      onPointerDown={() => change((now) => ({ ...now, active: side.key }))}
    >
      <SideName side={side} letter={letter} />
      {side.lane ? <Offset side={side} frames={comparison.offsets[side.key] ?? 0} change={change} /> : null}
      {side.kind === 'character' ? null : (
        <SoundButton
          side={side}
          isHeard={comparison.sound === side.key}
          onToggle={() => change((now) => toggleSound(now, side.key))}
        />
      )}
    </div>
  );
}

function Offset({ side, frames, change }: { side: Side; frames: number; change: ChangeComparison }) {
  const { t } = useTexts();
  const { withKey } = useKeyHints();
  const name = shownText(side.name);
  const by = (step: number) => () => change((now) => offsetBy(now, side.key, step));
  const sign = frames > 0 ? '+' : frames < 0 ? '−' : '±';
  return (
    <fieldset className={classes.offset} aria-label={t('viewer.compare.offset', { name })}>
      <Tooltip label={withKey(t('viewer.compare.earlier'), 'offsetBack')}>
        <ActionIcon size="sm" aria-label={t('viewer.compare.earlierOf', { name })} onClick={by(-1)}>
          <IconChevronLeft size={14} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('viewer.compare.noOffset')}>
        <button
          type="button"
          className={`${classes.frames} tabular`}
          aria-label={t('viewer.compare.offsetReset', { name, frames })}
          data-moved={frames !== 0}
          onClick={() => change((now) => withoutOffset(now, side.key))}
        >
          {t('viewer.compare.frames', { frames: `${sign}${Math.abs(frames)}` })}
        </button>
      </Tooltip>
      <Tooltip label={withKey(t('viewer.compare.later'), 'offsetForward')}>
        <ActionIcon size="sm" aria-label={t('viewer.compare.laterOf', { name })} onClick={by(1)}>
          <IconChevronRight size={14} />
        </ActionIcon>
      </Tooltip>
    </fieldset>
  );
}
