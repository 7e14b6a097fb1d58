/** What can be done with a job in its state: the one likely thing, and all the rest for its menu. */
import type { TFunction } from 'i18next';
import type { CommandInput } from '../../../shared/contract/index.ts';
import type { Job, QueueMove } from '../../../shared/contract/jobs.ts';
import { isCancellable, isFinal } from '../../../shared/jobs/jobStates.ts';
import { call } from '../../bridge/bridge.ts';
import type { CommandId } from '../../keys/commands.ts';
import { openItem } from '../../state/library/libraryStore.ts';
import { useConsentStore } from '../../state/order/consentStore.ts';
import { notifyDone, notifyError } from '../../state/shell/notify.tsx';
import { goTo } from '../../state/shell/route.ts';
import type { Place } from './queueOrder.ts';
import { reportOf } from './report.ts';

type JobCommand = 'jobs.hide' | 'jobs.retry' | 'jobs.pause' | 'jobs.approveBudget';

export interface JobAction {
  id: string;
  label: string;
  hint?: string;
  command?: CommandId;
  isPrimary?: boolean;
  run: () => void;
}

export interface JobActionTools {
  t: TFunction;
  onLog: (id: string) => void;
  onDecide: (id: string) => void;
  onUse: (job: Job) => void;
  cancel: (jobs: readonly Job[]) => void;
  move: (id: string, to: QueueMove) => void;
}

const send = <C extends JobCommand>(command: C, input: CommandInput<C>) => {
  void call(command, input).catch((error: unknown) => notifyError(error));
};

async function copyReport(job: Job): Promise<void> {
  const [log, { version }] = await Promise.all([call('jobs.log', { id: job.id }), call('app.info', {})]);
  await navigator.clipboard.writeText(reportOf(job, log, version));
  notifyDone((t) => t('queue.action.reported'));
}

/** Another try helps, as far as is known. */
export const mayRetry = (job: Job): boolean =>
  job.state === 'failed' && (job.submittedAt === null || (job.problem?.mayRetry ?? false));

/** What a job asks of the person: with it, it goes on. */
function decisionOf(job: Job, { t, onDecide }: JobActionTools): JobAction | null {
  const decision = (id: string, label: string, run: () => void): JobAction => ({ id, label, isPrimary: true, run });
  switch (job.waitingFor) {
    case 'outcome':
      return decision('decide', t('queue.outcome.button'), () => onDecide(job.id));
    case 'budget':
      return decision('approve', t('queue.action.approveBudget'), () => send('jobs.approveBudget', { id: job.id }));
    case 'consent':
      return decision('consent', t('queue.outcome.button'), () => useConsentStore.setState({ isPutOff: false }));
    case 'stuck':
      return decision('tryAgain', t('queue.action.retry'), () => send('jobs.retry', { id: job.id }));
    case 'apiKey':
      return decision('key', t('queue.action.openSettings'), () => goTo('settings'));
    case 'credits':
      return decision(
        'topUp',
        t('queue.action.topUp'),
        () => void call('app.openExternal', { link: 'topUp' }).catch((error: unknown) => notifyError(error)),
      );
    default:
      return null;
  }
}

function holdOf(job: Job, { t }: JobActionTools): JobAction | null {
  if (isFinal(job.state)) return null;
  const action = { command: 'pauseJob' } as const;
  if (job.isPaused) {
    const run = () => send('jobs.pause', { id: job.id, isPaused: false });
    return { ...action, id: 'resume', label: t('queue.action.resume'), isPrimary: true, run };
  }
  if (!isCancellable(job.state)) return null;
  const run = () => send('jobs.pause', { id: job.id, isPaused: true });
  return { ...action, id: 'pause', label: t('queue.action.pause'), run };
}

function hidingOf(job: Job, { t }: JobActionTools): JobAction | null {
  if (job.isHidden) {
    const run = () => send('jobs.hide', { id: job.id, isHidden: false });
    return { id: 'show', label: t('queue.action.show'), run };
  }
  if (isCancellable(job.state)) return null;
  const run = () => send('jobs.hide', { id: job.id, isHidden: true });
  const hint = isFinal(job.state) ? {} : { hint: t('queue.action.hideHint') };
  return { id: 'hide', label: t('queue.action.hide'), ...hint, run };
}

/** Other places in the line, where there are any. */
function movesOf(job: Job, place: Place | null, { t, move }: JobActionTools): JobAction[] {
  if (place === null) return [];
  const to = (target: QueueMove, label: string, command: CommandId): JobAction => ({
    ...{ id: target, label, command },
    run: () => move(job.id, target),
  });
  const { isFirst, isLast } = place;
  return [
    ...(isFirst ? [] : [to('top', t('queue.action.moveTop'), 'moveTop'), to('up', t('queue.action.moveUp'), 'moveUp')]),
    ...(isLast ? [] : [to('down', t('queue.action.moveDown'), 'moveDown')]),
  ];
}

export function actionsOf(job: Job, place: Place | null, tools: JobActionTools): JobAction[] {
  const { t, onUse, onLog, cancel } = tools;
  const { recipe, resultItemId } = job;
  const retryLabel = t(job.submittedAt === null ? 'queue.action.retry' : 'queue.action.retryNew');
  const list: (JobAction | false | null)[] = [
    decisionOf(job, tools),
    resultItemId !== null && {
      ...{ id: 'open', label: t('queue.action.open'), command: 'openResult', isPrimary: true },
      run: () => openItem(resultItemId),
    },
    job.state === 'failed' && {
      ...{ id: 'retry', label: retryLabel, command: 'retryJob', isPrimary: mayRetry(job) },
      run: () => send('jobs.retry', { id: job.id }),
    },
    holdOf(job, tools),
    isCancellable(job.state) && {
      ...{ id: 'cancel', label: t('queue.action.cancel'), hint: t('queue.action.cancelHint'), command: 'cancelJob' },
      run: () => cancel([job]),
    },
    hidingOf(job, tools),
    recipe.kind === 'motion' && {
      ...{ id: 'use', label: t('queue.action.useAgain') },
      // The same order would fail again: something has to be changed first.
      isPrimary: job.state === 'failed' && !mayRetry(job),
      run: () => onUse(job),
    },
    { id: 'log', label: t('queue.action.log'), run: () => onLog(job.id) },
    {
      ...{ id: 'report', label: t('queue.action.report') },
      run: () => void copyReport(job).catch((error: unknown) => notifyError(error)),
    },
    ...movesOf(job, place, tools),
  ];
  return list.filter((action) => action !== false && action !== null);
}
