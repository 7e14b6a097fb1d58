/** The beats of a clip's sound on the clip's own clock, and whether handles snap to them, which is remembered. */
import { useMemo } from 'react';
import { create } from 'zustand';
import type { Timeline } from '../../../shared/contract/timeline.ts';
import { useCommand } from '../../bridge/queries.ts';
import type { Cut } from './shots.ts';
import { type ClipClock, toTicks } from './trim.ts';
import type { Clip } from './useClip.ts';
import type { View } from './view.ts';

export interface ClipBeats {
  /** silent: the clip has no sound · looking · none: no steady beat · found. */
  state: 'silent' | 'looking' | 'none' | 'found';
  bpm: number;
  at: number[];
}

const noBeats = { bpm: 0, at: [] };

export function beatsOf(
  clock: ClipClock,
  timeline: Pick<Timeline, 'peaks' | 'beats' | 'isDone'> | undefined,
): ClipBeats {
  if (timeline?.peaks === null) return { ...noBeats, state: 'silent' };
  if (timeline?.beats) {
    const at = timeline.beats.seconds.map((seconds) => toTicks(clock, seconds)).filter((beat) => beat < clock.length);
    return { state: 'found', bpm: timeline.beats.bpm, at };
  }
  // Sound that could not be read has no beat to show either.
  return { ...noBeats, state: timeline?.beats === null || timeline?.isDone ? 'none' : 'looking' };
}

export function useBeats(clip: Clip): ClipBeats {
  const timeline = useCommand('media.timeline', { id: clip.asset.id }).data;
  const { peaks, beats, isDone } = timeline ?? {};
  const { clock } = clip;
  // The timeline changes with every picture of the strip; the beats only when they do.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the parts of the timeline that matter here
  return useMemo(() => beatsOf(clock, timeline), [clock, peaks === null, beats, isDone]);
}

/** Nearer than this, beats are drawn by twos, fours and so on. */
const leastGapPx = 6;

/** The beats that are drawn at this zoom: every one, or every second, fourth, eighth; always the same ones of a clip. */
export function visibleBeats(at: readonly number[], view: View, width: number): number[] {
  const [first = 0, last = 0] = [at[0], at.at(-1)];
  const gapPx = at.length > 1 ? (((last - first) / (at.length - 1)) * width) / (view.end - view.start) : leastGapPx;
  const every = 2 ** Math.max(0, Math.ceil(Math.log2(leastGapPx / Math.max(gapPx, 1e-3))));
  return at.filter((beat, index) => index % every === 0 && beat >= view.start && beat <= view.end);
}

/** Where a handle may snap, and up and down lead: cuts, and beats where that is wished. */
export function snapPoints(cuts: readonly Cut[], beats: readonly number[]): readonly Cut[] {
  return beats.length === 0 ? cuts : [...cuts, ...beats.map((at) => ({ at, confidence: 1 }))];
}

const storageKey = 'restage.snapToBeats';

function remembered(): boolean {
  try {
    return localStorage.getItem(storageKey) === 'yes';
  } catch {
    return false;
  }
}

export const useBeatSnap = create<{ isOn: boolean }>()(() => ({ isOn: remembered() }));

export function toggleBeatSnap(): void {
  const isOn = !useBeatSnap.getState().isOn;
  useBeatSnap.setState({ isOn });
  try {
    localStorage.setItem(storageKey, isOn ? 'yes' : 'no');
  } catch {
    // Then it holds until the page is left.
  }
}
