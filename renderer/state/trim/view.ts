/** Which part of the clip the timeline shows, and zooming around a point. Pure. */
import { type ClipClock, clamp, stepOf } from './trim.ts';

export interface View {
  start: number;
  end: number;
}

/** At the closest zoom this many frames fill the timeline. */
const closestFrames = 24;

export function fullView(clock: ClipClock): View {
  return { start: 0, end: clock.length };
}

/** `factor` under 1 zooms in; the tick `around` stays under the cursor. */
export function zoomView(clock: ClipClock, view: View, options: { factor: number; around: number }): View {
  const closest = Math.min(clock.length, closestFrames * stepOf(clock));
  const span = clamp((view.end - view.start) * options.factor, closest, clock.length);
  const share = (options.around - view.start) / (view.end - view.start);
  return panTo(clock, { start: 0, end: span }, options.around - share * span);
}

/** The same span, starting at `start` or as near as the clip allows. */
export function panTo(clock: ClipClock, view: View, start: number): View {
  const span = view.end - view.start;
  const from = clamp(start, 0, clock.length - span);
  return { start: from, end: from + span };
}

/** Follows a playhead that has left the view, a page at a time. */
export function follow(clock: ClipClock, view: View, position: number): View {
  if (position >= view.start && position < view.end) return view;
  return panTo(clock, view, position);
}

export function percentOf(view: View, position: number): number {
  return ((position - view.start) / (view.end - view.start)) * 100;
}

export function positionAt(view: View, share: number): number {
  return view.start + share * (view.end - view.start);
}

/** Label distances that people read easily, in seconds. */
const intervals = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 3600];

/** The ruler's labelled seconds inside the view, at least `minGapShare` of the width apart. */
export function rulerMarks(viewSeconds: { start: number; end: number }, minGapShare: number): number[] {
  const span = viewSeconds.end - viewSeconds.start;
  const interval = intervals.find((candidate) => candidate / span >= minGapShare) ?? 7200;
  const first = Math.ceil(viewSeconds.start / interval - 1e-9);
  const last = Math.floor(viewSeconds.end / interval + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * interval);
}
