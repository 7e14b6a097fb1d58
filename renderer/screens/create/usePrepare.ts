/** Making the file that would be sent, without ordering: local, free, cancellable; it goes on while the person visits other screens. */
import { skipToken, useMutation, useMutationState, useQuery } from '@tanstack/react-query';
import type { CommandInput } from '../../../shared/contract/index.ts';
import { clipTargetFor } from '../../../shared/rules/limits.ts';
import { call } from '../../bridge/bridge.ts';
import { clipPartsOf } from '../../state/order/draft.ts';
import { useDraft } from '../../state/order/draftStore.ts';
import { useIntakeStore } from '../../state/order/intake.ts';
import { notifyDone, notifyError } from '../../state/shell/notify.tsx';
import { useOrderCheck } from './useOrderCheck.ts';

const mutationKey = ['prepared.make'];

export function usePrepare() {
  const draft = useDraft();
  const { videoId, trim, orientation, preset } = draft;
  const { check, isCurrent } = useOrderCheck();
  const making = useMutation({
    mutationKey,
    mutationFn: (input: CommandInput<'prepared.make'>) => call('prepared.make', input),
    onSuccess: () =>
      notifyDone((t) => t('create.prepared'), { screen: 'prepared', label: (t) => t('create.openPrepared') }),
    onError: (error) => notifyError(error),
  });
  // Of the page, not of this component: whoever comes back to Create finds the progress again.
  const pending = useMutationState({
    filters: { mutationKey, status: 'pending' },
    select: (mutation) => mutation.state.variables as CommandInput<'prepared.make'>,
  }).at(-1);
  const assetId = pending?.assetId ?? '';
  // Filled by events only.
  const progress = useQuery<number | null>({ queryKey: ['media.prepareProgress', assetId], queryFn: skipToken });
  const isReading = useIntakeStore(({ reading }) => reading.video);
  const canPrepare = videoId !== null && !isReading && isCurrent && check?.plan != null && pending === undefined;
  return {
    canPrepare,
    isPreparing: pending !== undefined,
    progress: pending ? (progress.data ?? null) : null,
    prepare: () => {
      if (!canPrepare || videoId === null) return;
      making.mutate({
        assetId: videoId,
        target: clipTargetFor(orientation),
        preset,
        ...(trim ? { trim } : {}),
        ...clipPartsOf(draft),
      });
    },
    cancel: () => {
      if (pending) void call('prepared.cancel', pending).catch(notifyError);
    },
  };
}
