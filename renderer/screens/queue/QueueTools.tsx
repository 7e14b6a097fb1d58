/** Above the rows: which jobs are shown, how high their rows are, clearing what is done; in their place, what can be done with the chosen ones. */
import { ActionIcon, Button, CloseButton, Group, SegmentedControl, Text, TextInput, Tooltip } from '@mantine/core';
import {
  IconBaselineDensityLarge,
  IconBaselineDensityMedium,
  IconBaselineDensitySmall,
  IconSearch,
} from '@tabler/icons-react';
import type { Job } from '../../../shared/contract/jobs.ts';
import { isCancellable } from '../../../shared/jobs/jobStates.ts';
import { creditsOf } from '../../../shared/money/testCredits.ts';
import { formatCreditRange, formatNumber } from '../../format/units.ts';
import { useKeyHints } from '../../keys/useKeys.ts';
import { densities, queueFilters, setDensity, useQueueStore } from '../../state/queue/queueStore.ts';
import { useTexts } from '../../text/i18n.ts';
import { sumOf } from './batches.ts';
import classes from './Queue.module.css';
import type { QueueActions } from './useQueue.ts';

const densityIcons = {
  compact: IconBaselineDensitySmall,
  normal: IconBaselineDensityMedium,
  roomy: IconBaselineDensityLarge,
} as const;

export function QueueFilters() {
  const { t } = useTexts();
  const filter = useQueueStore((state) => state.filter);
  const search = useQueueStore((state) => state.search);
  return (
    <>
      <SegmentedControl
        aria-label={t('queue.filter.label')}
        value={filter}
        onChange={(value) => useQueueStore.setState({ filter: queueFilters.find((name) => name === value) ?? 'all' })}
        data={queueFilters.map((name) => ({ value: name, label: t(`queue.filter.${name}`) }))}
      />
      <TextInput
        type="search"
        className={classes.search}
        aria-label={t('queue.search')}
        placeholder={t('queue.search')}
        leftSection={<IconSearch size={14} />}
        rightSection={
          search ? (
            <CloseButton
              size="sm"
              aria-label={t('queue.clearSearch')}
              onClick={() => useQueueStore.setState({ search: '' })}
            />
          ) : null
        }
        value={search}
        onChange={(event) => useQueueStore.setState({ search: event.currentTarget.value })}
      />
    </>
  );
}

export function DensityChoice() {
  const { t } = useTexts();
  const density = useQueueStore((state) => state.density);
  return (
    <fieldset className={classes.densities} aria-label={t('queue.density.label')}>
      {densities.map((name) => {
        const Icon = densityIcons[name];
        return (
          <Tooltip key={name} label={t(`queue.density.${name}`)}>
            <ActionIcon
              aria-label={t(`queue.density.${name}`)}
              aria-pressed={density === name}
              color={density === name ? 'accent' : 'gray'}
              variant={density === name ? 'light' : 'subtle'}
              onClick={() => setDensity(name)}
            >
              <Icon size={16} />
            </ActionIcon>
          </Tooltip>
        );
      })}
    </fieldset>
  );
}

/** How many are chosen, what they cost together, and what can be done with all of them. */
export function SelectionTools({ jobs, queue }: { jobs: readonly Job[]; queue: QueueActions }) {
  const { t, language } = useTexts();
  const { withKey } = useKeyHints();
  const line = jobs.filter(({ state }) => isCancellable(state));
  const arePaused = line.length > 0 && line.every(({ isPaused }) => isPaused);
  const pauseLabel = t(arePaused ? 'queue.action.resume' : 'queue.action.pause');
  const isSandbox = jobs.every((job) => job.isSandbox);
  return (
    <Group gap="xs" className={classes.selection} role="status">
      <Text className="tabular" fw={600}>
        {t('queue.selected', { number: formatNumber(jobs.length, language, 0) })}
      </Text>
      <Text c="dimmed" className="tabular">
        {t('create.cost.credits', { credits: formatCreditRange(sumOf(jobs), language), ...creditsOf(isSandbox) })}
      </Text>
      {line.length > 0 ? (
        <>
          <Tooltip label={withKey(pauseLabel, 'pauseJob')}>
            <Button variant="default" onClick={() => queue.pause(jobs, !arePaused)}>
              {pauseLabel}
            </Button>
          </Tooltip>
          <Tooltip label={withKey(t('queue.action.cancel'), 'cancelJob')}>
            <Button variant="default" onClick={() => queue.cancel(jobs)}>
              {t('queue.action.cancel')}
            </Button>
          </Tooltip>
        </>
      ) : null}
      {line.length < jobs.length ? (
        <Button variant="default" onClick={() => queue.hide(jobs)}>
          {t('queue.action.hide')}
        </Button>
      ) : null}
      <Button variant="subtle" color="gray" onClick={() => useQueueStore.setState({ selected: [], anchorId: null })}>
        {t('queue.clearSelection')}
      </Button>
    </Group>
  );
}
