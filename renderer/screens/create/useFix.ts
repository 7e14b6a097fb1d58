/** What each Fix button does; every one of them is an edit of the draft and can be undone. */
import { countCharacters, textLimits } from '../../../shared/limits.ts';
import { mediaUrl } from '../../../shared/mediaUrl.ts';
import { intake } from '../../bridge/bridge.ts';
import type { Fix } from '../../state/checkOrder.ts';
import { useDraft, useDraftDispatch } from '../../state/draftStore.ts';
import { useIntake } from '../../state/intake.ts';
import { reshapeImage } from '../../state/reshapeImage.ts';
import { extendToMin, trimToMax } from '../../state/trim.ts';
import { useClip, useImageAsset } from './useClip.ts';

export function useFix(): (fix: Fix) => Promise<void> {
  const clip = useClip();
  const draft = useDraft();
  const dispatch = useDraftDispatch();
  const image = useImageAsset().data;
  const { accept } = useIntake();

  const reshape = async (mode: 'crop' | 'pad') => {
    if (image?.facts.kind !== 'image') return;
    const file = await reshapeImage(mediaUrl('asset', image.id), {
      name: image.name,
      format: image.facts.format,
      mode,
    });
    const [result] = await intake([file]);
    if (result?.ok) accept(result.value);
    else throw new Error('the reshaped image was not taken');
  };

  return async (fix) => {
    switch (fix) {
      case 'trimToMax':
        clip?.setRange(trimToMax(clip.clock, clip.range, clip.maxSeconds));
        return;
      case 'extendToMin':
        clip?.setRange(extendToMin(clip.clock, clip.range, clip.minSeconds));
        return;
      case 'switchToVideo':
        dispatch({ type: 'patch', patch: { orientation: 'video' } });
        return;
      case 'shortenPrompt':
        if (countCharacters(draft.prompt) > textLimits.promptMax) {
          dispatch({ type: 'patch', patch: { prompt: [...draft.prompt].slice(0, textLimits.promptMax).join('') } });
        }
        return;
      case 'cropImage':
        return reshape('crop');
      case 'padImage':
        return reshape('pad');
    }
  };
}
