/** The same orders once more in 1080p: what each costs against 720p, what cannot be promoted and why, and the one order of all of them. */
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Job, MotionRecipe } from '../../../../shared/contract/jobs.ts';
import type { LibraryItem } from '../../../../shared/contract/library.ts';
import type { CheckResult } from '../../../../shared/contract/media.ts';
import type { ErrorData, Reason } from '../../../../shared/errors.ts';
import { call, errorDataOf } from '../../../bridge/bridge.ts';
import { commandQuery, jobsInput, mergeJobs, useSettings, useSettingsMutation } from '../../../bridge/queries.ts';
import { type Price, sumPrices } from '../../../state/matrix/matrix.ts';
import { useAccount } from '../../../state/shell/account.ts';
import { notifyDone, notifyError } from '../../../state/shell/notify.tsx';
import { motionOf } from '../compare/useSides.ts';

/** So many results at once: with four takes of each as many as one order holds. */
export const mostPromoted = 100;

/** `before`: in 720p. A reason stands for the prices where the order is not possible. */
export interface PromoteLine {
  item: LibraryItem;
  recipe: MotionRecipe;
  prices: { before: Price; after: Price } | null;
  blockedBy: Reason | null;
  /** The check itself could not be made: a clip that nobody knows here any more. */
  error: ErrorData | null;
  isChecked: boolean;
}

/** Kept until the order is acknowledged: after an answer that was lost the same press is the same order. */
const orderIds = new Map<string, string>();

interface Answer<Data> {
  data: Data | undefined;
  error: Error | null;
}

const checkInputOf = ({ kind: _kind, keepSound: _sound, watermark: _mark, project: _name, ...input }: MotionRecipe) =>
  commandQuery('media.check', input);

function lineOf(
  item: LibraryItem,
  recipe: MotionRecipe,
  [before, after]: readonly [Answer<CheckResult> | undefined, Answer<CheckResult> | undefined],
): PromoteLine {
  const error = before?.error ?? after?.error ?? null;
  const blocked = after?.data?.verdicts.find(({ state }) => state === 'blocked') ?? null;
  const [low, high] = [before?.data?.price, after?.data?.isLegal ? after.data.price : null];
  return {
    ...{ item, recipe },
    prices: low && high ? { before: low, after: high } : null,
    blockedBy: blocked,
    error: error === null ? null : errorDataOf(error),
    isChecked: error !== null || (before?.data !== undefined && after?.data !== undefined),
  };
}

const projectOf = ({ project }: LibraryItem) => (project === null ? {} : { project });

export function usePromote(ids: readonly string[], takes: number) {
  const items = useQueries({ queries: ids.slice(0, mostPromoted).map((id) => commandQuery('library.get', { id })) });
  const found = items.flatMap(({ data }) => (data ? [data] : []));
  const wanted = found.flatMap((item) => {
    const recipe = motionOf(item);
    // The project is the one that the result belongs to by now.
    return recipe?.quality === '720p' ? [{ item, recipe: { ...recipe, ...projectOf(item) } }] : [];
  });
  const checks = useQueries({
    queries: wanted.flatMap(({ recipe }) => [checkInputOf(recipe), checkInputOf({ ...recipe, quality: '1080p' })]),
  });
  const lines = wanted.map(({ item, recipe }, at) => lineOf(item, recipe, [checks[2 * at], checks[2 * at + 1]]));
  const ready = lines.filter(({ prices }) => prices !== null);
  const sum = (side: 'before' | 'after') =>
    sumPrices(ready.flatMap(({ prices }) => Array.from({ length: takes }, () => prices?.[side] ?? zero)));
  return {
    lines,
    ready,
    isLoading: items.some(({ isPending }) => isPending) || lines.some(({ isChecked }) => !isChecked),
    /** In 1080p already, and such that nobody ordered here. */
    left: found.length - wanted.length,
    before: sum('before'),
    after: sum('after'),
    ...usePromoteOrder(ready, takes),
  };
}

const zero: Price = { low: '0', high: '0' };

function usePromoteOrder(lines: readonly PromoteLine[], takes: number) {
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
    const keyOf = (item: LibraryItem, take: number) => `${status?.accountId ?? ''} ${item.id} #${take}`;
    const cells = lines.flatMap(({ item, recipe }) =>
      Array.from({ length: takes }, (_, take) => {
        const key = keyOf(item, take);
        // What comes before the point is what they share: the queue shows them as one.
        const orderId = orderIds.get(key) ?? `promote-${batch}.${crypto.randomUUID()}`;
        orderIds.set(key, orderId);
        return { key, cell: { orderId, recipe: { ...recipe, quality: '1080p' as const } } };
      }),
    );
    const placed = await call('jobs.order', { cells: cells.map(({ cell }) => cell), isConfirmed: isReal });
    for (const { key } of cells) orderIds.delete(key);
    client.setQueryData<Job[]>(['jobs.list', jobsInput], (known) => mergeJobs(known ?? [], placed));
    notifyDone((t) => t('create.matrix.ordered', { number: placed.length }), {
      screen: 'queue',
      label: (t) => t('create.openQueue'),
    });
  };

  /** Answers whether it was ordered. */
  const order = async (): Promise<boolean> => {
    if (isBusy.current) return false;
    isBusy.current = true;
    setIsOrdering(true);
    try {
      await place();
      return true;
    } catch (error) {
      notifyError(error);
      return false;
    } finally {
      isBusy.current = false;
      setIsOrdering(false);
    }
  };

  return { isOrdering, isReal, needsRights, order };
}
