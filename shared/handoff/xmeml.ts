/** Final Cut Pro 7 XML (xmeml), which Premiere, Resolve and Vegas read. Pure. */
import type { HandoffClip, HandoffMedia, HandoffTimeline } from '../contract/handoff.ts';
import type { FrameRate } from '../time/timecode.ts';
import { baseName, fileUrl } from './fileUrl.ts';
import { lineText, nameText } from './names.ts';
import {
  floorFrames,
  lengthOf,
  type PlacedClip,
  placedClips,
  shownMarkers,
  timebaseOf,
  timecodeOf,
} from './timeline.ts';
import { documentText, element, textElement, type XmlSpec } from './xml.ts';

/** Premiere makes one clip of sound per channel; beyond two it wants the sequence's own mapping. */
const MOST_CHANNELS = 2;
export const channelsOf = (media: HandoffMedia): number => Math.min(MOST_CHANNELS, media.sound?.channels ?? 0);

export function rateElement(rate: FrameRate): XmlSpec {
  const { timebase, isNtsc } = timebaseOf(rate) ?? { timebase: Math.round(rate.num / rate.den), isNtsc: false };
  return element('rate', {}, [textElement('timebase', timebase), textElement('ntsc', isNtsc ? 'TRUE' : 'FALSE')]);
}

export function timecodeElement({
  frames,
  rate,
  isDropFrame,
  reel,
}: {
  frames: number;
  rate: FrameRate;
  isDropFrame: boolean;
  reel?: string | null;
}): XmlSpec {
  return element('timecode', {}, [
    rateElement(rate),
    textElement('string', timecodeOf(frames, rate, isDropFrame)),
    textElement('frame', frames),
    textElement('displayformat', isDropFrame ? 'DF' : 'NDF'),
    ...(reel ? [element('reel', {}, [textElement('name', lineText(reel))])] : []),
  ]);
}

/** What a video is: without it Resolve shows black. */
export function videoCharacteristics({
  rate,
  width,
  height,
}: {
  rate: FrameRate;
  width: number;
  height: number;
}): XmlSpec {
  return element('samplecharacteristics', {}, [
    rateElement(rate),
    textElement('width', width),
    textElement('height', height),
    textElement('anamorphic', 'FALSE'),
    textElement('pixelaspectratio', 'square'),
    textElement('fielddominance', 'none'),
  ]);
}

const soundCharacteristics = (rateHz: number): XmlSpec =>
  element('samplecharacteristics', {}, [textElement('depth', 16), textElement('samplerate', rateHz)]);

/** The whole of a file; every further mention is its id alone. */
export function fileElement(id: string, media: HandoffMedia): XmlSpec {
  const { rate, startFrames, isDropFrame, reel, sound } = media;
  const audio = sound && [
    element('audio', {}, [soundCharacteristics(sound.rateHz), textElement('channelcount', sound.channels)]),
  ];
  return element('file', { id }, [
    textElement('name', nameText(baseName(media.path))),
    textElement('pathurl', fileUrl(media.path, 'localhost')),
    rateElement(rate),
    textElement('duration', media.durationFrames),
    timecodeElement({ frames: startFrames, rate, isDropFrame, reel }),
    element('media', {}, [
      element('video', {}, [textElement('duration', media.durationFrames), videoCharacteristics(media)]),
      ...(audio ?? []),
    ]),
  ]);
}

export interface ItemTimes {
  startFrames: number;
  endFrames: number;
  inFrames: number;
  outFrames: number;
  fileFrames: number;
}

/** What a clip item of picture or sound begins with; all frames are those of the sequence. */
export function itemHead({ name, rate, times }: { name: string; rate: FrameRate; times: ItemTimes }): XmlSpec[] {
  return [
    textElement('name', nameText(name)),
    textElement('enabled', 'TRUE'),
    textElement('duration', times.fileFrames),
    rateElement(rate),
    textElement('start', times.startFrames),
    textElement('end', times.endFrames),
    textElement('in', times.inFrames),
    textElement('out', times.outFrames),
  ];
}

/** A done note carries a check mark: the format has no place for its state. */
export function markerElements(clip: HandoffClip, rate: FrameRate): XmlSpec[] {
  return shownMarkers(clip).map(({ atFrames, text, isDone }) =>
    element('marker', {}, [
      textElement('name', nameText(`${isDone ? '✓ ' : ''}${text}`, '-')),
      textElement('comment', lineText(text)),
      textElement('in', floorFrames(atFrames, clip.media.rate, rate)),
      textElement('out', -1),
    ]),
  );
}

