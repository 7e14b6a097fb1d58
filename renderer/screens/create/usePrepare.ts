/** Making the file that would be sent, without ordering: local, free, cancellable. */
import { skipToken, useMutation, useQuery } from '@tanstack/react-query';
import type { CommandInput } from '../../../shared/contract/index.ts';
import { clipTargetFor } from '../../../shared/limits.ts';
import { call } from '../../bridge/bridge.ts';
import { useTexts } from '../../i18n.ts';
import { useDraft } from '../../state/draftStore.ts';
import { notifyDone, useNotifyError } from '../../text/notify.tsx';
import { useOrderCheck } from './useOrderCheck.ts';

export function usePrepare() {
  const { t } = useTexts();
  const notifyError = useNotifyError();
  const { videoId, trim, orientation, preset } = useDraft();
  const { check, isCurrent } = useOrderCheck();
  const making = useMutation({
    mutationFn: (input: CommandInput<'prepared.make'>) => call('prepared.make', input),
    onSuccess: () => notifyDone(t('create.prepared'), { screen: 'prepared', label: t('create.openPrepared') }),
    onError: (error) => notifyError(error),
  });
  const assetId = making.variables?.assetId ?? '';
  // Filled by events only.
  const progress = useQuery<number | null>({ queryKey: ['media.prepareProgress', assetId], queryFn: skipToken });
  const canPrepare = videoId !== null && isCurrent && check?.plan != null && !making.isPending;
  return {
    canPrepare,
    isPreparing: making.isPending,
    progress: making.isPending ? (progress.data ?? null) : null,
    prepare: () => {
      if (!canPrepare || videoId === null) return;
      making.mutate({ assetId: videoId, target: clipTargetFor(orientation), preset, ...(trim ? { trim } : {}) });
    },
    cancel: () => {
      if (making.variables) void call('prepared.cancel', making.variables).catch(notifyError);
    },
  };
}
