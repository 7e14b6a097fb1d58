/** Holding the whole queue, letting it go on, stopping after the current one; and the line that says how it stands. */
import { Button, Group, Tooltip } from '@mantine/core';
import { IconHandStop, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import type { Job } from '../../../shared/contract/jobs.ts';
import { useKeyHints } from '../../keys/useKeys.ts';
import { useTexts } from '../../text/i18n.ts';
import { jobName } from './jobName.ts';
import classes from './Queue.module.css';
import { currentOf } from './queueOrder.ts';
import type { QueueActions } from './useQueue.ts';

/** `isBusy`: something has not ended yet, so that there may be more to hold. */
export function QueueControls({ isBusy, hasLine, queue }: { isBusy: boolean; hasLine: boolean; queue: QueueActions }) {
  const { t } = useTexts();
  const { state, pauseAll, stopAfterCurrent } = queue;
  const { withKey } = useKeyHints();
  const isHeld = state.hold !== 'none';
  const label = isHeld ? 'queue.control.resumeAll' : 'queue.control.pauseAll';
  if (!isHeld && !isBusy) return null;
  return (
    <Group gap="xs">
      {state.hold === 'none' && hasLine ? (
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
export function QueueStanding({ jobs, queue: { state } }: { jobs: readonly Job[]; queue: QueueActions }) {
  const texts = useTexts();
  if (state.hold === 'none') return null;
  const current = currentOf(state, jobs);
  return (
    <p className={classes.standing} role="status">
      {current ? texts.t('queue.control.stopping', { name: jobName(current, texts) }) : texts.t('queue.control.held')}
    </p>
  );
}
