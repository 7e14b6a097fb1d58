/** The head of jobs that were ordered together: folds them, says how far they are and what they cost together. */
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { Job } from '../../../shared/contract/jobs.ts';
import { creditsOf } from '../../../shared/money/testCredits.ts';
import { shownText } from '../../../shared/words/shownText.ts';
import { GridCell } from '../../components/GridCell.tsx';
import { formatCreditRange, formatNumber } from '../../format/units.ts';
import { countJobs } from '../../state/queue/jobCounts.ts';
import { toggleFold } from '../../state/queue/queueStore.ts';
import { useTexts } from '../../text/i18n.ts';
import { performanceOf, sumOf } from './batches.ts';
import { PerformanceState } from './PerformanceState.tsx';
import classes from './Queue.module.css';

interface BatchRowProps {
  batchKey: string;
  jobs: readonly Job[];
  isFolded: boolean;
  onSelectAll: () => void;
}

export function BatchRow({ batchKey, jobs, isFolded, onSelectAll }: BatchRowProps) {
  const { t, language } = useTexts();
  const counts = countJobs(jobs);
  const name = batchKey.startsWith('name ') ? batchKey.slice('name '.length) : namesOf(jobs, language);
  const performance = performanceOf(batchKey);
  const Chevron = isFolded ? IconChevronRight : IconChevronDown;
  const isSandbox = jobs.every((job) => job.isSandbox);
  const done = formatNumber(counts.completed, language, 0);
  const total = formatNumber(jobs.length, language, 0);
  return (
    // biome-ignore lint/a11y/useSemanticElements: laid out as a grid, which a tr cannot be
    // biome-ignore lint/a11y/useFocusableInteractive: its button is what is focused
    <div role="row" className={classes.batch} data-testid="queue-batch" aria-label={name}>
      <GridCell>
        <button
          type="button"
          className={classes.more}
          data-is-shown
          aria-expanded={!isFolded}
          aria-label={t(isFolded ? 'queue.batch.unfold' : 'queue.batch.fold', { name })}
          onClick={() => toggleFold(batchKey)}
        >
          <Chevron size={16} aria-hidden="true" />
        </button>
      </GridCell>
      <GridCell className={classes.batchName}>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys choose several rows with Shift and the arrows */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a pointer's shortcut */}
        <span className={classes.name} title={name} onClick={onSelectAll}>
          {name}
        </span>
        <span className={classes.take}>
          {t(performance === null ? 'queue.batch.takes' : 'queue.long.parts', { number: total })}
        </span>
      </GridCell>
      <GridCell className={`${classes.stage} tabular`}>
        <span>{t('queue.batch.progress', { done, total })}</span>
        <span className={classes.bar}>
          <span className={classes.fill} style={{ width: `${(counts.completed / jobs.length) * 100}%` }} />
        </span>
      </GridCell>
      <GridCell className={`${classes.time} tabular`} data-kind={counts.failed > 0 ? 'over' : undefined}>
        {counts.failed > 0 ? t('app.status.jobs.failed', { number: counts.failed }) : null}
        {counts.failed === 0 && performance !== null ? <PerformanceState id={performance} /> : null}
      </GridCell>
      <GridCell className={`${classes.cost} tabular`}>
        {t('create.cost.credits', { credits: formatCreditRange(sumOf(jobs), language), ...creditsOf(isSandbox) })}
      </GridCell>
    </div>
  );
}

/** The clips of the batch, as a list of the language. */
function namesOf(jobs: readonly Job[], language: string): string {
  const clips = [...new Set(jobs.map(({ videoName }) => shownText(videoName)))];
  return new Intl.ListFormat(language, { type: 'unit' }).format(clips);
}
