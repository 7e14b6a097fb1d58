/** Every job with its steps: what runs, what waits and for what, what is done, what failed and why. */
import { Button, SegmentedControl, Skeleton, Stack } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useState } from 'react';
import type { Job } from '../../../shared/contract/jobs.ts';
import { isFinal } from '../../../shared/jobStates.ts';
import { useJobs } from '../../bridge/queries.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import screenClasses from '../../components/Screen.module.css';
import { ScreenHeader } from '../../components/ScreenHeader.tsx';
import { useTexts } from '../../i18n.ts';
import { groupOf } from '../../state/jobCounts.ts';
import { hrefOf } from '../../state/route.ts';
import { JobRow } from './JobRow.tsx';
import { LogDrawer } from './LogDrawer.tsx';
import { OutcomeDialog } from './OutcomeDialog.tsx';
import classes from './Queue.module.css';
import { QueueControls, QueueStanding } from './QueueControls.tsx';
import { inQueueOrder, placesOf } from './queueOrder.ts';
import { useQueueKeys } from './useQueueKeys.ts';

const filters = ['all', 'active', 'failed', 'hidden'] as const;
type Filter = (typeof filters)[number];

function isShown(job: Job, filter: Filter): boolean {
  if (filter === 'hidden') return job.isHidden;
  if (job.isHidden) return false;
  if (filter === 'active') return !isFinal(job.state);
  return filter === 'all' || groupOf(job) === 'failed';
}

export function QueueScreen() {
  const { t } = useTexts();
  const jobs = useJobs();
  const [filter, setFilter] = useState<Filter>('all');
  const [loggedId, setLoggedId] = useState<string | null>(null);
  const [askedId, setAskedId] = useState<string | null>(null);
  const all = jobs.data ?? [];
  const shown = inQueueOrder(all.filter((job) => isShown(job, filter)));
  const places = placesOf(all);
  useQueueKeys(shown);
  const byId = (id: string | null) => all.find((job) => job.id === id) ?? null;
  const asked = byId(askedId);
  return (
    <div className={screenClasses.screen}>
      <ScreenHeader title={t('queue.title')}>
        <SegmentedControl
          aria-label={t('queue.filter.label')}
          value={filter}
          onChange={(value) => setFilter(filters.find((name) => name === value) ?? 'all')}
          data={filters.map((name) => ({ value: name, label: t(`queue.filter.${name}`) }))}
        />
        <QueueControls hasLine={places.size > 0} />
      </ScreenHeader>
      <div className={screenClasses.content}>
        <QueueStanding jobs={all} />
        {jobs.isError ? <ErrorNote error={jobs.error} onRetry={() => void jobs.refetch()} /> : null}
        {jobs.isPending ? (
          <Stack gap="xs">
            <Skeleton height={92} radius="md" />
            <Skeleton height={92} radius="md" />
          </Stack>
        ) : null}
        {jobs.isSuccess && shown.length === 0 ? <Nothing isFiltered={all.length > 0} /> : null}
        <ul className={classes.rows}>
          {shown.map((job) => (
            <JobRow
              key={job.id}
              job={job}
              place={places.get(job.id) ?? null}
              onLog={setLoggedId}
              onDecide={setAskedId}
            />
          ))}
        </ul>
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
