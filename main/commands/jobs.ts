/** Ordering and steering jobs. */
import type { QueueState } from '../../shared/contract/jobs.ts';
import type { Account, Accounts, Provider } from '../accounts/accounts.ts';
import { createJobActions } from '../jobs/actions.ts';
import type { JobContext } from '../jobs/context.ts';
import { placeOrder } from '../jobs/order/order.ts';
import type { JobRecord } from '../jobs/record/record.ts';
import type { Runner } from '../jobs/runner.ts';
import type { Handlers } from './types.ts';

const BALANCE_PATIENCE_MS = 4000;

interface JobServices {
  context: JobContext;
  runner: Runner;
  accounts: Accounts;
  provider: () => Provider;
  onOrdered: () => void;
  onQueueChanged: (state: QueueState) => void;
}

type JobCommand = Extract<keyof Handlers, `jobs.${string}` | `queue.${string}`>;

export function createJobHandlers({
  context,
  runner,
  accounts,
  provider,
  onOrdered,
  onQueueChanged,
}: JobServices): Omit<Pick<Handlers, JobCommand>, 'jobs.list' | 'jobs.get' | 'jobs.log' | 'queue.get'> {
  const { store } = context;
  const actions = createJobActions(context, runner);
  const snapshot = (record: JobRecord) => store.snapshot(record, runner.progressOf(record.id));
  /** A line that is not known to be there is tried once, briefly: an order must not take long. */
  async function isBalanceKnown({ id, provider: of }: Account): Promise<boolean> {
    if (of === 'sandbox' || accounts.status(of).connection === 'ok') return true;
    const patience = new AbortController();
    const late = context.clock.sleep(BALANCE_PATIENCE_MS, patience.signal).catch(() => {});
    await Promise.race([context.askBalance(id), late]);
    patience.abort();
    return accounts.status(of).connection === 'ok';
  }

  const told = (state: QueueState) => {
    onQueueChanged(state);
    return state;
  };
  return {
    'jobs.order': async (input) => {
      const account = await accounts.forNewOrder(input.provider ?? provider());
      const placed = placeOrder(context, input, account, { isBalanceKnown: await isBalanceKnown(account) });
      for (const id of placed.fresh) runner.nudge(id);
      onOrdered();
      return placed.ids.map((id) => snapshot(store.get(id)));
    },
    'jobs.retry': ({ id, isPaused }) => snapshot(actions.retry(id, isPaused)),
    'jobs.cancel': async ({ id }) => snapshot(await actions.cancel(id)),
    'jobs.hide': ({ id, isHidden }) => snapshot(actions.hide(id, isHidden)),
    'jobs.pause': async ({ id, isPaused }) => snapshot(await actions.pause(id, isPaused)),
    'jobs.move': ({ id, to }) => actions.move(id, to).map(snapshot),
    'queue.pauseAll': async ({ isPaused }) => told(await actions.pauseAll(isPaused)),
    'queue.stopAfterCurrent': async () => told(await actions.stopAfterCurrent()),
    'jobs.approveBudget': ({ id }) => snapshot(actions.approveBudget(id)),
    'jobs.answerConsent': async ({ answer }) => (await actions.answerConsent(answer)).map(snapshot),
    'jobs.outcomeCandidates': ({ id }) => actions.outcomeCandidates(id),
    'jobs.resolveOutcome': async ({ id, choice }) => snapshot(await actions.resolveOutcome(id, choice)),
  };
}
