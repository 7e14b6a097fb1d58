/** Puts a recipe of before into the form, and says what of the form it has replaced, with the way back. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import type { MotionRecipe } from '../../shared/contract/jobs.ts';
import type { Asset } from '../../shared/contract/media.ts';
import { useAgainStore } from '../state/order/againStore.ts';
import { type Draft, draftFromRecipe, emptyDraft } from '../state/order/draft.ts';
import { useDraftStore } from '../state/order/draftStore.ts';
import { notifyUndo } from '../state/shell/notify.tsx';
import { goTo } from '../state/shell/route.ts';

export function useLoadRecipe(): (recipe: MotionRecipe) => void {
  const client = useQueryClient();
  return (recipe) => {
    const { history, dispatch } = useDraftStore.getState();
    const before = history.present;
    dispatch({ type: 'load', recipe });
    useAgainStore.setState({ earlier: useDraftStore.getState().history.present });
    goTo('create');
    const words = replacedWords(before, draftFromRecipe(recipe), client);
    if (words.length === 0) return;
    const putBack = () => {
      // As it was, whatever was changed since; and that too can be undone.
      useDraftStore.getState().dispatch({ type: 'putBack', draft: before });
    };
    notifyUndo((t, language) => {
      const what = new Intl.ListFormat(language, { type: 'conjunction' }).format(words.map((word) => word(t)));
      return t('create.replaced.text', { what });
    }, putBack);
  };
}

/** What stood in the form and is gone from it. */
function replacedWords(before: Draft, after: Draft, client: QueryClient): ((t: TFunction) => string)[] {
  const nameOf = (id: string) => client.getQueryData<Asset>(['assets.get', { id }])?.name ?? '';
  const { videoId, imageId } = before;
  const settings = ({ orientation, quality, preset, keepSound, prompt, elementId, project }: Draft) =>
    JSON.stringify([orientation, quality, preset, keepSound, prompt, elementId, project]);
  const isOther = settings(before) !== settings(after) && settings(before) !== settings(emptyDraft);
  return [
    ...(videoId !== null && videoId !== after.videoId
      ? [(t: TFunction) => t('create.replaced.clip', { name: nameOf(videoId) })]
      : []),
    ...(imageId !== null && imageId !== after.imageId
      ? [(t: TFunction) => t('create.replaced.image', { name: nameOf(imageId) })]
      : []),
    ...(isOther ? [(t: TFunction) => t('create.replaced.recipe')] : []),
  ];
}
