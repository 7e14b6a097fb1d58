/** Every job on a line of its own: what runs, what waits and for what, what is done, what failed and why. */
import { Button, Skeleton, Stack } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Job } from '../../../shared/contract/jobs.ts';
import { isFinal } from '../../../shared/jobs/jobStates.ts';
import { useJobs } from '../../bridge/queries.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import screenClasses from '../../components/Screen.module.css';
import { ScreenHeader } from '../../components/ScreenHeader.tsx';
import { groupOf } from '../../state/queue/jobCounts.ts';
import { type QueueFilter, useQueueStore } from '../../state/queue/queueStore.ts';
import { hrefOf } from '../../state/shell/route.ts';
import { useTexts } from '../../text/i18n.ts';
import { matchesSearch } from './batches.ts';
import { LogDrawer } from './LogDrawer.tsx';
import { OutcomeDialog } from './OutcomeDialog.tsx';
import { QueueControls, QueueStanding } from './QueueControls.tsx';
import { QueueRows, useQueueLines } from './QueueRows.tsx';
import { DensityChoice, QueueFilters, SelectionTools } from './QueueTools.tsx';
import { inQueueOrder, placesOf } from './queueOrder.ts';
import { useQueue } from './useQueue.ts';
import { useQueueKeys } from './useQueueKeys.ts';

function isShown(job: Job, filter: QueueFilter): boolean {
  if (filter === 'hidden') return job.isHidden;
  if (job.isHidden) return false;
  if (filter === 'active') return !isFinal(job.state);
  return filter === 'all' || groupOf(job) === filter;
}

const noJobs: Job[] = [];

export function QueueScreen() {
  const { t } = useTexts();
  const jobs = useJobs();
  const queue = useQueue();
  const { filter, search, selected } = useQueueStore();
  const [loggedId, setLoggedId] = useState<string | null>(null);
  const [askedId, setAskedId] = useState<string | null>(null);
  const all = jobs.data ?? noJobs;
  const shown = useMemo(
    () => inQueueOrder(all.filter((job) => isShown(job, filter) && matchesSearch(job, search))),
    [all, filter, search],
  );
  const lines = useQueueLines(shown);
  const inSight = lines.flatMap((line) => (line.kind === 'job' ? [line.job] : []));
  useQueueKeys(inSight, queue);
  const chosen = shown.filter(({ id }) => selected.includes(id));
  const done = all.filter((job) => job.state === 'completed' && !job.isHidden);
  const byId = (id: string | null) => all.find((job) => job.id === id) ?? null;
  const asked = byId(askedId);
  return (
    <div className={screenClasses.screen}>
      <ScreenHeader title={t('queue.title')}>
        <QueueFilters />
        <span className={screenClasses.grow} />
        {done.length > 0 ? (
          <Button variant="subtle" color="gray" onClick={() => queue.hide(done)}>
            {t('queue.clearDone')}
          </Button>
        ) : null}
        <QueueControls
          isBusy={all.some(({ state }) => !isFinal(state))}
          hasLine={placesOf(all).size > 0}
          queue={queue}
        />
        <DensityChoice />
      </ScreenHeader>
      <div className={screenClasses.content}>
        <QueueStanding jobs={all} queue={queue} />
        {chosen.length > 1 ? <SelectionTools jobs={chosen} queue={queue} /> : null}
        {jobs.isError ? <ErrorNote error={jobs.error} onRetry={() => void jobs.refetch()} /> : null}
        {jobs.isPending ? (
          <Stack gap="xs">
            <Skeleton height={44} radius="sm" />
            <Skeleton height={44} radius="sm" />
          </Stack>
        ) : null}
        {jobs.isSuccess && shown.length === 0 ? <Nothing isFiltered={all.length > 0} /> : null}
        {shown.length > 0 ? (
          <QueueRows all={all} lines={lines} queue={queue} onLog={setLoggedId} onDecide={setAskedId} />
        ) : null}
      </div>
      <LogDrawer job={byId(loggedId)} onClose={() => setLoggedId(null)} />
      {asked ? <OutcomeDialog job={asked} onClose={() => setAskedId(null)} /> : null}
    </div>
  );
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  const { t } = useTexts();
  const icon = <IconListDetails size={48} stroke={1.2} />;
  if (isFiltered) return <EmptyState icon={icon} title={t('queue.noneHere')} />;
  return (
    <EmptyState icon={icon} title={t('queue.empty')} text={t('queue.emptyText')}>
      <Button component="a" href={hrefOf('create')}>
        {t('queue.toCreate')}
      </Button>
    </EmptyState>
  );
}
