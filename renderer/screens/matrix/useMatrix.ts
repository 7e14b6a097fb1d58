/** Ordering many takes at once: the check, price and job of every cell, what is changed and picked, and the one order of all of it. */
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import type { Job } from '../../../shared/contract/jobs.ts';
import type { CheckResult } from '../../../shared/contract/media.ts';
import type { Reason } from '../../../shared/errors.ts';
import { call, errorDataOf } from '../../bridge/bridge.ts';
import { commandQuery, jobsInput, mergeJobs, useJobs, useSettings, useSettingsMutation } from '../../bridge/queries.ts';
import {
  type Cell,
  cellsOf,
  isGap,
  isOnItsWay,
  jobOf,
  jobsByPair,
  type MatrixClip,
  type Price,
  sumPrices,
} from '../../state/matrix/matrix.ts';
import type { Matrix } from '../../state/matrix/matrixEdits.ts';
import { editMatrix, matrixOrderIds, useMatrixNow } from '../../state/matrix/matrixStore.ts';
import { useDraft } from '../../state/order/draftStore.ts';
import { groupOf } from '../../state/queue/jobCounts.ts';
import { useAccount } from '../../state/shell/account.ts';
import { notifyDone, notifyError, notifyHint } from '../../state/shell/notify.tsx';

const noJobs: Job[] = [];
/** One function for good: a new one would make the answers anew with every drawing. */
const answersOf = (results: readonly { data: CheckResult | undefined; error: Error | null }[]) =>
  results.map(({ data, error }) => ({ data, error }));

export function useMatrix(clips: readonly MatrixClip[], imageIds: readonly string[]) {
  const draft = useDraft();
  const { status } = useAccount();
  const jobs = useJobs().data ?? noJobs;
  const matrix = useMatrixNow();
  const { changes, imageEdits } = matrix;
  const cells = useMemo(
    () => cellsOf(draft, { imageIds, clips, changes, imageEdits }),
    [draft, imageIds, clips, changes, imageEdits],
  );
  const queries = useMemo(() => cells.map(({ recipe }) => commandQuery('media.check', checkInputOf(recipe))), [cells]);
  const checks = useQueries({ queries, combine: answersOf });
  const pairs = useMemo(() => jobsByPair(jobs, status?.accountId), [jobs, status?.accountId]);
  const states = useMemo(
    () =>
      cells.map((cell, index) =>
        stateOf(cell, {
          check: checks[index]?.data,
          error: checks[index]?.error ?? null,
          job: jobOf(cell, pairs),
          matrix,
        }),
      ),
    [cells, checks, pairs, matrix],
  );
  const picked = useMemo(() => states.filter((cell) => cell.isPicked), [states]);
  const ordering = useMatrixOrder(picked, (keys) => editMatrix({ type: 'ordered', keys }));
  return {
    states,
    picked,
    total: sumOf(picked),
    /** So many orders: a cell may be ordered more than once. */
    number: picked.reduce((sum, { takes }) => sum + takes, 0),
    edit: editMatrix,
    ...ordering,
  };
}

function checkInputOf({ kind: _kind, keepSound: _sound, watermark: _mark, project: _name, ...input }: Cell['recipe']) {
  return input;
}

/** What cells cost together, each as often as it is ordered. */
export function sumOf(cells: readonly Pick<CellState, 'price' | 'takes'>[]): Price {
  return sumPrices(cells.flatMap(({ price, takes }) => (price ? Array.from({ length: takes }, () => price) : [])));
}

interface Known {
  check: CheckResult | undefined;
  /** The check itself could not be made: a file that is gone. */
  error: Error | null;
  job: Job | null;
  matrix: Matrix;
}

function stateOf(cell: Cell, { check, error, job, matrix }: Known) {
  const price = check?.isLegal ? check.price : null;
  const group = job ? groupOf(job) : null;
  const isOrderable = price !== null && !isOnItsWay(group);
  return {
    ...cell,
    changes: matrix.changes[cell.key] ?? null,
    takes: matrix.changes[cell.key]?.takes ?? 1,
    price,
    blockedBy: blockOf(check, error),
    jobState: job?.state ?? null,
    group,
    isChecked: check !== undefined || error !== null,
    isOrderable,
    isPicked: isOrderable && (matrix.picks[cell.key] ?? isGap(group)),
  };
}

function blockOf(check: CheckResult | undefined, error: Error | null): Reason | null {
  if (error) return errorDataOf(error).reasons[0] ?? null;
  return check?.verdicts.find(({ state }) => state === 'blocked') ?? null;
}

export type CellState = ReturnType<typeof stateOf>;

function useMatrixOrder(picked: readonly CellState[], onOrdered: (keys: readonly string[]) => void) {
  const client = useQueryClient();
  const { status } = useAccount();
  const settings = useSettings().data;
  const saveSettings = useSettingsMutation();
  const [isOrdering, setIsOrdering] = useState(false);
  /** Beside the state, because two clicks may come before React has drawn once. */
  const isBusy = useRef(false);
  const isReal = status?.provider === 'evolink';
  const needsRights = isReal && settings?.hasAgreedToLikenessRights === false;

  const place = async () => {
    if (needsRights) await saveSettings.mutateAsync({ hasAgreedToLikenessRights: true });
    const batch = crypto.randomUUID().slice(0, 8);
    const orders = picked.flatMap(({ key, recipe, takes }) =>
      Array.from({ length: takes }, (_, index) => ({ take: `${key} #${index + 1}`, recipe })),
    );
    for (const { take } of orders) {
      // What comes before the point is what they share: the queue shows them as one.
      if (!matrixOrderIds.has(take)) matrixOrderIds.set(take, `matrix-${batch}.${crypto.randomUUID()}`);
    }
    const placed = await call('jobs.order', {
      cells: orders.map(({ take, recipe }) => ({ orderId: matrixOrderIds.get(take) ?? '', recipe })),
      isConfirmed: isReal,
    });
    const keys = picked.map(({ key }) => key);
    for (const { take } of orders) matrixOrderIds.delete(take);
    client.setQueryData<Job[]>(['jobs.list', jobsInput], (known) => mergeJobs(known ?? [], placed));
    onOrdered(keys);
    notifyDone((t) => t('create.matrix.ordered', { number: placed.length }), {
      screen: 'queue',
      label: (t) => t('create.openQueue'),
    });
  };

  const order = async () => {
    if (isBusy.current) return;
    isBusy.current = true;
    setIsOrdering(true);
    try {
      await place();
    } catch (error) {
      if (errorDataOf(error).reasons.some((reason) => reason.rule === 'order.otherRecipe')) {
        // An earlier order got through although its answer was lost: what is picked now is another one.
        matrixOrderIds.clear();
        notifyHint((t) => t('create.orderedBefore'));
      } else notifyError(error);
    }
    isBusy.current = false;
    setIsOrdering(false);
  };

  return { isOrdering, isReal, needsRights, order: () => void order() };
}
