/** Ordering many takes at once: the check, price and job of every cell, what is changed and picked, and the one order of all of it. */
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import type { Job } from '../../shared/contract/jobs.ts';
import type { CheckResult } from '../../shared/contract/media.ts';
import { call, errorDataOf } from '../bridge/bridge.ts';
import { commandQuery, jobsInput, mergeJobs, useJobs, useSettings, useSettingsMutation } from '../bridge/queries.ts';
import {
  type Cell,
  cellsOf,
  isGap,
  isOnItsWay,
  jobOf,
  jobsByPair,
  type MatrixClip,
  type MatrixEdits,
  sumPrices,
} from '../state/matrix/matrix.ts';
import { editMatrix, matrixOrderIds, useMatrixStore } from '../state/matrix/matrixStore.ts';
import { useDraft } from '../state/order/draftStore.ts';
import { groupOf } from '../state/queue/jobCounts.ts';
import { useAccount } from '../state/shell/account.ts';
import { notifyDone, notifyError, notifyHint } from '../text/notify.tsx';

const noJobs: Job[] = [];
/** One function for good: a new one would make the answers anew with every drawing. */
const answersOf = (results: readonly { data: CheckResult | undefined }[]) => results.map(({ data }) => data);

export function useMatrix(clips: readonly MatrixClip[], imageIds: readonly string[]) {
  const draft = useDraft();
  const { status } = useAccount();
  const jobs = useJobs().data ?? noJobs;
  const history = useMatrixStore((state) => state.history);
  const edits = history.present;
  const { changes } = edits;
  const cells = useMemo(() => cellsOf(draft, { imageIds, clips, changes }), [draft, imageIds, clips, changes]);
  const queries = useMemo(() => cells.map(({ recipe }) => commandQuery('media.check', checkInputOf(recipe))), [cells]);
  const checks = useQueries({ queries, combine: answersOf });
  const pairs = useMemo(() => jobsByPair(jobs, status?.accountId), [jobs, status?.accountId]);
  const states = useMemo(
    () => cells.map((cell, index) => stateOf(cell, { check: checks[index], job: jobOf(cell, pairs), edits })),
    [cells, checks, pairs, edits],
  );
  const picked = useMemo(() => states.filter((cell) => cell.isPicked), [states]);
  const ordering = useMatrixOrder(picked, (keys) => editMatrix({ type: 'ordered', keys }));
  return {
    states,
    picked,
    total: sumPrices(picked.flatMap(({ price }) => (price ? [price] : []))),
    edit: editMatrix,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    ...ordering,
  };
}

function checkInputOf({ kind: _kind, keepSound: _sound, watermark: _mark, project: _name, ...input }: Cell['recipe']) {
  return input;
}

interface Known {
  check: CheckResult | undefined;
  job: Job | null;
  edits: MatrixEdits;
}

function stateOf(cell: Cell, { check, job, edits }: Known) {
  const price = check?.isLegal ? check.price : null;
  const group = job ? groupOf(job) : null;
  const isOrderable = price !== null && !isOnItsWay(group);
  return {
    ...cell,
    changes: edits.changes[cell.key] ?? null,
    price,
    blockedBy: check?.verdicts.find(({ state }) => state === 'blocked') ?? null,
    jobState: job?.state ?? null,
    group,
    isChecked: check !== undefined,
    isOrderable,
    isPicked: isOrderable && (edits.picks[cell.key] ?? isGap(group)),
  };
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
    for (const { key } of picked) {
      // What comes before the point is what they share: the queue shows them as one.
      if (!matrixOrderIds.has(key)) matrixOrderIds.set(key, `matrix-${batch}.${crypto.randomUUID()}`);
    }
    const placed = await call('jobs.order', {
      cells: picked.map(({ key, recipe }) => ({ orderId: matrixOrderIds.get(key) ?? '', recipe })),
      isConfirmed: isReal,
    });
    const keys = picked.map(({ key }) => key);
    for (const key of keys) matrixOrderIds.delete(key);
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
