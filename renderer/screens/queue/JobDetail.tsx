/** What is behind a row: the stages one by one, what it waits for and what releases it, why it failed and whether another try can help. */
import type { Job } from '../../../shared/contract/jobs.ts';
import { explainJobProblem } from '../../../shared/jobs/jobProblem.ts';
import { isLinkAlarm } from '../../../shared/jobs/linkLife.ts';
import { GridCell } from '../../components/GridCell.tsx';
import { formatBytes, formatNumber } from '../../format/units.ts';
import { useTexts } from '../../text/i18n.ts';
import { JobSources } from './JobSources.tsx';
import classes from './Queue.module.css';
import { stepStates } from './stages.ts';

export function JobDetail({ job }: { job: Job }) {
  return (
    <GridCell className={classes.detail} data-testid="job-detail">
      <Steps job={job} />
      <JobProblem job={job} />
      {job.waitingFor === 'source' ? <JobSources job={job} /> : null}
    </GridCell>
  );
}

function Steps({ job }: { job: Job }) {
  const { t, language } = useTexts();
  return (
    <ol className={classes.steps} aria-label={t('queue.stages.label')}>
      {stepStates(job).map(({ stage, state }) => {
        const progress = state === 'current' ? job.stageProgress : null;
        const isDone = state === 'done' || state === 'stopped';
        return (
          <li
            key={stage}
            className={classes.step}
            data-state={state}
            data-waiting={state === 'current' && job.waitingFor !== null}
            aria-current={state === 'current' ? 'step' : undefined}
          >
            <div className={classes.bar}>
              <div className={classes.fill} style={{ width: `${isDone ? 100 : (progress ?? 0) * 100}%` }} />
            </div>
            {t(`queue.stages.${stage}`)}
            {progress === null ? null : (
              <span className="tabular">
                {' '}
                {t('queue.progress', { percent: `${formatNumber(progress * 100, language, 0)} %` })}
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function JobProblem({ job }: { job: Job }) {
  const { t, find, language } = useTexts();
  const reason = job.waitingFor === 'paused' && !job.isPaused ? 'held' : job.waitingFor;
  const nextTry = job.nextTryAt ? new Date(job.nextTryAt).toLocaleTimeString(language) : null;
  const explained = explainJobProblem(job, find);
  const alarm = isLinkAlarm(job.linkExpiresAt, Date.now()) ? new Date(job.linkExpiresAt) : null;
  if (!reason && !explained && !alarm) return null;
  return (
    <div className={classes.problem}>
      {alarm ? (
        <div className={classes.alarm}>{t('queue.linkDies', { time: alarm.toLocaleTimeString(language) })}</div>
      ) : null}
      {reason ? find(`jobs.waiting.${reason}.release`) : null}
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
