/** One job: pictures, names, steps with progress, what it waits for, what it cost, and what can be done. */

import { Badge } from '@mantine/core';
import type { Job } from '../../../shared/contract/jobs.ts';
import { formatSeconds } from '../../../shared/duration.ts';
import { explainJobProblem } from '../../../shared/jobProblem.ts';
import { isFinal } from '../../../shared/jobStates.ts';
import { isLinkAlarm } from '../../../shared/linkLife.ts';
import { mediaUrl } from '../../../shared/mediaUrl.ts';
import { formatBytes, formatCreditRange, formatCredits, formatElapsed, formatNumber } from '../../format/units.ts';
import { type Texts, useTexts } from '../../i18n.ts';
import { groupOf } from '../../state/jobCounts.ts';
import { useNow } from '../../state/now.ts';
import { JobActions } from './JobActions.tsx';
import { JobSources } from './JobSources.tsx';
import { jobName } from './jobName.ts';
import classes from './Queue.module.css';
import type { Place } from './queueOrder.ts';
import { elapsedSeconds, shownState, stepStates } from './stages.ts';

interface JobRowProps {
  job: Job;
  /** In the line of what has not been sent; null for the others. */
  place: Place | null;
  onLog: (id: string) => void;
  onDecide: (id: string) => void;
}

export function JobRow({ job, place, onLog, onDecide }: JobRowProps) {
  const texts = useTexts();
  const { t, language } = texts;
  const { recipe } = job;
  const name = jobName(job, texts);
  return (
    <li className={classes.row} data-testid="queue-row" data-job-id={job.id} data-state={job.state} aria-label={name}>
      <div className={classes.pictures}>
        <img src={mediaUrl('poster', recipe.videoId)} alt="" loading="lazy" />
        {recipe.kind === 'motion' ? <img src={mediaUrl('poster', recipe.imageId)} alt="" loading="lazy" /> : null}
      </div>
      <div className={classes.head}>
        <span className={classes.name} title={name}>
          {name}
        </span>
        {job.plan && recipe.kind === 'motion' ? (
          <span className={`${classes.dim} tabular`}>
            {t('queue.range', {
              duration: formatSeconds(job.plan.output.durationSeconds, language),
              quality: recipe.quality,
            })}
          </span>
        ) : null}
        {typeof job.serverVideoSeconds === 'number' ? (
          <span className={`${classes.dim} tabular`}>
            {t('queue.serverLength', { duration: formatSeconds(job.serverVideoSeconds, language) })}
          </span>
        ) : null}
        {job.isSandbox ? (
          <Badge color="yellow" variant="light">
            {t('queue.sandbox')}
          </Badge>
        ) : null}
        {place ? <span className={`${classes.dim} tabular`}>{t('queue.place', { number: place.number })}</span> : null}
        {job.isHidden ? <Badge color="gray">{t('queue.hidden')}</Badge> : null}
        {job.retryOf ? <span className={classes.dim}>{t('queue.retryOf')}</span> : null}
      </div>
      <JobActions job={job} place={place} onLog={onLog} onDecide={onDecide} />
      <div className={classes.body}>
        <Steps job={job} />
        <JobFacts job={job} />
        <JobProblem job={job} />
        {job.waitingFor === 'source' ? <JobSources job={job} /> : null}
      </div>
    </li>
  );
}

