/** The parts of a long performance as they would be ordered now, and their one order: once per intent, as for a single take. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import type { Job, MotionRecipe } from '../../../shared/contract/jobs.ts';
import { call, errorDataOf } from '../../bridge/bridge.ts';
import {
  commandQuery,
  jobsInput,
  mergeJobs,
  useCommand,
  useSettings,
  useSettingsMutation,
} from '../../bridge/queries.ts';
import { recipeOf } from '../../state/order/draft.ts';
import { useDraft, useDraftStore } from '../../state/order/draftStore.ts';
import { useAccount } from '../../state/shell/account.ts';
import { notifyDone, notifyError, notifyHint } from '../../state/shell/notify.tsx';
import { type Clip, isTooLong } from '../../state/trim/useClip.ts';

/** By the intent of the form: pressed again after a lost answer it is the same order. */
const performanceIdOf = (orderId: string) => `long-${orderId.replaceAll(/[^0-9a-z]/gi, '').slice(-24)}`;

function useLongRecipe(clip: Clip): MotionRecipe | null {
  const draft = useDraft();
  return useMemo(() => {
    const recipe = recipeOf(draft);
    if (!recipe) return null;
    if (isTooLong(clip)) return recipe;
    // As much as may be sent at once is chosen: what is meant is all of it.
    const { trim: _, ...whole } = recipe;
    return whole;
  }, [draft, clip]);
}

export function useLongPerformance(clip: Clip, onOrdered: () => void) {
  const client = useQueryClient();
  const { status } = useAccount();
  const settings = useSettings().data;
  const saveSettings = useSettingsMutation();
  const recipe = useLongRecipe(clip);
  const performanceId = performanceIdOf(useDraftStore((state) => state.orderId));
  const timeline = useCommand('media.timeline', { id: clip.asset.id }).data;
  const [isOrdering, setIsOrdering] = useState(false);
  /** Beside the state, because two clicks may come before React has drawn once. */
  const isBusy = useRef(false);
  const query = useQuery({
    ...commandQuery('performance.plan', { performanceId, recipe: recipe ?? noRecipe }),
    // Asked again when the clip has been looked through: the seams move to where little moves.
    queryKey: ['performance.plan', performanceId, recipe, timeline?.isScanned === true],
    enabled: recipe !== null,
    gcTime: 0,
  });
  const isReal = status?.provider === 'evolink';
  const needsRights = isReal && settings?.hasAgreedToLikenessRights === false;

  const place = async () => {
    if (!query.data) return;
    if (needsRights) await saveSettings.mutateAsync({ hasAgreedToLikenessRights: true });
    const cells = query.data.parts.map((part, index) => ({
      orderId: `${performanceId}.${index + 1}`,
      recipe: part.recipe,
    }));
    const placed = await call('jobs.order', { cells, isConfirmed: isReal });
    useDraftStore.getState().acknowledgeOrder();
    client.setQueryData<Job[]>(['jobs.list', jobsInput], (known) => mergeJobs(known ?? [], placed));
    notifyDone((t) => t('create.long.ordered', { number: placed.length }), {
      screen: 'queue',
      label: (t) => t('create.openQueue'),
    });
    onOrdered();
  };

  const order = async () => {
    if (isBusy.current) return;
    isBusy.current = true;
    setIsOrdering(true);
    try {
      await place();
    } catch (error) {
      if (errorDataOf(error).reasons.some((reason) => reason.rule === 'order.otherRecipe')) {
        useDraftStore.getState().acknowledgeOrder();
        notifyHint((t) => t('create.orderedBefore'));
      } else notifyError(error);
    }
    isBusy.current = false;
    setIsOrdering(false);
  };

  return {
    /** Undefined: being made. Null: there is no way to split it. */
    plan: query.data,
    error: query.error,
    ...{ isOrdering, isReal, needsRights },
    order: () => void order(),
  };
}

const noRecipe: MotionRecipe = {
  ...{ kind: 'motion', videoId: '', imageId: '', orientation: 'video', quality: '720p', preset: 'fast' },
  ...{ keepSound: true, prompt: '', watermark: false },
};
