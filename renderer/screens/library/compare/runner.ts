/** One `<video>` on the common clock: sought by frames, kept in step while it runs, and read by the frames that it painted. */
import {
  clockTimeOf,
  correctionFor,
  type Drift,
  driftOf,
  isInside,
  type Lane,
  mediaTimeOf,
  noDrift,
  rateOfPaints,
  withSample,
} from './clock.ts';

/** A frame that was painted: where the clock would have to stand, and when it reached the screen. */
export interface Paint {
  seconds: number;
  atMs: number;
}

export interface RunnerOptions {
  lane: () => Lane;
  frameSeconds: () => number;
  onPaint: (paint: Paint) => void;
  /** It has run dry in the middle. */
  onStarved: () => void;
  /** Enough frames have been seen to tell their rate. */
  onRate: (rate: { num: number; den: number }) => void;
}

export interface Runner {
  readonly video: HTMLVideoElement;
  /** Shows what belongs to this moment of the clock. */
  seek(seconds: number): void;
  /** Runs where it has a picture to run, rests where it has none. */
  follow(seconds: number, speed: number): void;
  /** Brings it nearer to the clock, which stood at `clockSeconds` when its last frame was painted. */
  correct(paint: Paint, clockSeconds: number, speed: number): void;
  /** The others go by this one: it runs at the plain speed. */
  lead(speed: number): void;
  pause(): void;
  /** It stands where it was sent and has what follows. What cannot be shown is not waited for. */
  isReady(): boolean;
  dispose(): void;
}

/** A seek takes about this long until its picture runs: a jump aims so far ahead. */
const jumpAheadSeconds = 0.08;
const paintsKept = 32;
const endSeconds = 0.3;

export function createRunner(video: HTMLVideoElement, options: RunnerOptions): Runner {
  /** Media time of the first shown frame: some containers do not start at zero. */
  let origin: number | null = null;
  let request = 0;
  let drift: Drift = noDrift;
  let isNudged = false;
  let isJumping = false;
  let times: number[] = [];

  const seek = (seconds: number) => {
    drift = noDrift;
    times = [];
    video.currentTime = (origin ?? 0) + mediaTimeOf(options.lane(), seconds, options.frameSeconds());
  };

  const noteRate = (mediaTime: number) => {
    if (times.length >= paintsKept || video.playbackRate !== 1 || video.paused) return;
    times.push(mediaTime);
    const rate = times.length === paintsKept ? rateOfPaints(times) : null;
    if (rate) options.onRate(rate);
  };

  const onFrame = (_now: number, { mediaTime, expectedDisplayTime }: VideoFrameCallbackMetadata) => {
    request = video.requestVideoFrameCallback(onFrame);
    origin ??= video.currentTime < 0.001 ? mediaTime : 0;
    noteRate(mediaTime);
    options.onPaint({ seconds: clockTimeOf(options.lane(), mediaTime - origin), atMs: expectedDisplayTime });
  };
  if ('requestVideoFrameCallback' in video) request = video.requestVideoFrameCallback(onFrame);

  const onWaiting = () => {
    if (!isJumping && !video.seeking && !video.ended) options.onStarved();
  };
  const onSeeked = () => {
    isJumping = false;
  };
  video.addEventListener('waiting', onWaiting);
  video.addEventListener('seeked', onSeeked);

  const setRate = (rate: number) => {
    if (video.playbackRate !== rate) video.playbackRate = rate;
  };

  return {
    video,
    seek,
    follow(seconds, speed) {
      const isWanted = isInside(options.lane(), seconds);
      if (!isWanted || video.ended) {
        if (!video.paused) video.pause();
        return;
      }
      if (!video.paused || video.error) return;
      setRate(speed);
      video.play().catch(() => undefined);
    },
    correct(paint, clockSeconds, speed) {
      if (video.paused || video.seeking || isJumping) return;
      drift = withSample(drift, paint.seconds - clockSeconds);
      const seconds = driftOf(drift);
      if (seconds === null) return;
      const correction = correctionFor(seconds, options.frameSeconds(), isNudged);
      if (correction.kind === 'jump') {
        isJumping = true;
        isNudged = false;
        setRate(speed);
        seek(clockSeconds + (performance.now() - paint.atMs) / 1000 + jumpAheadSeconds * speed);
        return;
      }
      isNudged = correction.kind === 'nudge';
      setRate(correction.kind === 'nudge' ? speed * correction.factor : speed);
    },
    lead(speed) {
      isNudged = false;
      drift = noDrift;
      setRate(speed);
    },
    pause() {
      isJumping = false;
      video.pause();
    },
    isReady() {
      if (video.error) return true;
      const { startSeconds, lengthSeconds } = options.lane();
      // Behind the last frame nothing follows.
      const isAtEnd = video.currentTime - (origin ?? 0) > startSeconds + lengthSeconds - endSeconds;
      const needed = isAtEnd ? HTMLMediaElement.HAVE_CURRENT_DATA : HTMLMediaElement.HAVE_FUTURE_DATA;
      return !video.seeking && video.readyState >= needed;
    },
    dispose() {
      if (request) video.cancelVideoFrameCallback(request);
      video.removeEventListener('waiting', onWaiting);
      video.removeEventListener('seeked', onSeeked);
    },
  };
}
