/** FCPXML 1.10, for Final Cut Pro and DaVinci Resolve. Pure. */
import type { HandoffClip, HandoffMedia, HandoffTimeline } from '../contract/handoff.ts';
import type { FrameRate } from '../time/timecode.ts';
import { fileUrl } from './fileUrl.ts';
import { lineText, nameText } from './names.ts';
import { greatestDivisor, isSameRate, lengthOf, placedClips, shownMarkers } from './timeline.ts';
import { documentText, element, type XmlSpec } from './xml.ts';

export const FCPXML_VERSION = '1.10';

/** Frames as the rational seconds of FCPXML, in the frame's own units: 30 at 29.97 are '30030/30000s'. */
export function fcpxmlTime(frames: number, rate: FrameRate): string {
  if (frames === 0) return '0s';
  const numerator = frames * rate.den;
  if (numerator % rate.num === 0) return `${numerator / rate.num}s`;
  // 1001 is kept whole; only 25 over 25 and the like are made smaller above.
  return `${numerator}/${rate.num}s`;
}

export const frameDuration = ({ num, den }: FrameRate): string => {
  const divisor = greatestDivisor(num, den);
  // Final Cut writes 100/2500s: both halves must be whole, and it reads any pair.
  return `${den / divisor}/${num / divisor}s`;
};

const REC709 = '1-1-1 (Rec. 709)';

export interface FcpxmlShape {
  rate: FrameRate;
  width: number;
  height: number;
  colorSpace: HandoffMedia['colorSpace'];
}

export function formatElement(id: string, { rate, width, height, colorSpace }: FcpxmlShape): XmlSpec {
  return element('format', {
    id,
    frameDuration: frameDuration(rate),
    width,
    height,
    colorSpace: colorSpace === 'rec709' ? REC709 : undefined,
  });
}

/** `hasMediaRep`: from version 1.9 on the file is named by a child, before by an attribute. */
export function assetElement(
  ids: { asset: string; format: string },
  options: { name: string; media: HandoffMedia; hasMediaRep: boolean },
): XmlSpec {
  const { name, media, hasMediaRep } = options;
  const src = fileUrl(media.path);
  const sound = media.sound && { hasAudio: 1, audioSources: 1, audioChannels: media.sound.channels };
  const attributes = {
    id: ids.asset,
    name: nameText(name),
    ...(hasMediaRep ? {} : { src }),
    start: fcpxmlTime(media.startFrames, media.rate),
    duration: fcpxmlTime(media.durationFrames, media.rate),
    hasVideo: 1,
    format: ids.format,
    ...(hasMediaRep ? { videoSources: 1 } : {}),
    ...sound,
    audioRate: media.sound?.rateHz,
  };
  const children = hasMediaRep ? [element('media-rep', { kind: 'original-media', src })] : [];
  return element('asset', attributes, children);
}

/** Notes are to-do markers, which know whether they are done. Times are those of the clip: the file's own timecode. */
export function markerElements(clip: HandoffClip): XmlSpec[] {
  const { rate, startFrames } = clip.media;
  return shownMarkers(clip).map(({ atFrames, text, isDone }) =>
    element('marker', {
      start: fcpxmlTime(startFrames + atFrames, rate),
      duration: frameDuration(rate),
      value: nameText(text, '-'),
      completed: isDone ? 1 : 0,
    }),
  );
}

export const tcFormat = (isDropFrame: boolean): 'DF' | 'NDF' => (isDropFrame ? 'DF' : 'NDF');

