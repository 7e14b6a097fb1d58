/** The line at the bottom: which account, is it reachable, what is left, what the jobs do. */
import { ActionIcon, Badge, Button, Tooltip } from '@mantine/core';
import { IconKeyboard, IconPlayerPause, IconRefresh } from '@tabler/icons-react';
import { creditsOf } from '../../shared/money/testCredits.ts';
import { useJobs } from '../bridge/queries.ts';
import { formatCredits } from '../format/units.ts';
import { useKeyHints } from '../keys/useKeys.ts';
import { useMatrixNow } from '../state/matrix/matrixStore.ts';
import { countJobs } from '../state/queue/jobCounts.ts';
import { useQueueHold } from '../state/queue/queueHold.ts';
import { useAccount } from '../state/shell/account.ts';
import { hrefOf } from '../state/shell/route.ts';
import { useTexts } from '../text/i18n.ts';
import classes from './Shell.module.css';

export function StatusBar({ onShowKeys }: { onShowKeys: () => void }) {
  const { t, language } = useTexts();
  const { withKey } = useKeyHints();
  const { status, refresh, isRefreshing } = useAccount();
  const connection = status?.connection ?? 'unknown';
  return (
    <section className={classes.status} aria-label={t('app.status.label')}>
      <span className={classes.connection} role="status">
        <span className={classes.dot} data-state={connection} aria-hidden="true" />
        {t(`app.status.connection.${connection}`)}
      </span>
      {status?.isSandbox ? (
        <Tooltip label={t('app.status.sandboxHint')} multiline w={260}>
          <Badge color="yellow" variant="light" size="sm">
            {t('app.status.sandbox')}
          </Badge>
        </Tooltip>
      ) : null}
      <span className="tabular">
        {status?.remainingCredits
          ? t('app.status.balance', {
              credits: formatCredits(status.remainingCredits, language),
              ...creditsOf(status.isSandbox),
            })
          : t('app.status.balanceUnknown')}
      </span>
      <Tooltip label={t('app.status.refresh')}>
        <ActionIcon size="sm" loading={isRefreshing} onClick={refresh} aria-label={t('app.status.refresh')}>
          <IconRefresh size={14} />
        </ActionIcon>
      </Tooltip>
      <span className={classes.spacer} style={{ flex: 1 }} />
      <MatrixChip />
      <QueueChip />
      <JobSummary />
      <Tooltip label={withKey(t('app.status.keys'), 'sheet')}>
        <ActionIcon size="sm" onClick={onShowKeys} aria-label={t('app.status.keys')}>
          <IconKeyboard size={16} />
        </ActionIcon>
      </Tooltip>
    </section>
  );
}

/** What is laid out as a matrix is never out of reach. */
function MatrixChip() {
  const { t } = useTexts();
  const { imageIds, clips } = useMatrixNow();
  if (clips.length === 0 && imageIds.length === 0) return null;
  return (
    <Button component="a" href={hrefOf('matrix')} size="compact-xs" variant="default" data-testid="matrix-chip">
      {t('app.status.matrix', { rows: imageIds.length, columns: clips.length })}
    </Button>
  );
}

/** A queue that is held is seen on every screen, with the way to let it go on. */
function QueueChip() {
  const { t } = useTexts();
  const { state, pauseAll } = useQueueHold();
  if (state.hold === 'none') return null;
  return (
    <span className={classes.held} role="status" data-testid="queue-chip">
      <IconPlayerPause size={14} aria-hidden="true" />
      {t(state.hold === 'all' ? 'app.status.queue.paused' : 'app.status.queue.stopping')}
      <Button size="compact-xs" variant="light" onClick={() => pauseAll(false)}>
        {t('app.status.queue.resume')}
      </Button>
    </span>
  );
}

function JobSummary() {
  const { t } = useTexts();
  const jobs = useJobs();
  const counts = countJobs(jobs.data ?? []);
  const parts = (['running', 'waiting', 'completed', 'failed'] as const).filter((group) => counts[group] > 0);
  return (
    <a className={`${classes.jobs} tabular`} href={hrefOf('queue')} data-testid="job-summary">
      {parts.length === 0
        ? t('app.status.jobs.none')
        : parts.map((group, index) => (
            <span key={group}>
              {index > 0 ? <span aria-hidden="true">· </span> : null}
              {t(`app.status.jobs.${group}`, { number: counts[group] })}
            </span>
          ))}
    </a>
  );
}
