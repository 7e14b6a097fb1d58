/** One job on one line: pictures, name with the number of the take, stage, one figure of time, credits, actions; what is behind it opens below when it is chosen. */
import { Button } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { type DragEvent, type MouseEvent, memo } from 'react';
import type { Job } from '../../../shared/contract/jobs.ts';
import { explainJobProblem } from '../../../shared/jobs/jobProblem.ts';
import { isFinal } from '../../../shared/jobs/jobStates.ts';
import { mediaUrl } from '../../../shared/media/mediaUrl.ts';
import { creditsOf } from '../../../shared/money/testCredits.ts';
import { formatSeconds } from '../../../shared/time/duration.ts';
import { GridCell } from '../../components/GridCell.tsx';
import { Poster } from '../../components/Poster.tsx';
import { formatCreditRange, formatCredits, formatElapsed, formatNumber } from '../../format/units.ts';
import { groupOf } from '../../state/queue/jobCounts.ts';
import { useNow } from '../../state/shell/now.ts';
import { type Texts, useTexts } from '../../text/i18n.ts';
import { JobDetail } from './JobDetail.tsx';
import { actionsOf, type JobActionTools } from './jobActions.ts';
import { jobName } from './jobName.ts';
import classes from './Queue.module.css';
import type { Place } from './queueOrder.ts';
import { shownState, timeOf } from './stages.ts';

export interface JobRowProps {
  job: Job;
  /** In the line of what has not been sent; 0 for the others. */
  placeNumber: number;
  isFirst: boolean;
  isLast: boolean;
  /** Null: ordered once. */
  take: number | null;
  isInBatch: boolean;
  isSelected: boolean;
  /** What is behind it is shown below. */
  isOpen: boolean;
  isTabStop: boolean;
  /** For good the same functions: a thousand rows are not drawn for a new one. */
  tools: JobActionTools;
  onSelect: (id: string, event: Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>) => void;
  onFocus: (id: string) => void;
  onMenu: (id: string, anchor: HTMLElement) => void;
  onDragOver: (id: string, event: DragEvent) => void;
  onDrop: (id: string, event: DragEvent) => void;
  onDragStart: (id: string, event: DragEvent) => void;
}

export const JobRow = memo(function JobRow(props: JobRowProps) {
  const { job, placeNumber, isSelected, isOpen, isTabStop, tools } = props;
  const texts = useTexts();
  const { recipe } = job;
  const name = jobName(job, texts);
  const place = placeOf(props);
  const primary = actionsOf(job, place, tools).find((action) => action.isPrimary);
  return (
    // biome-ignore lint/a11y/useSemanticElements: laid out as a grid, which a tr cannot be
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the grid do the same
    <div
      className={classes.row}
      role="row"
      aria-label={name}
      aria-selected={isSelected}
      tabIndex={isTabStop ? 0 : -1}
      data-testid="queue-row"
      data-job-id={job.id}
      data-state={job.state}
      data-in-batch={props.isInBatch}
      draggable={place !== null}
      onFocus={(event) => event.target === event.currentTarget && props.onFocus(job.id)}
      onClick={(event) => {
        // A button in the row means itself.
        if (event.target instanceof Element && !event.target.closest('button, a, input')) props.onSelect(job.id, event);
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        props.onMenu(job.id, event.currentTarget);
      }}
      onDragStart={(event) => props.onDragStart(job.id, event)}
      onDragOver={(event) => props.onDragOver(job.id, event)}
      onDrop={(event) => props.onDrop(job.id, event)}
    >
      <GridCell className={classes.pictures}>
        <Poster src={mediaUrl('poster', recipe.videoId)} />
        {recipe.kind === 'motion' ? <Poster src={mediaUrl('poster', recipe.imageId)} /> : null}
      </GridCell>
      <What job={job} name={name} take={props.take} placeNumber={placeNumber} />
      <StageCell job={job} />
      <TimeCell job={job} />
      <GridCell className={`${classes.cost} tabular`}>{chargeOf(job, texts)}</GridCell>
      <GridCell className={classes.actions}>
        {primary ? (
          <Button size="compact-sm" variant="light" tabIndex={isTabStop ? 0 : -1} onClick={primary.run}>
            {primary.label}
          </Button>
        ) : null}
        <button
          type="button"
          className={classes.more}
          aria-label={texts.t('queue.action.more')}
          aria-haspopup="menu"
          tabIndex={isTabStop ? 0 : -1}
          onClick={(event) => props.onMenu(job.id, event.currentTarget)}
        >
          <IconDots size={16} aria-hidden="true" />
        </button>
      </GridCell>
      {isOpen || job.waitingFor === 'source' ? <JobDetail job={job} /> : null}
    </div>
  );
});

