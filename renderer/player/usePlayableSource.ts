/** The address that Chromium can really show: the source, or (when it stays black or fails) an H.264 copy made on demand. */
import { useEffect, useState } from 'react';
import { mediaUrl } from '../../shared/mediaUrl.ts';
import { call } from '../bridge/bridge.ts';

export interface PlayableSource {
  src: string;
  state: 'source' | 'making' | 'proxy' | 'failed';
  /** For the video element: tells that its picture cannot be shown. */
  reportUnshowable(): void;
}

export function usePlayableSource(assetId: string): PlayableSource {
  const [state, setState] = useState<PlayableSource['state']>('source');

  // biome-ignore lint/correctness/useExhaustiveDependencies: another clip starts afresh
  useEffect(() => setState('source'), [assetId]);

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
    src: mediaUrl(state === 'proxy' ? 'proxy' : 'asset', assetId),
    state,
    // A proxy that fails too is the end of it.
    reportUnshowable: () => setState((was) => (was === 'source' ? 'making' : was === 'proxy' ? 'failed' : was)),
  };
}
