/** The picture: the clip, fitted into the space, over a neutral well. */
import { Loader } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type ReactNode, Suspense, useEffect, useRef } from 'react';
import { mediaUrl } from '../../shared/media/mediaUrl.ts';
import type { FramedImage } from '../framing/FramingLayer.tsx';
import { layoutFraming, placeWhole } from '../state/trim/framing.ts';
import { usePlayerStore } from '../state/trim/player.ts';
import type { Clip } from '../state/trim/useClip.ts';
import { useTexts } from '../text/i18n.ts';
import { later } from '../text/later.ts';
import classes from './Player.module.css';
import { createPlayback, type Playback, type PlaybackClip } from './playback.ts';
import { usePlayableSource } from './usePlayableSource.ts';

const FramingLayer = later(() => import('../framing/FramingLayer.tsx').then((module) => module.FramingLayer));

interface PlayerProps {
  clip: Clip;
  isMuted: boolean;
  /** Drawn over the picture. */
  overlay: ReactNode;
  /** The character to stand beside the clip at one scale; null: the clip has the room to itself. */
  beside: FramedImage | null;
}

export function Player({ clip, isMuted, overlay, beside }: PlayerProps) {
  const { t } = useTexts();
  const video = useRef<HTMLVideoElement>(null);
  const playback = useRef<Playback | null>(null);
  const source = usePlayableSource(clip.asset);
  const current = useRef<PlaybackClip>(clip);
  current.current = clip;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another clip starts at its beginning; a proxy of the same one goes on
  useEffect(() => usePlayerStore.setState({ position: 0 }), [clip.asset.id]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new source is a new element
  useEffect(() => {
    if (!video.current) return;
    const made = createPlayback(video.current, () => current.current);
    playback.current = made;
    usePlayerStore.setState({ controls: made, speed: 0 });
    return () => {
      made.dispose();
      usePlayerStore.setState({ controls: null, speed: 0 });
    };
  }, [source.src]);

  const onMetadata = () => {
    // HEVC, ProRes and others "play" with their sound and no picture: no error, but no width either.
    if (video.current?.videoWidth === 0) source.reportUnshowable();
    else playback.current?.restore();
  };

  const { ref: well, width, height } = useElementSize();
  const part = clip.crop ?? { x: 0, y: 0, width: clip.facts.width, height: clip.facts.height };
  const layout = beside ? layoutFraming({ width, height }, part, beside.part) : null;

  return (
    <div ref={well} className={classes.well}>
      <div className={classes.stage} style={layout?.video}>
        <video
          style={layout ? { ...placeWhole(layout.video, clip.facts, part), objectFit: 'fill' } : undefined}
          key={source.src}
          ref={video}
          className={classes.video}
          src={source.src}
          poster={mediaUrl('poster', clip.asset.id)}
          muted={isMuted}
          preload="auto"
          playsInline
          aria-label={t('create.player.video', { name: clip.asset.name })}
          onLoadedMetadata={onMetadata}
          onError={source.reportUnshowable}
          onClick={() => playback.current?.toggle()}
        />
      </div>
      {layout && beside ? (
        <Suspense fallback={null}>
          <FramingLayer layout={layout} image={beside} />
        </Suspense>
      ) : (
        overlay
      )}
      {source.state === 'making' || source.state === 'failed' ? (
        <div className={classes.note} role="status">
          {source.state === 'making' ? <Loader size="xs" color="gray" /> : null}
          {t(source.state === 'making' ? 'create.player.makingProxy' : 'create.player.proxyFailed')}
        </div>
      ) : null}
    </div>
  );
}
