/** "Split into takes": every clean stretch as a row with its picture; choosing one sets in and out. */

import { Button, Loader, Popover } from '@mantine/core';
import { IconCut } from '@tabler/icons-react';
import { useState } from 'react';
import type { Timeline } from '../../shared/contract/timeline.ts';
import { mediaUrl } from '../../shared/media/mediaUrl.ts';
import { formatSeconds } from '../../shared/time/duration.ts';
import { usePlayerStore } from '../state/trim/player.ts';
import { type ClipShots, type OfferedTake, offerTakes } from '../state/trim/shots.ts';
import { formatPosition, toSeconds } from '../state/trim/trim.ts';
import type { Clip } from '../state/trim/useClip.ts';
import { useTexts } from '../text/i18n.ts';
import classes from './Timeline.module.css';

interface TakesMenuProps {
  clip: Clip;
  shots: ClipShots;
  strip: Timeline['filmstrip'] | undefined;
}

export function TakesMenu({ clip, shots, strip }: TakesMenuProps) {
  const { t } = useTexts();
  const [isOpen, setIsOpen] = useState(false);
  const takes = offerTakes(clip.clock, shots.takes, clip);
  // One clean stretch that is the whole clip: there is nothing to split.
  const isWhole = takes.length === 1 && takes.every(({ whole }) => whole.from <= 0 && whole.to >= clip.clock.length);
  if (isWhole && shots.state !== 'scanning' && !isOpen) return null;
  const choose = ({ range }: OfferedTake) => {
    clip.setRange(range);
    usePlayerStore.getState().controls?.seek(range.from);
    setIsOpen(false);
  };
  return (
    <Popover opened={isOpen} onChange={setIsOpen} trapFocus returnFocus position="top-start" withArrow width={384}>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="default"
          className={classes.takesButton}
          aria-label={t('create.timeline.takes.open', { number: takes.length })}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
          leftSection={
            shots.state === 'scanning' ? <Loader size={12} color="gray" /> : <IconCut size={14} aria-hidden="true" />
          }
          rightSection={takes.length > 0 ? <span className={`${classes.count} tabular`}>{takes.length}</span> : null}
        >
          <span className={classes.takesLabel}>{t('create.timeline.takes.split')}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('create.timeline.takes.title')} p={0}>
        <div className={classes.takesHint}>
          <TakesNote shots={shots} count={takes.length} minSeconds={clip.minSeconds} />
        </div>
        {takes.length > 0 ? (
          <ul className={classes.takes}>
            {takes.map((take, index) => (
              <li key={take.whole.from}>
                <TakeRow clip={clip} take={take} number={index + 1} strip={strip} onChoose={() => choose(take)} />
              </li>
            ))}
          </ul>
        ) : null}
      </Popover.Dropdown>
    </Popover>
  );
}

function TakesNote({ shots, count, minSeconds }: { shots: ClipShots; count: number; minSeconds: number }) {
  const { t } = useTexts();
  if (shots.state === 'scanning') {
    return (
      <span role="status" className={classes.scanning}>
        <Loader size={12} color="gray" />
        {t('create.timeline.takes.scanning')}
      </span>
    );
  }
  if (shots.state === 'coarse') return t('create.timeline.takes.coarse');
  if (shots.state === 'unknown') return t('create.timeline.takes.unknown');
  return t(count > 0 ? 'create.timeline.takes.hint' : 'create.timeline.takes.none', { seconds: minSeconds });
}

interface TakeRowProps {
  clip: Clip;
  take: OfferedTake;
  number: number;
  strip: Timeline['filmstrip'] | undefined;
  onChoose: () => void;
}

function TakeRow({ clip, take, number, strip, onChoose }: TakeRowProps) {
  const { t, language } = useTexts();
  const { clock, range: chosen, asset } = clip;
  const { whole, range } = take;
  const [from, to] = [formatPosition(clock, whole.from), formatPosition(clock, whole.to)];
  const duration = formatSeconds(toSeconds(clock, whole.to - whole.from), language);
  const isShortened = range.to < whole.to;
  const used = formatSeconds(toSeconds(clock, range.to - range.from), language);
  const count = strip?.count ?? 0;
  const picture = Math.min(count - 1, Math.floor(((whole.from + whole.to) / 2 / clock.length) * count));
  return (
    <button
      type="button"
      className={classes.takeRow}
      aria-label={t('create.timeline.takes.take', { number, from, to, duration })}
      aria-pressed={chosen.from === range.from && chosen.to === range.to}
      onClick={onChoose}
    >
      <span className={classes.takePicture}>
        {picture >= 0 && picture < (strip?.doneCount ?? 0) ? (
          <img src={mediaUrl('filmstrip', asset.id, picture)} alt="" />
        ) : null}
      </span>
      <span className="mono">
        {from} → {to}
      </span>
      <span className={`${classes.takeSeconds} tabular`}>
        {duration}
        {isShortened ? <small>{t('create.timeline.takes.first', { duration: used })}</small> : null}
      </span>
    </button>
  );
}
