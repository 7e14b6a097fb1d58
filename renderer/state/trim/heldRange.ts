/**
 * The range while a handle or the bar is in hand: drawn at once by the timeline alone, part of the order when the hand rests or lets go.
 * So a drag costs a few lines of drawing for each frame, and the rest of the page is drawn once.
 */
import { create } from 'zustand';
import type { Range } from './trim.ts';

/** A hand that pauses so long wants to see the checks and the price. */
const restMs = 120;

interface HeldRange {
  /** Null: nothing is in hand. */
  range: Range | null;
}

export const useHeldRange = create<HeldRange>()(() => ({ range: null }));

let keep: (() => void) | null = null;
let resting: ReturnType<typeof setTimeout> | undefined;

function keepNow(): void {
  clearTimeout(resting);
  const keepIt = keep;
  keep = null;
  keepIt?.();
}

/** `keepIt` makes the range part of the order. */
export function holdRange(range: Range, keepIt: (range: Range) => void): void {
  clearTimeout(resting);
  keep = () => keepIt(range);
  useHeldRange.setState({ range });
  resting = setTimeout(keepNow, restMs);
}

export function letRangeGo(): void {
  keepNow();
  useHeldRange.setState({ range: null });
}
