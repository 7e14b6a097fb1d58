/** Seeks for a moving pointer: one at a time, the newest wins, the decoder rests between them. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createScrubber } from '../../../renderer/player/scrubber.ts';

class SlowVideo extends EventTarget {
  seeking = false;

  seek(): void {
    this.seeking = true;
  }

  arrive(): void {
    this.seeking = false;
    this.dispatchEvent(new Event('seeked'));
  }
}

function start() {
  const video = new SlowVideo();
  const sought: number[] = [];
  const scrubber = createScrubber(video as unknown as HTMLVideoElement, (position) => {
    sought.push(position);
    video.seek();
  });
  return { video, sought, scrubber };
}

describe('a moving pointer', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('is followed one seek at a time, to where it is by then', () => {
    const { video, sought, scrubber } = start();
    for (const position of [1, 2, 3]) scrubber.to(position);
    expect(sought).toEqual([1]);
    vi.advanceTimersByTime(60);
    video.arrive();
    scrubber.to(4);
    vi.advanceTimersByTime(59);
    expect(sought).toEqual([1]);
    vi.advanceTimersByTime(1);
    expect(sought).toEqual([1, 4]);
  });

  it('is not kept waiting by a very slow picture', () => {
    const { video, sought, scrubber } = start();
    scrubber.to(1);
    scrubber.to(2);
    vi.advanceTimersByTime(5000);
    video.arrive();
    vi.advanceTimersByTime(200);
    expect(sought).toEqual([1, 2]);
  });

  it('gets its picture after a seek that somebody else had begun', () => {
    const { video, sought, scrubber } = start();
    video.seek();
    scrubber.to(7);
    expect(sought).toEqual([]);
    video.arrive();
    vi.advanceTimersByTime(0);
    expect(sought).toEqual([7]);
  });

  it('is forgotten when told so', () => {
    const { video, sought, scrubber } = start();
    scrubber.to(1);
    scrubber.to(2);
    scrubber.rest();
    video.arrive();
    vi.advanceTimersByTime(1000);
    expect(sought).toEqual([1]);
  });
});