/** The text of the whole document; valid by Apple's DTD 1.10. */
export function writeFcpxml(timeline: HandoffTimeline): string {
  const resources = new Resources();
  const sequenceFormat = resources.format({ ...timeline, colorSpace: colorSpaceOf(timeline) });
  const placed = placedClips(timeline);
  const spine = placed.map(({ clip, recordFrames }) => clipElement(resources, timeline, { clip, recordFrames }));
  const name = nameText(timeline.name);
  const sequence = element(
    'sequence',
    {
      format: sequenceFormat,
      duration: fcpxmlTime(lengthOf(placed), timeline.rate),
      tcStart: fcpxmlTime(timeline.startFrames, timeline.rate),
      tcFormat: tcFormat(timeline.isDropFrame),
      audioLayout: 'stereo',
      audioRate: '48k',
    },
    [element('spine', {}, withGaps(timeline, spine))],
  );
  const project = element('project', { name }, [sequence]);
  const event = element('event', { name: lineText(timeline.name) || undefined }, [project]);
  const children = [element('resources', {}, resources.elements), event];
  return documentText(element('fcpxml', { version: FCPXML_VERSION }, children));
}

const colorSpaceOf = ({ clips }: HandoffTimeline): HandoffMedia['colorSpace'] =>
  clips.every(({ media }) => media.colorSpace === 'rec709') ? 'rec709' : null;

function clipElement(
  resources: Resources,
  timeline: HandoffTimeline,
  { clip, recordFrames }: { clip: HandoffClip; recordFrames: number },
): XmlSpec {
  const { media } = clip;
  const { asset, format } = resources.media(clip);
  return element(
    'asset-clip',
    {
      ref: asset,
      // In a timeline's own timecode, as its first clip begins at tcStart.
      offset: fcpxmlTime(timeline.startFrames + recordFrames, timeline.rate),
      name: nameText(clip.name),
      start: fcpxmlTime(media.startFrames + clip.inFrames, media.rate),
      duration: fcpxmlTime(clip.outFrames - clip.inFrames, media.rate),
      format,
      tcFormat: tcFormat(media.isDropFrame),
      audioRole: media.sound ? 'dialogue' : undefined,
    },
    [...conformRate(media.rate, timeline.rate), ...markerElements(clip)],
  );
}

/** Where a file's rate is not the timeline's, Final Cut must be told not to change its speed. */
export function conformRate(from: FrameRate, to: FrameRate): XmlSpec[] {
  if (isSameRate(from, to)) return [];
  const named = conformNames[`${from.num}/${from.den}`];
  return [element('conform-rate', { scaleEnabled: 0, srcFrameRate: named })];
}

const conformNames: Readonly<Record<string, string>> = {
  '24000/1001': '23.98',
  '24/1': '24',
  '25/1': '25',
  '30000/1001': '29.97',
  '30/1': '30',
  '48000/1001': '47.95',
  '48/1': '48',
  '50/1': '50',
  '60000/1001': '59.94',
  '60/1': '60',
};

/** A spine has no holes: where nothing stands a gap does. */
function withGaps(timeline: HandoffTimeline, elements: readonly XmlSpec[]): XmlSpec[] {
  let end = 0;
  return placedClips(timeline).flatMap(({ recordFrames, recordEndFrames }, index) => {
    const clip = elements[index];
    const gap = recordFrames - end;
    const offset = fcpxmlTime(timeline.startFrames + end, timeline.rate);
    end = recordEndFrames;
    if (!clip) return [];
    if (gap <= 0) return [clip];
    const duration = fcpxmlTime(gap, timeline.rate);
    return [element('gap', { name: 'Gap', offset, start: '0s', duration }), clip];
  });
}

/** Formats and assets, each once, under ids of their own. */
class Resources {
  readonly elements: XmlSpec[] = [];
  readonly #ids = new Map<string, string>();

  #once(key: string, make: (id: string) => XmlSpec): string {
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = `r${this.#ids.size + 1}`;
    this.#ids.set(key, id);
    this.elements.push(make(id));
    return id;
  }

  format(shape: FcpxmlShape): string {
    const { rate, width, height, colorSpace } = shape;
    const key = `format ${frameDuration(rate)} ${width} ${height} ${colorSpace}`;
    return this.#once(key, (id) => formatElement(id, shape));
  }

  media({ media, name }: HandoffClip): { asset: string; format: string } {
    const format = this.format(media);
    const asset = this.#once(`asset ${media.path}`, (id) =>
      assetElement({ asset: id, format }, { name, media, hasMediaRep: true }),
    );
    return { asset, format };
  }
}