/** The text of the whole document, version 5. Needs a rate that timecode can count: `timebaseOf`. */
export function writeXmeml(timeline: HandoffTimeline): string {
  const { rate, startFrames, isDropFrame } = timeline;
  const placed = placedClips(timeline);
  const sequence = element('sequence', { id: 'sequence-1' }, [
    textElement('name', nameText(timeline.name)),
    textElement('duration', lengthOf(placed)),
    rateElement(rate),
    timecodeElement({ frames: startFrames, rate, isDropFrame }),
    element('media', {}, [videoElement(timeline, placed), audioElement(timeline, placed)]),
  ]);
  return documentText(element('xmeml', { version: 5 }, [sequence]));
}

const itemId = (number: number, channel = 0) => `clipitem-${number + 1}${channel === 0 ? '' : `-a${channel}`}`;

function timesOf({ recordFrames, recordEndFrames, inFrames, outFrames, fileFrames }: PlacedClip): ItemTimes {
  return { startFrames: recordFrames, endFrames: recordEndFrames, inFrames, outFrames, fileFrames };
}

function videoElement(timeline: HandoffTimeline, placed: readonly PlacedClip[]): XmlSpec {
  const files = new Map<string, string>();
  const items = placed.map((place, number) => {
    const { clip } = place;
    return element('clipitem', { id: itemId(number) }, [
      ...itemHead({ name: clip.name, rate: timeline.rate, times: timesOf(place) }),
      mention(files, clip.media),
      element('sourcetrack', {}, [textElement('mediatype', 'video'), textElement('trackindex', 1)]),
      ...linkElements(placed, number),
      ...markerElements(clip, timeline.rate),
    ]);
  });
  return element('video', {}, [
    element('format', {}, [videoCharacteristics(timeline)]),
    element('track', {}, [...items, textElement('enabled', 'TRUE'), textElement('locked', 'FALSE')]),
  ]);
}

/** Full at its first mention. */
function mention(files: Map<string, string>, media: HandoffMedia): XmlSpec {
  const known = files.get(media.path);
  if (known !== undefined) return element('file', { id: known });
  const id = `file-${files.size + 1}`;
  files.set(media.path, id);
  return fileElement(id, media);
}

function audioElement(timeline: HandoffTimeline, placed: readonly PlacedClip[]): XmlSpec {
  const fileIds = new Map<string, string>();
  for (const { clip } of placed) {
    if (!fileIds.has(clip.media.path)) fileIds.set(clip.media.path, `file-${fileIds.size + 1}`);
  }
  const most = Math.max(0, ...placed.map(({ clip }) => channelsOf(clip.media)));
  const tracks = Array.from({ length: most }, (_, index) => index + 1).map((channel) => {
    const items = placed.flatMap((place, number) => {
      const { clip } = place;
      if (channelsOf(clip.media) < channel) return [];
      return element('clipitem', { id: itemId(number, channel) }, [
        ...itemHead({ name: clip.name, rate: timeline.rate, times: timesOf(place) }),
        element('file', { id: fileIds.get(clip.media.path) }),
        element('sourcetrack', {}, [textElement('mediatype', 'audio'), textElement('trackindex', channel)]),
        ...linkElements(placed, number),
      ]);
    });
    return element('track', {}, [
      ...items,
      textElement('enabled', 'TRUE'),
      textElement('locked', 'FALSE'),
      textElement('outputchannelindex', channel),
    ]);
  });
  const rateHz = placed.find(({ clip }) => clip.media.sound)?.clip.media.sound?.rateHz ?? 48_000;
  const format = element('format', {}, [soundCharacteristics(rateHz)]);
  return element('audio', {}, [textElement('numOutputChannels', 2), format, ...tracks]);
}

/** Picture and sound of one file move together. */
function linkElements(placed: readonly PlacedClip[], number: number): XmlSpec[] {
  const media = placed[number]?.clip.media;
  const channels = media ? channelsOf(media) : 0;
  if (channels === 0) return [];
  const link = (ref: string, mediatype: string, trackindex: number, clipindex: number) =>
    element('link', {}, [
      textElement('linkclipref', ref),
      textElement('mediatype', mediatype),
      textElement('trackindex', trackindex),
      textElement('clipindex', clipindex),
    ]);
  const sounding = (channel: number) =>
    placed.slice(0, number + 1).filter(({ clip }) => channelsOf(clip.media) >= channel).length;
  return [
    link(itemId(number), 'video', 1, number + 1),
    ...Array.from({ length: channels }, (_, index) => index + 1).map((channel) =>
      link(itemId(number, channel), 'audio', channel, sounding(channel)),
    ),
  ];
}
