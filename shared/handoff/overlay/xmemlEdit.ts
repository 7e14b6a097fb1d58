/** An edit in Final Cut Pro 7 XML: where its files stand on the tracks of picture, and results on new tracks above them. Pure. */
import { refused } from '../../errors.ts';
import type { FrameRate } from '../../time/timecode.ts';
import { baseName, pathOfUrl } from '../fileUrl.ts';
import { convertFrames, isSameRate } from '../timeline.ts';
import {
  ancestor,
  childElement,
  childElements,
  childText,
  descendants,
  type Element,
  parentElement,
  parseEdit,
} from '../xml.ts';
import type { Edit, Occurrence } from './edit.ts';
import { layXmeml } from './xmemlLay.ts';

export function openXmeml(text: string): Edit {
  const { root, text: write } = parseEdit(text);
  if (root.tagName !== 'xmeml') throw refused('over', 'handoff.editUnknown', { found: root.tagName });
  const files = new Map<string, Element>();
  for (const file of descendants(root, 'file')) {
    const id = file.getAttribute('id') ?? '';
    // The first mention holds all of it; others are the id alone.
    if (childElements(file).length > 0 && !files.has(id)) files.set(id, file);
  }
  const occurrences = descendants(root, 'clipitem').flatMap((item) => occurrenceOf(item, files) ?? []);
  return { format: 'xmeml', occurrences, text: write };
}

const isFalse = (text: string | null): boolean => text?.toUpperCase() === 'FALSE';

/** Null: sound, switched off, a clip of a bin, or a still without a place. */
function occurrenceOf(item: Element, files: ReadonlyMap<string, Element>): Occurrence | null {
  const track = parentElement(item);
  const video = track && parentElement(track);
  const holder = ancestor(item, 'sequence', 'clip');
  const mention = childElement(item, 'file');
  if (!track || video?.tagName !== 'video' || holder?.tagName !== 'sequence' || !mention) return null;
  if (isFalse(childText(item, 'enabled')) || isFalse(childText(track, 'enabled'))) return null;
  const file = files.get(mention.getAttribute('id') ?? '') ?? mention;
  const rate = rateOf(holder);
  const times = timesOf(item);
  if (!rate || !times) return null;
  const url = childText(file, 'pathurl');
  const path = url ? pathOfUrl(url) : null;
  const timecode = childElement(holder, 'timecode');
  const media = mediaFrames(item, times, rate);
  const number = childElements(video, 'track').indexOf(track) + 1;
  return {
    clipName: childText(item, 'name') ?? '',
    path,
    fileName: path === null ? childText(file, 'name') : baseName(path),
    reel: reelOf(file),
    where: `V${number}`,
    rate,
    isDropFrame: timecode ? childText(timecode, 'displayformat') === 'DF' : false,
    timelineStartFrames: Number(timecode ? childText(timecode, 'frame') : 0) || 0,
    inFrames: media === 'retimed' ? null : media.inFrames,
    outFrames: media === 'retimed' ? null : media.outFrames,
    recordFrames: times.start,
    obstacle: media === 'retimed' || isRetimed(item) ? 'handoff.retimed' : null,
    lay: (cut) => layXmeml({ item, video, rate, recordFrames: times.start, cut }),
  };
}

function reelOf(file: Element): string | null {
  const timecode = childElement(file, 'timecode');
  const reel = timecode && childElement(timecode, 'reel');
  return reel ? childText(reel, 'name') : null;
}

export function rateOf(element: Element): FrameRate | null {
  const rate = childElement(element, 'rate');
  const timebase = Number(rate ? childText(rate, 'timebase') : null);
  if (!rate || !Number.isInteger(timebase) || timebase < 1) return null;
  const isNtsc = childText(rate, 'ntsc')?.toUpperCase() === 'TRUE';
  return isNtsc ? { num: timebase * 1000, den: 1001 } : { num: timebase, den: 1 };
}

interface Times {
  start: number;
  end: number;
  in: number;
  out: number;
}

const wholeNumber = (text: string | null): number | null =>
  text !== null && /^-?\d+$/.test(text) ? Number(text) : null;

/** -1 stands for an edge that a transition covers: there the clip is seen from the transition's beginning, to its end. */
function timesOf(item: Element): Times | null {
  const [start, end, from, out] = ['start', 'end', 'in', 'out'].map((name) => wholeNumber(childText(item, name)));
  if (start == null || end == null || from == null || out == null || from < 0 || out <= from) return null;
  const edge = (side: 'start' | 'end') => {
    const neighbour = transitionBeside(item, side);
    return neighbour ? wholeNumber(childText(neighbour, side)) : null;
  };
  const seenFrom = start >= 0 ? start : edge('start');
  const seenTo = end >= 0 ? end : edge('end');
  return seenFrom == null || seenTo == null ? null : { start: seenFrom, end: seenTo, in: from, out };
}

function transitionBeside(item: Element, side: 'start' | 'end'): Element | null {
  const track = parentElement(item);
  const siblings = track ? childElements(track) : [];
  const neighbour = siblings[siblings.indexOf(item) + (side === 'start' ? -1 : 1)];
  return neighbour?.tagName === 'transitionitem' ? neighbour : null;
}

/** In and out are told at the clip's own rate where that differs and only then the lengths agree; else it runs at another speed. */
function mediaFrames(
  item: Element,
  { start, end, in: from, out }: Times,
  rate: FrameRate,
): { inFrames: number | null; outFrames: number | null } | 'retimed' {
  if (out - from === end - start) return { inFrames: from, outFrames: out };
  const own = rateOf(item);
  if (!own || isSameRate(own, rate)) return 'retimed';
  const [inFrames, outFrames] = [convertFrames(from, own, rate), convertFrames(out, own, rate)];
  if (inFrames === null || outFrames === null) return { inFrames: null, outFrames: null };
  return outFrames - inFrames === end - start ? { inFrames, outFrames } : 'retimed';
}

/** Time remapping at any speed but 100, backwards, or by a curve. */
function isRetimed(item: Element): boolean {
  return descendants(item, 'effect').some((effect) => {
    if (childText(effect, 'effectid')?.toLowerCase() !== 'timeremap') return false;
    return childElements(effect, 'parameter').some((parameter) => {
      const id = childText(parameter, 'parameterid')?.toLowerCase();
      const value = childText(parameter, 'value');
      if (id === 'speed') return Number(value) !== 100;
      if (id === 'reverse') return value?.toUpperCase() === 'TRUE';
      return id === 'variablespeed' && Number(value) !== 0;
    });
  });
}