export function placeOf({
  placeNumber,
  isFirst,
  isLast,
}: Pick<JobRowProps, 'placeNumber' | 'isFirst' | 'isLast'>): Place | null {
  return placeNumber > 0 ? { number: placeNumber, isFirst, isLast } : null;
}

interface WhatProps {
  job: Job;
  name: string;
  take: number | null;
  placeNumber: number;
}

function What({ job, name, take, placeNumber }: WhatProps) {
  const { t, find, language } = useTexts();
  const problem = explainJobProblem(job, find);
  const seconds = job.plan ? formatSeconds(job.plan.output.durationSeconds, language) : null;
  const serverSeconds =
    typeof job.serverVideoSeconds === 'number' ? formatSeconds(job.serverVideoSeconds, language) : null;
  const facts = [
    ...(seconds && job.recipe.kind === 'motion'
      ? [t('queue.range', { duration: seconds, quality: job.recipe.quality })]
      : []),
    // The same length twice says nothing.
    ...(serverSeconds !== null && serverSeconds !== seconds
      ? [t('queue.serverLength', { duration: serverSeconds })]
      : []),
    ...(placeNumber > 0 ? [t('queue.place', { number: placeNumber })] : []),
    ...(job.isHidden ? [t('queue.hidden')] : []),
    ...(job.retryOf ? [t('queue.retryOf')] : []),
  ];
  const why = problem ? (problem.meaning ?? problem.words) : null;
  return (
    <GridCell className={classes.what}>
      <div className={classes.nameLine}>
        <span className={classes.name} title={name}>
          {name}
        </span>
        {take === null ? null : <span className={`${classes.take} tabular`}>{t('queue.take', { number: take })}</span>}
      </div>
      <div className={`${classes.sub} tabular`}>
        {/* Why it failed comes first: what has no room is cut at the end. */}
        {why ? (
          <span className={classes.why} title={why}>
            {why}
          </span>
        ) : null}
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </div>
    </GridCell>
  );
}

/** What it does or waits for; the bar is of the stage that it is in. */
function StageCell({ job }: { job: Job }) {
  const { t, find, language } = useTexts();
  const group = groupOf(job);
  // Held with the whole queue: what releases one job would not help.
  const reason = job.waitingFor === 'paused' && !job.isPaused ? 'held' : job.waitingFor;
  const waiting = reason && reason !== 'slot' ? find(`jobs.waiting.${reason}.label`) : null;
  const isMoving = group === 'running';
  const percent = isMoving && job.stageProgress !== null ? formatNumber(job.stageProgress * 100, language, 0) : null;
  return (
    <GridCell className={classes.stage}>
      <span className={classes.state} data-group={group}>
        {waiting ?? t(`jobs.state.${shownState(job)}`)}
        {percent === null ? null : <span className="tabular"> {t('queue.progress', { percent: `${percent} %` })}</span>}
      </span>
      {isMoving ? (
        <span className={classes.bar}>
          <span
            className={classes.fill}
            style={{ width: `${job.stageProgress === null ? 40 : job.stageProgress * 100}%` }}
            data-unknown={job.stageProgress === null}
          />
        </span>
      ) : null}
    </GridCell>
  );
}

function TimeCell({ job }: { job: Job }) {
  const { t } = useTexts();
  const isCounting = !isFinal(job.state) && job.submittedAt !== null;
  const now = useNow(isCounting ? 1000 : null);
  const time = timeOf(job, now);
  return (
    <GridCell className={`${classes.time} tabular`} data-kind={time?.kind}>
      {time === null
        ? null
        : time.kind === 'over'
          ? t('queue.time.over')
          : t(`queue.time.${time.kind}`, { time: formatElapsed(time.seconds) })}
    </GridCell>
  );
}

/** What is known of the credits. */
function chargeOf({ charge, estimate, isSandbox, state }: Job, { t, language }: Texts): string {
  const money = creditsOf(isSandbox);
  if (charge.state === 'none' && isFinal(state)) return t('queue.charge.none');
  if (charge.state === 'none') return t('queue.estimate', { credits: formatCreditRange(estimate, language), ...money });
  if (charge.doubt) return t(`jobs.doubt.${charge.doubt.kind}`, { raw: charge.doubt.raw, credits: estimate.high });
  if (charge.state === 'charged' && charge.credits === null) return t('queue.charge.chargedUnknown');
  const credits = charge.credits === null ? '' : formatCredits(charge.credits, language);
  return t(`queue.charge.${charge.state}`, { credits, ...money });
}