function Steps({ job }: { job: Job }) {
  const { t, language } = useTexts();
  return (
    <ol className={classes.steps} aria-label={t('queue.stages.label')}>
      {stepStates(job).map(({ stage, state }) => {
        const isMoving = state === 'current' && job.waitingFor === null && job.state !== 'queued';
        const progress = state === 'current' ? job.stageProgress : null;
        const width =
          state === 'ahead' ? 0 : progress !== null ? progress * 100 : isMoving ? 40 : state === 'current' ? 0 : 100;
        return (
          <li
            key={stage}
            className={classes.step}
            data-state={state}
            data-waiting={state === 'current' && job.waitingFor !== null}
            aria-current={state === 'current' ? 'step' : undefined}
          >
            <div className={classes.bar}>
              <div
                className={classes.fill}
                style={{ width: `${width}%` }}
                data-unknown={isMoving && progress === null}
              />
            </div>
            {t(`queue.stages.${stage}`)}
            {progress !== null ? (
              <span className="tabular">
                {' '}
                {t('queue.progress', { percent: `${formatNumber(progress * 100, language, 0)} %` })}
              </span>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}

function JobFacts({ job }: { job: Job }) {
  const texts = useTexts();
  const { t } = texts;
  const group = groupOf(job);
  const isActive = group === 'running' || group === 'waiting';
  const now = useNow(isActive ? 1000 : null);
  const elapsed = elapsedSeconds(job, now);
  const time = elapsed === null ? null : formatElapsed(elapsed);
  return (
    <div className={`${classes.facts} tabular`}>
      <span className={classes.state} data-group={group} role="status">
        {t(`jobs.state.${shownState(job)}`)}
      </span>
      {time && isActive ? (
        <span>
          {job.estimatedSeconds !== null && job.submittedAt !== null
            ? t('queue.elapsedOf', { elapsed: time, expected: formatElapsed(job.estimatedSeconds) })
            : t('queue.elapsed', { elapsed: time })}
        </span>
      ) : null}
      {isActive && job.estimatedSeconds !== null && job.submittedAt === null ? (
        <span>{t('queue.expected', { expected: formatElapsed(job.estimatedSeconds) })}</span>
      ) : null}
      {time && !isActive ? <span>{t('queue.took', { elapsed: time })}</span> : null}
      <span>{chargeOf(job, texts)}</span>
    </div>
  );
}

/** What is known of the credits. The sandbox keeps a ledger of its own; nobody pays it. */
function chargeOf({ charge, estimate, isSandbox, state }: Job, { t, language }: Texts): string {
  if (charge.state === 'none' && isFinal(state)) return t('queue.charge.none');
  if (charge.state === 'none') return t('queue.estimate', { credits: formatCreditRange(estimate, language) });
  if (charge.doubt) return t(`jobs.doubt.${charge.doubt.kind}`, { raw: charge.doubt.raw, credits: estimate.high });
  if (isSandbox) return t('jobs.sandboxCharge');
  if (charge.state === 'charged' && charge.credits === null) return t('queue.charge.chargedUnknown');
  const credits = charge.credits === null ? '' : formatCredits(charge.credits, language);
  return t(`queue.charge.${charge.state}`, { credits });
}

/** Why it waits and what releases it; why it failed and whether another try can help. */
function JobProblem({ job }: { job: Job }) {
  const { t, find, language } = useTexts();
  // Held with the whole queue: what releases one job would not help.
  const reason = job.waitingFor === 'paused' && !job.isPaused ? 'held' : job.waitingFor;
  const waiting = reason ? (find(`jobs.waiting.${reason}.label`) ?? reason) : null;
  const nextTry = job.nextTryAt ? new Date(job.nextTryAt).toLocaleTimeString(language) : null;
  const explained = explainJobProblem(job, find);
  const alarm = isLinkAlarm(job.linkExpiresAt, Date.now()) ? new Date(job.linkExpiresAt) : null;
  if (!waiting && !explained && !alarm) return null;
  return (
    <div className={classes.problem}>
      {alarm ? (
        <div className={classes.alarm}>{t('queue.linkDies', { time: alarm.toLocaleTimeString(language) })}</div>
      ) : null}
      {waiting ? (
        <>
          <strong>{waiting}</strong> {find(`jobs.waiting.${reason}.release`)}
        </>
      ) : null}
      {job.space && job.space.freeBytes !== null ? (
        <span>
          {' '}
          {t('jobs.space', {
            needed: formatBytes(job.space.neededBytes, language),
            free: formatBytes(job.space.freeBytes, language),
          })}
        </span>
      ) : null}
      {nextTry && job.waitingFor ? <span> {t('queue.nextTry', { time: nextTry })}</span> : null}
      {explained ? (
        <div>
          {[explained.meaning, explained.retry].filter((sentence) => sentence !== null).join(' ')}{' '}
          <span className={classes.dim}>
            {explained.words}
            {job.problem?.code ? ` (${job.problem.code})` : ''}
          </span>
        </div>
      ) : null}
    </div>
  );
}
