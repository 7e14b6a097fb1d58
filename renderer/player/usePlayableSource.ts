/** The address that Chromium can really show: the source, or (when it stays black or fails) an H.264 copy made on demand. */
import { useEffect, useState } from 'react';
import type { Asset } from '../../shared/contract/media.ts';
import { mediaUrl } from '../../shared/media/mediaUrl.ts';
import { call } from '../bridge/bridge.ts';

export interface PlayableSource {
  src: string;
  state: 'source' | 'making' | 'proxy' | 'failed';
  /** For the video element: tells that its picture cannot be shown. */
  reportUnshowable(): void;
}

export function usePlayableSource({ id: assetId, isPresent }: Pick<Asset, 'id' | 'isPresent'>): PlayableSource {
  const [state, setState] = useState<PlayableSource['state']>('source');

  // biome-ignore lint/correctness/useExhaustiveDependencies: another clip starts afresh, and one that is found again
  useEffect(() => setState('source'), [assetId, isPresent]);

  useEffect(() => {
    if (state !== 'making') return;
    let isCurrent = true;
    call('media.proxy', { id: assetId })
      .then(({ isReady }) => isCurrent && setState(isReady ? 'proxy' : 'failed'))
      .catch(() => isCurrent && setState('failed'));
    return () => {
      isCurrent = false;
    };
  }, [state, assetId]);

  return {
    // What is found again has another address than what could not be loaded: the element tries anew.
    src: `${mediaUrl(state === 'proxy' ? 'proxy' : 'asset', assetId)}${isPresent ? '' : '#missing'}`,
    state,
    reportUnshowable: () => {
      // There is nothing to make a copy of.
      if (!isPresent) return;
      // A proxy that fails too is the end of it.
      setState((was) => (was === 'source' ? 'making' : was === 'proxy' ? 'failed' : was));
    },
  };
}
