/**
 * Seeks for a pointer on the move: one at a time, the newest wins, and after each the decoder rests as long as it worked (within bounds).
 * A 4K picture keeps every core busy: without the rests the page would be drawn only when a seek happens to end.
 */

const longestRestMs = 200;

export interface Scrubber {
  to(position: number): void;
  /** Forgets where the pointer wanted to go. */
  rest(): void;
  dispose(): void;
}

export function createScrubber(video: HTMLVideoElement, seek: (position: number) => void): Scrubber {
  let wanted: number | null = null;
  let startedMs: number | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const go = () => {
    timer = null;
    if (wanted === null || video.seeking) return;
    const position = wanted;
    wanted = null;
    startedMs = performance.now();
    seek(position);
  };

  const onSeeked = () => {
    const tookMs = startedMs === null ? 0 : performance.now() - startedMs;
    startedMs = null;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(go, Math.min(tookMs, longestRestMs));
  };
  video.addEventListener('seeked', onSeeked);

  const rest = () => {
    wanted = null;
  };

  return {
    to: (position) => {
      wanted = position;
      if (timer === null) go();
    },
    rest,
    dispose: () => {
      rest();
      if (timer !== null) clearTimeout(timer);
      video.removeEventListener('seeked', onSeeked);
    },
  };
}
