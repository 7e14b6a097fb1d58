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
import { documentText, type Element, newDocument, type XmlBuilder, xmlBuilder } from './xml.ts';

/** Premiere makes one clip of sound per channel; beyond two it wants the sequence's own mapping. */
const MOST_CHANNELS = 2;
export const channelsOf = (media: HandoffMedia): number => Math.min(MOST_CHANNELS, media.sound?.channels ?? 0);

export function rateElement(xml: XmlBuilder, rate: FrameRate): Element {
  const { timebase, isNtsc } = timebaseOf(rate) ?? { timebase: Math.round(rate.num / rate.den), isNtsc: false };
  return xml.element('rate', {}, [xml.text('timebase', timebase), xml.text('ntsc', isNtsc ? 'TRUE' : 'FALSE')]);
}

export function timecodeElement(
  xml: XmlBuilder,
  { frames, rate, isDropFrame, reel }: { frames: number; rate: FrameRate; isDropFrame: boolean; reel?: string | null },
): Element {
  return xml.element('timecode', {}, [
    rateElement(xml, rate),
    xml.text('string', timecodeOf(frames, rate, isDropFrame)),
    xml.text('frame', frames),
    xml.text('displayformat', isDropFrame ? 'DF' : 'NDF'),
    ...(reel ? [xml.element('reel', {}, [xml.text('name', lineText(reel))])] : []),
  ]);
}

/** What a video is: without it Resolve shows black. */
export function videoCharacteristics(
  xml: XmlBuilder,
  { rate, width, height }: { rate: FrameRate; width: number; height: number },
): Element {
  return xml.element('samplecharacteristics', {}, [
    rateElement(xml, rate),
    xml.text('width', width),
    xml.text('height', height),
    xml.text('anamorphic', 'FALSE'),
    xml.text('pixelaspectratio', 'square'),
    xml.text('fielddominance', 'none'),
  ]);
}

const soundCharacteristics = (xml: XmlBuilder, rateHz: number): Element =>
  xml.element('samplecharacteristics', {}, [xml.text('depth', 16), xml.text('samplerate', rateHz)]);

