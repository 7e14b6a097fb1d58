/** Several files that came at once become a matrix, or join the one that is there; loaded when that happens. */
import type { QueryClient } from '@tanstack/react-query';
import type { Asset } from '../../../shared/contract/media.ts';
import type { Limits } from '../../../shared/rules/limits.ts';
import { useDraftStore } from '../order/draftStore.ts';
import { clipOfAsset } from './matrix.ts';
import { addToMatrix, useMatrixStore } from './matrixStore.ts';

/** Every character with every clip; a kind of which none came and none is there yet is there with the form's own. */
export function layOut(several: readonly Asset[], limits: Limits, client: QueryClient): void {
  const draft = useDraftStore.getState().history.present;
  for (const asset of several) client.setQueryData(['assets.get', { id: asset.id }], asset);
  void client.invalidateQueries({ queryKey: ['assets.list'] });
  const imageIds = several.filter(({ facts }) => facts.kind === 'image').map(({ id }) => id);
  const clips = several.flatMap((asset) => clipOfAsset(asset, draft, limits) ?? []);
  const own = client.getQueryData<Asset>(['assets.get', { id: draft.videoId ?? '' }]);
  const ownClip = own ? clipOfAsset(own, draft, limits) : null;
  const there = useMatrixStore.getState().history.present;
  const needsClip = clips.length === 0 && there.clips.length === 0 && ownClip !== null;
  const needsImage = imageIds.length === 0 && there.imageIds.length === 0 && draft.imageId !== null;
  addToMatrix({
    clips: needsClip ? [ownClip] : clips,
    imageIds: needsImage && draft.imageId !== null ? [draft.imageId] : imageIds,
  });
}
