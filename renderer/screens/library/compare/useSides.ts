/** The pictures of a view as they can be shown now: files that are away, formats that need a copy, clips that nobody knows. */
import { useEffect, useState } from 'react';
import type { MotionRecipe } from '../../../../shared/contract/jobs.ts';
import type { LibraryItem } from '../../../../shared/contract/library.ts';
import type { Asset } from '../../../../shared/contract/media.ts';
import { mediaUrl } from '../../../../shared/media/mediaUrl.ts';
import { useCommand } from '../../../bridge/queries.ts';
import { imageUrl } from '../../../components/imageUrl.ts';
import { usePlayableSource } from '../../../player/usePlayableSource.ts';
import { absentSide, characterSide, referenceSide, resultSide, type Side, type SideState } from './sides.ts';

export function motionOf({ recipe }: LibraryItem): MotionRecipe | null {
  return recipe?.kind === 'motion' ? recipe : null;
}

const noAsset = { id: '', isPresent: false };

function useAsset(id: string | null) {
  const query = useCommand('assets.get', { id: id ?? '' }, id !== null);
  return { asset: query.data ?? null, isUnknown: query.isError };
}

/** Null: the result was made from no clip that is known (imported). */
export function useReferenceSide(item: LibraryItem | null): Side | null {
  const recipe = item && motionOf(item);
  const { asset, isUnknown } = useAsset(recipe?.videoId ?? null);
  const source = usePlayableSource(asset ?? noAsset);
  if (!item || !recipe) return null;
  const facts = asset?.facts.kind === 'video' ? asset.facts : null;
  const name = item.videoName;
  if (!asset || !facts) return absentSide('reference', name, isUnknown || asset ? 'unknown' : 'loading');
  return referenceSide({ ...asset, name }, facts, recipe, {
    src: source.src,
    state: stateOf(asset, source.state),
    onUnshowable: source.reportUnshowable,
  });
}

function stateOf({ isPresent }: Asset, source: 'source' | 'making' | 'proxy' | 'failed'): SideState {
  if (!isPresent) return 'missing';
  return source === 'making' || source === 'failed' ? source : 'ready';
}

export function useCharacterSide(item: LibraryItem | null): Side | null {
  const recipe = item && motionOf(item);
  const { asset, isUnknown } = useAsset(recipe?.imageId ?? null);
  const [failedSrc, setFailedSrc] = useState<string | null>(null);
  if (!item || !recipe) return null;
  const facts = asset?.facts.kind === 'image' ? asset.facts : null;
  const name = item.imageName ?? '';
  if (!asset || !facts) return absentSide('character', name, isUnknown || asset ? 'unknown' : 'loading');
  const src = imageUrl(asset.id, facts);
  return characterSide({ ...asset, name: item.imageName ?? asset.name }, recipe, {
    src,
    state: failedSrc === src ? 'missing' : 'ready',
    onUnshowable: () => setFailedSrc(src),
  });
}

/** Results that could not be loaded are tried again when their file is found again, or when a person says so. */
export function useResultSides(items: readonly LibraryItem[]): { sides: Side[]; retry: () => void } {
  const [failed, setFailed] = useState<readonly string[]>([]);
  const [tries, setTries] = useState(0);
  const present = items.map(({ id, state }) => `${id} ${state}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another state of a file is another try
  useEffect(() => setFailed([]), [present]);
  const sides = items.map((item) =>
    resultSide(item, {
      src: `${mediaUrl('library', item.id)}${tries === 0 ? '' : `#${tries}`}`,
      state: item.state !== 'present' ? 'missing' : failed.includes(item.id) ? 'failed' : 'ready',
      onUnshowable: () => setFailed((known) => (known.includes(item.id) ? known : [...known, item.id])),
    }),
  );
  const retry = () => {
    setFailed([]);
    setTries((count) => count + 1);
  };
  return { sides, retry };
}