/** The whole of a file; every further mention is its id alone. */
export function fileElement(xml: XmlBuilder, id: string, media: HandoffMedia): Element {
  const { rate, startFrames, isDropFrame, reel, sound } = media;
  const audio = sound && [
    xml.element('audio', {}, [soundCharacteristics(xml, sound.rateHz), xml.text('channelcount', sound.channels)]),
  ];
  return xml.element('file', { id }, [
    xml.text('name', nameText(baseName(media.path))),
    xml.text('pathurl', fileUrl(media.path, 'localhost')),
    rateElement(xml, rate),
    xml.text('duration', media.durationFrames),
    timecodeElement(xml, { frames: startFrames, rate, isDropFrame, reel }),
    xml.element('media', {}, [
      xml.element('video', {}, [xml.text('duration', media.durationFrames), videoCharacteristics(xml, media)]),
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
export function itemHead(
  xml: XmlBuilder,
  { name, rate, times }: { name: string; rate: FrameRate; times: ItemTimes },
): Element[] {
  return [
    xml.text('name', nameText(name)),
    xml.text('enabled', 'TRUE'),
    xml.text('duration', times.fileFrames),
    rateElement(xml, rate),
    xml.text('start', times.startFrames),
    xml.text('end', times.endFrames),
    xml.text('in', times.inFrames),
    xml.text('out', times.outFrames),
  ];
}

/** A done note carries a check mark: the format has no place for its state. */
export function markerElements(xml: XmlBuilder, clip: HandoffClip, rate: FrameRate): Element[] {
  return shownMarkers(clip).map(({ atFrames, text, isDone }) =>
    xml.element('marker', {}, [
      xml.text('name', nameText(`${isDone ? '✓ ' : ''}${text}`, '-')),
      xml.text('comment', lineText(text)),
      xml.text('in', floorFrames(atFrames, clip.media.rate, rate)),
      xml.text('out', -1),
    ]),
  );
}

/** The text of the whole document, version 5. Needs a rate that timecode can count: `timebaseOf`. */
export function writeXmeml(timeline: HandoffTimeline): string {
  const document = newDocument('xmeml');
  const xml = xmlBuilder(document);
  const { rate, startFrames, isDropFrame } = timeline;
  const placed = placedClips(timeline);
  const sequence = xml.element('sequence', { id: 'sequence-1' }, [
    xml.text('name', nameText(timeline.name)),
    xml.text('duration', lengthOf(placed)),
    rateElement(xml, rate),
    timecodeElement(xml, { frames: startFrames, rate, isDropFrame }),
    xml.element('media', {}, [videoElement(xml, timeline, placed), audioElement(xml, timeline, placed)]),
  ]);
  const root = document.documentElement as Element;
  root.setAttribute('version', '5');
  root.appendChild(sequence);
  return documentText(document);
}

const itemId = (number: number, channel = 0) => `clipitem-${number + 1}${channel === 0 ? '' : `-a${channel}`}`;

function timesOf({ recordFrames, recordEndFrames, inFrames, outFrames, fileFrames }: PlacedClip): ItemTimes {
  return { startFrames: recordFrames, endFrames: recordEndFrames, inFrames, outFrames, fileFrames };
}

function videoElement(xml: XmlBuilder, timeline: HandoffTimeline, placed: readonly PlacedClip[]): Element {
  const files = new Map<string, string>();
  const items = placed.map((place, number) => {
    const { clip } = place;
    return xml.element('clipitem', { id: itemId(number) }, [
      ...itemHead(xml, { name: clip.name, rate: timeline.rate, times: timesOf(place) }),
      mention(xml, files, clip.media),
      xml.element('sourcetrack', {}, [xml.text('mediatype', 'video'), xml.text('trackindex', 1)]),
      ...linkElements(xml, placed, number),
      ...markerElements(xml, clip, timeline.rate),
    ]);
  });
  return xml.element('video', {}, [
    xml.element('format', {}, [videoCharacteristics(xml, timeline)]),
    xml.element('track', {}, [...items, xml.text('enabled', 'TRUE'), xml.text('locked', 'FALSE')]),
  ]);
}

/** Full at its first mention. */
function mention(xml: XmlBuilder, files: Map<string, string>, media: HandoffMedia): Element {
  const known = files.get(media.path);
  if (known !== undefined) return xml.element('file', { id: known });
  const id = `file-${files.size + 1}`;
  files.set(media.path, id);
  return fileElement(xml, id, media);
}

function audioElement(xml: XmlBuilder, timeline: HandoffTimeline, placed: readonly PlacedClip[]): Element {
  const fileIds = new Map<string, string>();
  for (const { clip } of placed) {
    if (!fileIds.has(clip.media.path)) fileIds.set(clip.media.path, `file-${fileIds.size + 1}`);
  }
  const most = Math.max(0, ...placed.map(({ clip }) => channelsOf(clip.media)));
  const tracks = Array.from({ length: most }, (_, index) => index + 1).map((channel) => {
    const items = placed.flatMap((place, number) => {
      const { clip } = place;
      if (channelsOf(clip.media) < channel) return [];
      return xml.element('clipitem', { id: itemId(number, channel) }, [
        ...itemHead(xml, { name: clip.name, rate: timeline.rate, times: timesOf(place) }),
        xml.element('file', { id: fileIds.get(clip.media.path) }),
        xml.element('sourcetrack', {}, [xml.text('mediatype', 'audio'), xml.text('trackindex', channel)]),
        ...linkElements(xml, placed, number),
      ]);
    });
    return xml.element('track', {}, [
      ...items,
      xml.text('enabled', 'TRUE'),
      xml.text('locked', 'FALSE'),
      xml.text('outputchannelindex', channel),
    ]);
  });
  const rateHz = placed.find(({ clip }) => clip.media.sound)?.clip.media.sound?.rateHz ?? 48_000;
  const format = xml.element('format', {}, [soundCharacteristics(xml, rateHz)]);
  return xml.element('audio', {}, [xml.text('numOutputChannels', 2), format, ...tracks]);
}

/** Picture and sound of one file move together. */
function linkElements(xml: XmlBuilder, placed: readonly PlacedClip[], number: number): Element[] {
  const media = placed[number]?.clip.media;
  const channels = media ? channelsOf(media) : 0;
  if (channels === 0) return [];
  const link = (ref: string, mediatype: string, trackindex: number, clipindex: number) =>
    xml.element('link', {}, [
      xml.text('linkclipref', ref),
      xml.text('mediatype', mediatype),
      xml.text('trackindex', trackindex),
      xml.text('clipindex', clipindex),
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
