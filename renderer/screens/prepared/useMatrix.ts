/** Ordering many takes at once: the check and price of every cell, what is picked, and the one order of all of it. */
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import type { Job } from '../../../shared/contract/jobs.ts';
import type { Prepared } from '../../../shared/contract/media.ts';
import { call } from '../../bridge/bridge.ts';
import { commandQuery, jobsInput, mergeJobs, useJobs, useSettings, useSettingsMutation } from '../../bridge/queries.ts';
import { useTexts } from '../../i18n.ts';
import { useAccount } from '../../state/account.ts';
import { useDraft } from '../../state/draftStore.ts';
import { cellsOf, sumPrices, toggleKeys } from '../../state/matrix.ts';
import { notifyDone, useNotifyError } from '../../text/notify.tsx';

export function useMatrix(takes: readonly Prepared[], imageIds: readonly string[]) {
  const { t } = useTexts();
  const client = useQueryClient();
  const notifyError = useNotifyError();
  const draft = useDraft();
  const { status } = useAccount();
  const jobs = useJobs().data ?? [];
  const settings = useSettings().data;
  const saveSettings = useSettingsMutation();
  /** What the person took out; everything that can be ordered is in at first. */
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [isOrdering, setIsOrdering] = useState(false);
  /** One id per cell and visit, kept over failures: the same click twice is one job. */
  const orderIds = useRef(new Map<string, string>());
  const cells = useMemo(() => cellsOf(draft, imageIds, takes), [draft, imageIds, takes]);
  const checks = useQueries({
    queries: cells.map(({ recipe: { kind: _kind, keepSound: _sound, watermark: _mark, project: _name, ...input } }) =>
      commandQuery('media.check', input),
    ),
  });
  const states = cells.map((cell, index) => {
    const check = checks[index]?.data;
    const price = check?.isLegal ? check.price : null;
    const orderId = orderIds.current.get(cell.key);
    const job = orderId ? (jobs.find((known) => known.orderId === orderId) ?? null) : null;
    const isOrderable = price !== null && job === null;
    return {
      ...cell,
      price,
      job,
      isChecked: check !== undefined,
      isOrderable,
      isPicked: isOrderable && !left.has(cell.key),
    };
  });
  const picked = states.filter((cell) => cell.isPicked);
  const isReal = status?.provider === 'evolink';

  const order = async () => {
    setIsOrdering(true);
    try {
      if (isReal && settings?.hasAgreedToLikenessRights === false)
        await saveSettings.mutateAsync({ hasAgreedToLikenessRights: true });
      for (const { key } of picked) {
        if (!orderIds.current.has(key)) orderIds.current.set(key, `matrix-${crypto.randomUUID()}`);
      }
      const placed = await call('jobs.order', {
        cells: picked.map(({ key, recipe }) => ({ orderId: orderIds.current.get(key) ?? '', recipe })),
        isConfirmed: isReal,
      });
      client.setQueryData<Job[]>(['jobs.list', jobsInput], (known) => mergeJobs(known ?? [], placed));
      notifyDone(t('create.matrix.ordered', { number: placed.length }), {
        screen: 'queue',
        label: t('create.openQueue'),
      });
    } catch (error) {
      notifyError(error);
    }
    setIsOrdering(false);
  };

  return {
    states,
    picked,
    total: sumPrices(picked.flatMap(({ price }) => (price ? [price] : []))),
    isOrdering,
    isReal,
    needsRights: isReal && settings?.hasAgreedToLikenessRights === false,
    /** A cell, a row or a column: out when all of it was in, in otherwise. */
    toggle: (keys: readonly string[]) => setLeft(toggleKeys(left, keys)),
    order: () => void order(),
  };
}

export type CellState = ReturnType<typeof useMatrix>['states'][number];
