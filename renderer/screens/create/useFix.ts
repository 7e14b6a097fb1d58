/** What each Fix button does; every one of them is an edit of the draft and can be undone. */
import { textLimits } from '../../../shared/rules/limits.ts';
import { countCharacters, tidyText } from '../../../shared/words/texts.ts';
import type { Fix } from '../../state/order/checkOrder.ts';
import { useDraft, useDraftDispatch } from '../../state/order/draftStore.ts';
import { legalCrop } from '../../state/order/imageEdit.ts';
import { longestTake } from '../../state/trim/shots.ts';
import { extendToMin, trimToMax } from '../../state/trim/trim.ts';
import { useClip, useImageAsset } from '../../state/trim/useClip.ts';
import { useShots } from '../../state/trim/useShots.ts';

export function useFix(): (fix: Fix) => void {
  const clip = useClip();
  const { takes } = useShots(clip);
  const draft = useDraft();
  const dispatch = useDraftDispatch();
  const image = useImageAsset().data;

  const cropImage = () => {
    if (image?.facts.kind !== 'image') return;
    const { pad: _, ...edit } = draft.imageEdit ?? {};
    const box = edit.crop ?? { x: 0, y: 0, width: image.facts.width, height: image.facts.height };
    dispatch({ type: 'editImage', imageEdit: { ...edit, crop: legalCrop(box) } });
  };

  return (fix) => {
    switch (fix) {
      case 'trimToMax':
        clip?.setRange(trimToMax(clip.clock, clip.range, clip.maxSeconds));
        return;
      case 'extendToMin':
        clip?.setRange(extendToMin(clip.clock, clip.range, clip.minSeconds));
        return;
      case 'trimToTake': {
        const take = clip ? longestTake(clip.clock, takes, clip) : null;
        if (take) clip?.setRange(take);
        return;
      }
      case 'switchToVideo':
        dispatch({ type: 'patch', patch: { orientation: 'video' } });
        return;
      case 'shortenPrompt':
        if (countCharacters(draft.prompt) > textLimits.promptMax) {
          dispatch({
            type: 'patch',
            patch: { prompt: [...tidyText(draft.prompt)].slice(0, textLimits.promptMax).join('') },
          });
        }
        return;
      case 'cropImage':
        cropImage();
        return;
      case 'padImage':
        dispatch({ type: 'editImage', imageEdit: { ...draft.imageEdit, pad: '#ffffff' } });
        return;
    }
  };
}
