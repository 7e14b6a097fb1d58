/** Placing the order: once per intent, however often the button is pressed. */

import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Job } from '../../../shared/contract/jobs.ts';
import { call, errorDataOf } from '../../bridge/bridge.ts';
import { jobsInput, mergeJobs, useSettings, useSettingsMutation } from '../../bridge/queries.ts';
import { isReady, recipeOf } from '../../state/order/draft.ts';
import { useDraft, useDraftStore } from '../../state/order/draftStore.ts';
import { useIsReading } from '../../state/order/intake.ts';
import { takeOrderIds, useTakesStore } from '../../state/order/takesStore.ts';
import { useAccount } from '../../state/shell/account.ts';
import { notifyDone, notifyError, notifyHint } from '../../state/shell/notify.tsx';
import { useHeldRange } from '../../state/trim/heldRange.ts';
import { useOrderCheck } from './useOrderCheck.ts';

export type OrderPhase = 'idle' | 'asking' | 'ordering' | 'ordered';

/** So long the button rests after an order: a double click is one intent, a second take is asked for deliberately. */
const restMs = 1200;

export function useOrder() {
  const client = useQueryClient();
  const draft = useDraft();
  const { check, isCurrent } = useOrderCheck();
  const isReading = useIsReading();
  const { status } = useAccount();
  const settings = useSettings().data;
  const saveSettings = useSettingsMutation();
  const [phase, setPhase] = useState<OrderPhase>('idle');
  /** Beside the state, because two clicks may come before React has drawn once. */
  const isBusy = useRef(false);

  const settle = (next: OrderPhase) => {
    setPhase(next);
    if (next !== 'ordered') {
      isBusy.current = false;
      return;
    }
    setTimeout(() => {
      isBusy.current = false;
      setPhase('idle');
    }, restMs);
  };

  const onOrdered = (jobs: Job[]) => {
    useDraftStore.getState().acknowledgeOrder();
    client.setQueryData<Job[]>(['jobs.list', jobsInput], (known) => mergeJobs(known ?? [], jobs));
    notifyDone((t) => t('create.orderedNotice', { count: jobs.length }), {
      screen: 'queue',
      label: (t) => t('create.openQueue'),
    });
    settle('ordered');
  };

  const place = async (isConfirmed: boolean) => {
    const recipe = recipeOf(draft);
    if (!recipe) return;
    setPhase('ordering');
    try {
      const { orderId } = useDraftStore.getState();
      const cells = takeOrderIds(orderId, useTakesStore.getState().takes).map((id) => ({ orderId: id, recipe }));
      onOrdered(await call('jobs.order', { cells, isConfirmed }));
    } catch (error) {
      const data = errorDataOf(error);
      if (data.code === 'needsConsent' && !isConfirmed) {
        setPhase('asking');
        return;
      }
      if (data.reasons.some((reason) => reason.rule === 'order.otherRecipe')) {
        // The earlier order got through although its answer was lost: what the form shows now is another one.
        useDraftStore.getState().acknowledgeOrder();
        notifyHint((t) => t('create.orderedBefore'));
      } else notifyError(error);
      settle('idle');
    }
  };

  // While files come in, what is checked and priced is the pair that they replace.
  const lacksProject = settings?.needsProject === true && draft.project.trim() === '';
  const canOrder = isReady(draft, check) && isCurrent && !isReading && !lacksProject;

  const generate = () => {
    // A handle in hand: what is seen is not yet what would be ordered.
    if (!canOrder || isBusy.current || useHeldRange.getState().range !== null) return;
    isBusy.current = true;
    if (status?.provider === 'evolink') setPhase('asking');
    else void place(false);
  };

  return {
    phase,
    canOrder,
    lacksProject,
    generate,
    needsRights: settings?.hasAgreedToLikenessRights === false,
    confirm: async () => {
      if (!canOrder) return;
      if (settings?.hasAgreedToLikenessRights === false)
        await saveSettings.mutateAsync({ hasAgreedToLikenessRights: true });
      await place(true);
    },
    decline: () => settle('idle'),
  };
}
