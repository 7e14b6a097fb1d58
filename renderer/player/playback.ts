/**
 * Drives one `<video>` by frames: exact seeks, loop between in and out, true reverse. Reports positions to the player store.
 * A frame is addressed by its middle, so that rounding never shows its neighbour.
 */
import { type PlayerControls, usePlayerStore } from '../state/trim/player.ts';
import { type ClipClock, clamp, type Range, stepOf, toSeconds } from '../state/trim/trim.ts';
import { createScrubber } from './scrubber.ts';

export interface PlaybackClip {
  clock: ClipClock;
  range: Range;
}

export interface Playback extends PlayerControls {
  /** After a change of source: back to where the old one stood. */
  restore(): void;
  dispose(): void;
}

export function createPlayback(video: HTMLVideoElement, clip: () => PlaybackClip): Playback {
  /** Media time of the first shown frame: some containers do not start at zero. */
  let origin: number | null = null;
  let reverseRequest = 0;
  let frameRequest = 0;
  /** Set out from before the out point, and not in a loop: there it ends. From behind it, the rest of the clip is what is wanted. */
  let endsAtOut = false;

  const state = () => usePlayerStore.getState();
  const show = (position: number) => {
    if (state().position !== position) usePlayerStore.setState({ position });
  };
  const lastPosition = () => clip().clock.length - stepOf(clip().clock);

  const seek = (position: number) => {
    const { clock } = clip();
    const target = clamp(position, 0, lastPosition());
    show(target);
    const middle = toSeconds(clock, target + (clock.unit === 'frames' ? 0.5 : 0.001));
    video.currentTime = (origin ?? 0) + middle;
  };

  const scrubber = createScrubber(video, seek);

  const stop = () => {
    cancelAnimationFrame(reverseRequest);
    video.pause();
    usePlayerStore.setState({ speed: 0 });
  };

  const positionOf = (mediaTime: number): number => {
    const { clock } = clip();
    const seconds = Math.max(0, mediaTime - (origin ?? 0));
    const position =
      clock.unit === 'frames'
        ? Math.round((seconds * clock.rate.num) / clock.rate.den)
        : Math.round(seconds * 1000) / 1000;
    return clamp(position, 0, lastPosition());
  };

  const onFrame = (_now: number, metadata: VideoFrameCallbackMetadata) => {
    frameRequest = video.requestVideoFrameCallback(onFrame);
    if (origin === null) origin = video.currentTime < 0.001 ? metadata.mediaTime : 0;
    if (state().speed <= 0) return;
    const before = state().position;
    const now = positionOf(metadata.mediaTime);
    const { range } = clip();
    const hasPassedOut = before < range.to && now >= range.to;
    if (hasPassedOut && state().isLooping) seek(range.from);
    else if (hasPassedOut && endsAtOut) {
      stop();
      seek(range.to - stepOf(clip().clock));
    } else show(now);
  };

  const playBackwards = (speed: number) => {
    const { clock } = clip();
    const ticksPerMs = (clock.unit === 'frames' ? clock.rate.num / clock.rate.den : 1) / 1000;
    const startedAt = performance.now();
    const from = state().position;
    const turn = (now: number) => {
      const wanted = from - (now - startedAt) * ticksPerMs * Math.abs(speed);
      if (wanted <= 0) {
        seek(0);
        stop();
        return;
      }
      // One seek at a time: asking faster than pictures are decoded would show none at all.
      if (!video.seeking) seek(clock.unit === 'frames' ? Math.round(wanted) : wanted);
      reverseRequest = requestAnimationFrame(turn);
    };
    reverseRequest = requestAnimationFrame(turn);
  };

  const play = (speed: number) => {
    cancelAnimationFrame(reverseRequest);
    if (speed === 0) {
      stop();
      return;
    }
    usePlayerStore.setState({ speed });
    if (speed < 0) {
      video.pause();
      playBackwards(speed);
      return;
    }
    endsAtOut = state().position < clip().range.to - stepOf(clip().clock);
    if (state().position >= lastPosition()) seek(state().isLooping ? clip().range.from : 0);
    video.playbackRate = speed;
    video.play().catch(stop);
  };

  const onEnded = () => {
    const { range } = clip();
    if (state().isLooping && state().speed > 0 && state().position < range.to) {
      seek(range.from);
      video.play().catch(stop);
    } else stop();
  };

  video.addEventListener('ended', onEnded);
  if ('requestVideoFrameCallback' in video) frameRequest = video.requestVideoFrameCallback(onFrame);

  return {
    seek: (position) => {
      if (state().speed < 0) stop();
      scrubber.rest();
      seek(position);
    },
    scrub: (position) => {
      if (state().speed < 0) stop();
      show(clamp(position, 0, lastPosition()));
      scrubber.to(position);
    },
    step: (frames) => {
      stop();
      seek(state().position + frames * stepOf(clip().clock));
    },
    play,
    toggle: () => {
      if (state().speed !== 0) {
        stop();
        return;
      }
      const { range, clock } = clip();
      const isOutside = state().position < range.from || state().position >= range.to - stepOf(clock);
      if (state().isLooping && isOutside) seek(range.from);
      play(1);
    },
    restore: () => {
      if (state().position > 0) seek(state().position);
    },
    dispose: () => {
      cancelAnimationFrame(reverseRequest);
      scrubber.dispose();
      video.removeEventListener('ended', onEnded);
      if (frameRequest) video.cancelVideoFrameCallback(frameRequest);
    },
  };
}
