/** The app's verdict on the draft, asked anew as it changes; the last answer stays on screen until the next is there. */
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CommandInput } from '../../../shared/contract/index.ts';
import { commandQuery } from '../../bridge/queries.ts';
import { clipPartsOf, type Draft } from '../../state/order/draft.ts';
import { useDraft } from '../../state/order/draftStore.ts';

const settleMs = 120;

function checkInputOf(draft: Draft): CommandInput<'media.check'> {
  return {
    ...(draft.videoId ? { videoId: draft.videoId } : {}),
    ...(draft.imageId ? { imageId: draft.imageId } : {}),
    ...(draft.videoId && draft.trim ? { trim: draft.trim } : {}),
    ...(draft.videoId ? clipPartsOf(draft) : {}),
    ...(draft.imageId && draft.imageEdit ? { imageEdit: draft.imageEdit } : {}),
    orientation: draft.orientation,
    quality: draft.quality,
    preset: draft.preset,
    prompt: draft.prompt,
    ...(draft.elementId ? { elementId: draft.elementId } : {}),
    ...(draft.callbackUrl.trim() ? { callbackUrl: draft.callbackUrl.trim() } : {}),
  };
}

export function useOrderCheck() {
  const draft = useDraft();
  const input = useMemo(() => checkInputOf(draft), [draft]);
  const [settled] = useDebouncedValue(input, settleMs);
  const hasInput = draft.videoId !== null || draft.imageId !== null;
  const query = useQuery({
    ...commandQuery('media.check', settled),
    enabled: hasInput,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const isCurrent = settled === input && !query.isPlaceholderData && !query.isFetching;
  return {
    check: hasInput ? query.data : undefined,
    error: hasInput ? query.error : null,
    /** False while the answer on screen belongs to an earlier state of the form. */
    isCurrent,
    retry: () => void query.refetch(),
  };
}
