/** How pictures are compared, which of them, and which two lie over each other. */
import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { Control } from '../../../player/Control.tsx';
import { type CompareMode, type Comparison, toggleShown, withMode, withPair } from '../../../state/library/compare.ts';
import { useTexts } from '../../../text/i18n.ts';
import classes from './Compare.module.css';
import { useSideTitle } from './SideName.tsx';
import type { ChangeComparison } from './SideTools.tsx';
import type { Side } from './sides.ts';

const modes = ['side', 'flip', 'wipe', 'difference'] as const satisfies readonly CompareMode[];

interface CompareBarProps {
  sides: readonly Side[];
  pair: { a: string; b: string };
  comparison: Comparison;
  change: ChangeComparison;
}

export function CompareBar({ sides, pair, comparison, change }: CompareBarProps) {
  const { t } = useTexts();
  const titleOf = useSideTitle();
  const { mode, hidden, isShowingB, isAmplified } = comparison;
  return (
    <div className={classes.toolbar}>
      <SegmentedControl
        aria-label={t('viewer.compare.mode')}
        value={mode}
        onChange={(value) => change((now) => withMode(now, value as CompareMode))}
        data={modes.map((value) => ({ value, label: t(`viewer.compare.modes.${value}`) }))}
      />
      <fieldset className={classes.chips} aria-label={t('viewer.compare.pictures')}>
        {sides.map((side) => {
          const isShown = !hidden.includes(side.key);
          return (
            <Button
              key={side.key}
              size="compact-sm"
              variant={isShown ? 'light' : 'default'}
              color={isShown ? 'accent' : 'gray'}
              aria-pressed={isShown}
              disabled={isShown && sides.length - hidden.length <= 2}
              onClick={() =>
                change((now) =>
                  toggleShown(
                    now,
                    side.key,
                    sides.map(({ key }) => key),
                  ),
                )
              }
            >
              {titleOf(side)}
            </Button>
          );
        })}
      </fieldset>
      {mode === 'side' ? null : (
        <div className={classes.pair}>
          <PairSelect letter="A" value={pair.a} {...{ sides, pair, comparison, change }} />
          <Control
            label={t(mode === 'flip' ? 'viewer.compare.flip' : 'viewer.compare.exchange')}
            command={mode === 'flip' ? 'viewFlip' : undefined}
            onClick={() =>
              change((now) => (mode === 'flip' ? withMode(now, 'flip') : { ...now, a: pair.b, b: pair.a }))
            }
          >
            <IconArrowsExchange size={16} />
          </Control>
          <PairSelect letter="B" value={pair.b} {...{ sides, pair, comparison, change }} />
          {mode === 'difference' ? (
            <Button
              size="compact-sm"
              variant={isAmplified ? 'light' : 'default'}
              color={isAmplified ? 'accent' : 'gray'}
              aria-pressed={isAmplified}
              onClick={() => change((now) => ({ ...now, isAmplified: !isAmplified }))}
            >
              {t('viewer.compare.amplify')}
            </Button>
          ) : null}
          {mode === 'flip' ? (
            <span className={classes.seen} role="status">
              {t('viewer.compare.seen', { letter: isShowingB ? 'B' : 'A' })}
            </span>
          ) : null}
        </div>
      )}
    </div>
  );
}

function PairSelect({ letter, value, ...props }: CompareBarProps & { letter: 'A' | 'B'; value: string }) {
  const { t } = useTexts();
  const titleOf = useSideTitle();
  const { sides, pair, comparison, change } = props;
  return (
    <NativeSelect
      aria-label={t('viewer.compare.pick', { letter })}
      leftSection={letter}
      leftSectionWidth={24}
      value={value}
      onChange={(event) => {
        const key = event.currentTarget.value;
        change((now) => withPair(now, pair, letter === 'A' ? { a: key } : { b: key }));
      }}
      data={sides
        .filter(({ key }) => !comparison.hidden.includes(key))
        .map((side) => ({ value: side.key, label: titleOf(side) }))}
    />
  );
}
