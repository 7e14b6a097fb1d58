/** The camera's own timecode beside the clip's: counted on from the label of the first frame, round midnight, drop-frame where the source is. Pure. */
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { framesToTimecode, isDropFrameRate, nominalRate, timecodeToFrames } from '../../../shared/time/timecode.ts';
import { type ClipClock, parsePosition } from './trim.ts';

export interface SourceStart {
  /** The label of the clip's first frame, as frames since midnight. */
  frame: number;
  isDropFrame: boolean;
}

/** Null where the source has none, where it says the same as the clip's own, and where frames cannot be counted on from it. */
export function sourceStartOf(facts: VideoFacts): SourceStart | null {
  // Frames that an edit list hides have labels too: nobody knows which one is shown first.
  if (facts.sourceTimecode === null || !facts.isConstantRate || facts.hasEditList) return null;
  const frame = timecodeToFrames(facts.sourceTimecode, facts.frameRate);
  if (frame === null || frame === 0) return null;
  return { frame, isDropFrame: facts.sourceTimecode.includes(';') };
}

function framesPerDay({ rate }: ClipClock, { isDropFrame }: SourceStart): number {
  const nominal = nominalRate(rate);
  // Two labels (four at 60) are left out each minute but every tenth.
  const dropped = isDropFrame && isDropFrameRate(rate) ? (nominal === 60 ? 4 : 2) * (1440 - 144) : 0;
  return nominal * 86_400 - dropped;
}

export function formatSource(clock: ClipClock, start: SourceStart, ticks: number): string {
  const frame = (start.frame + ticks) % framesPerDay(clock, start);
  return framesToTimecode(frame, clock.rate, { dropFrame: start.isDropFrame });
}

/** What a person typed: a position of the clip, or, where that would lie beyond it, a label of the source. */
export function parseTyped(
  clock: ClipClock,
  text: string,
  { current, start }: { current: number; start: SourceStart | null },
): number | null {
  const label = start ? timecodeToFrames(text.trim(), clock.rate) : null;
  if (start && label !== null && label >= clock.length) {
    const day = framesPerDay(clock, start);
    const position = (((label - start.frame) % day) + day) % day;
    if (position < clock.length) return position;
  }
  return parsePosition(clock, text, current);
}
