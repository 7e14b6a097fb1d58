/** Holding the whole queue, letting it go on, stopping after the current one; and the line that says how it stands. */
import { Button, Group, Tooltip } from '@mantine/core';
import { IconHandStop, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import type { Job } from '../../../shared/contract/jobs.ts';
import { useTexts } from '../../i18n.ts';
import { useKeyHints } from '../../keys/useKeys.ts';
import { jobName } from './jobName.ts';
import classes from './Queue.module.css';
import { currentOf } from './queueOrder.ts';
import { useQueue } from './useQueue.ts';

export function QueueControls({ hasLine }: { hasLine: boolean }) {
  const { t } = useTexts();
  const { state, pauseAll, stopAfterCurrent } = useQueue();
  const { withKey } = useKeyHints();
  const isHeld = state.hold !== 'none';
  const label = isHeld ? 'queue.control.resumeAll' : 'queue.control.pauseAll';
  if (!isHeld && !hasLine) return null;
  return (
    <Group gap="xs" ml="auto">
      {state.hold === 'none' ? (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconHandStop size={14} aria-hidden="true" />}
          onClick={stopAfterCurrent}
        >
          {t('queue.control.stopAfter')}
        </Button>
      ) : null}
      <Tooltip label={withKey(t(label), 'pauseAll')}>
        <Button
          variant={isHeld ? 'filled' : 'default'}
          leftSection={
            isHeld ? <IconPlayerPlay size={14} aria-hidden="true" /> : <IconPlayerPause size={14} aria-hidden="true" />
          }
          onClick={() => pauseAll(!isHeld)}
        >
          {t(label)}
        </Button>
      </Tooltip>
    </Group>
  );
}

/** Nothing while the queue goes on. */
export function QueueStanding({ jobs }: { jobs: readonly Job[] }) {
  const texts = useTexts();
  const { state } = useQueue();
  if (state.hold === 'none') return null;
  const current = currentOf(state, jobs);
  return (
    <p className={classes.standing} role="status">
      {current ? texts.t('queue.control.stopping', { name: jobName(current, texts) }) : texts.t('queue.control.held')}
    </p>
  );
}
