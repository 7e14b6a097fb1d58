/** What can be done with a job in its state: the one likely thing as a button, the rest in a menu. */
import { ActionIcon, Button, Kbd, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { CommandInput } from '../../../shared/contract/index.ts';
import type { Job, QueueMove } from '../../../shared/contract/jobs.ts';
import { isCancellable, isFinal } from '../../../shared/jobStates.ts';
import { call } from '../../bridge/bridge.ts';
import { useCommand } from '../../bridge/queries.ts';
import { useTexts } from '../../i18n.ts';
import type { CommandId } from '../../keys/commands.ts';
import { useKeyHints } from '../../keys/useKeys.ts';
import { useConsentStore } from '../../state/consentStore.ts';
import { useDraftDispatch } from '../../state/draftStore.ts';
import { openItem } from '../../state/libraryStore.ts';
import { goTo } from '../../state/route.ts';
import { notifyDone, notifyError } from '../../text/notify.tsx';
import classes from './Queue.module.css';
import type { Place } from './queueOrder.ts';
import { reportOf } from './report.ts';
import { useQueue } from './useQueue.ts';

type JobCommand = 'jobs.cancel' | 'jobs.hide' | 'jobs.retry' | 'jobs.pause' | 'jobs.approveBudget';

interface Action {
  id: string;
  label: string;
  hint?: string;
  command?: CommandId;
  isPrimary?: boolean;
  run: () => void;
}

interface JobActionsProps {
  job: Job;
  place: Place | null;
  onLog: (id: string) => void;
  onDecide: (id: string) => void;
}

export function JobActions({ job, place, onLog, onDecide }: JobActionsProps) {
  const { t } = useTexts();
  const actions = [...useActions(job, onLog, onDecide), ...useMoves(job.id, place)];
  const { keyOf } = useKeyHints();
  const primary = actions.find((action) => action.isPrimary);
  return (
    <div className={classes.actions}>
      {primary ? (
        <Button variant="light" onClick={primary.run}>
          {primary.label}
        </Button>
      ) : null}
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <ActionIcon aria-label={t('queue.action.more')} data-row-menu>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {actions.map((action) => (
            <Menu.Item
              key={action.id}
              onClick={action.run}
              rightSection={action.command ? <Kbd size="xs">{keyOf(action.command)}</Kbd> : null}
            >
              {action.label}
              {action.hint ? <div className={classes.dim}>{action.hint}</div> : null}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

const moveCommands = { top: 'moveTop', up: 'moveUp', down: 'moveDown' } as const satisfies Record<QueueMove, CommandId>;

/** Other places in the line, where there are any. */
function useMoves(id: string, place: Place | null): Action[] {
  const { t } = useTexts();
  const { move } = useQueue();
  if (place === null) return [];
  const action = (to: QueueMove, label: string): Action => ({
    id: to,
    label,
    command: moveCommands[to],
    run: () => move(id, to),
  });
  return [
    ...(place.isFirst ? [] : [action('top', t('queue.action.moveTop')), action('up', t('queue.action.moveUp'))]),
    ...(place.isLast ? [] : [action('down', t('queue.action.moveDown'))]),
  ];
}

function useActions(job: Job, onLog: (id: string) => void, onDecide: (id: string) => void): Action[] {
  const { t } = useTexts();
  const dispatch = useDraftDispatch();
  const version = useCommand('app.info', {}).data?.version ?? '';
  const send = <C extends JobCommand>(command: C, input: CommandInput<C>) => {
    void call(command, input).catch((error: unknown) => notifyError(error));
  };
  const copyReport = async () => {
    const log = await call('jobs.log', { id: job.id });
    await navigator.clipboard.writeText(reportOf(job, log, version));
    notifyDone((t) => t('queue.action.reported'));
  };
  const { recipe, resultItemId } = job;
  const done = isFinal(job.state);
  const list: (Action | false)[] = [
    job.waitingFor === 'outcome' && {
      id: 'decide',
      label: t('queue.outcome.button'),
      isPrimary: true,
      run: () => onDecide(job.id),
    },
    job.waitingFor === 'budget' && {
      id: 'approve',
      label: t('queue.action.approveBudget'),
      isPrimary: true,
      run: () => send('jobs.approveBudget', { id: job.id }),
    },
    job.waitingFor === 'stuck' && {
      id: 'tryAgain',
      label: t('queue.action.retry'),
      isPrimary: true,
      run: () => send('jobs.retry', { id: job.id }),
    },
    job.waitingFor === 'consent' && {
      id: 'consent',
      label: t('queue.outcome.button'),
      isPrimary: true,
      run: () => useConsentStore.setState({ isPutOff: false }),
    },
    job.waitingFor === 'apiKey' && {
      id: 'key',
      label: t('queue.action.openSettings'),
      isPrimary: true,
      run: () => goTo('settings'),
    },
    job.waitingFor === 'credits' && {
      id: 'topUp',
      label: t('queue.action.topUp'),
      isPrimary: true,
      run: () => void call('app.openExternal', { link: 'topUp' }).catch((error: unknown) => notifyError(error)),
    },
    resultItemId !== null && {
      id: 'open',
      label: t('queue.action.open'),
      isPrimary: true,
      run: () => openItem(resultItemId),
    },
    job.state === 'failed' && {
      id: 'retry',
      label: t(job.submittedAt === null ? 'queue.action.retry' : 'queue.action.retryNew'),
      isPrimary: job.submittedAt === null || (job.problem?.mayRetry ?? false),
      run: () => send('jobs.retry', { id: job.id }),
    },
    !done &&
      (job.isPaused
        ? {
            id: 'resume',
            label: t('queue.action.resume'),
            command: 'pauseJob',
            isPrimary: true,
            run: () => send('jobs.pause', { id: job.id, isPaused: false }),
          }
        : isCancellable(job.state) && {
            id: 'pause',
            label: t('queue.action.pause'),
            command: 'pauseJob',
            run: () => send('jobs.pause', { id: job.id, isPaused: true }),
          }),
    isCancellable(job.state) && {
      id: 'cancel',
      label: t('queue.action.cancel'),
      hint: t('queue.action.cancelHint'),
      run: () => send('jobs.cancel', { id: job.id }),
    },
    job.isHidden
      ? { id: 'show', label: t('queue.action.show'), run: () => send('jobs.hide', { id: job.id, isHidden: false }) }
      : !isCancellable(job.state) && {
          id: 'hide',
          label: t('queue.action.hide'),
          ...(done ? {} : { hint: t('queue.action.hideHint') }),
          run: () => send('jobs.hide', { id: job.id, isHidden: true }),
        },
    recipe.kind === 'motion' && {
      id: 'use',
      label: t('queue.action.useAgain'),
      // The same order would fail again: something has to be changed first.
      isPrimary: job.state === 'failed' && job.submittedAt !== null && job.problem?.mayRetry === false,
      run: () => {
        dispatch({ type: 'load', recipe });
        goTo('create');
      },
    },
    { id: 'log', label: t('queue.action.log'), run: () => onLog(job.id) },
    {
      id: 'report',
      label: t('queue.action.report'),
      run: () => void copyReport().catch((error: unknown) => notifyError(error)),
    },
  ];
  return list.filter((action) => action !== false);
}
