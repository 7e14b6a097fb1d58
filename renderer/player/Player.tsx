/** The picture: the clip, fitted into the space, over a neutral well. */
import { Loader } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { mediaUrl } from '../../shared/mediaUrl.ts';
import { useTexts } from '../i18n.ts';
import type { Clip } from '../screens/create/useClip.ts';
import { usePlayerStore } from '../state/player.ts';
import classes from './Player.module.css';
import { createPlayback, type Playback, type PlaybackClip } from './playback.ts';
import { usePlayableSource } from './usePlayableSource.ts';

interface PlayerProps {
  clip: Clip;
  isMuted: boolean;
  /** Drawn over the picture. */
  overlay: ReactNode;
}

export function Player({ clip, isMuted, overlay }: PlayerProps) {
  const { t } = useTexts();
  const video = useRef<HTMLVideoElement>(null);
  const playback = useRef<Playback | null>(null);
  const source = usePlayableSource(clip.asset.id);
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

  return (
    <div className={classes.well}>
      <video
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
      {overlay}
      {source.state === 'making' || source.state === 'failed' ? (
        <div className={classes.note} role="status">
          {source.state === 'making' ? <Loader size="xs" color="gray" /> : null}
          {t(source.state === 'making' ? 'create.player.makingProxy' : 'create.player.proxyFailed')}
        </div>
      ) : null}
    </div>
  );
}
