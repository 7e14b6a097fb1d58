/** OpenTimelineIO's JSON (`.otio`), which Resolve 18.5 and later and many tools read. Pure. */
import type { HandoffClip, HandoffMarker, HandoffMedia, HandoffTimeline } from '../contract/handoff.ts';
import type { FrameRate } from '../time/timecode.ts';
import { baseName, fileUrl } from './fileUrl.ts';
import { nameText } from './names.ts';
import { lengthOf, placedClips, shownMarkers } from './timeline.ts';

export type OtioObject = { OTIO_SCHEMA: string } & Record<string, unknown>;

export const rationalTime = (value: number, rate: number): OtioObject => ({
  OTIO_SCHEMA: 'RationalTime.1',
  rate,
  value,
});

export const timeRange = (start: number, duration: number, rate: number): OtioObject => ({
  OTIO_SCHEMA: 'TimeRange.1',
  duration: rationalTime(duration, rate),
  start_time: rationalTime(start, rate),
});

const numberOf = ({ num, den }: FrameRate): number => num / den;

/** `rate`: the one that all times of this clip are told in; frames are those of that rate. */
export function externalReference(
  media: HandoffMedia,
  { startFrames, durationFrames, rate }: { startFrames: number; durationFrames: number; rate: number },
): OtioObject {
  return {
    OTIO_SCHEMA: 'ExternalReference.1',
    metadata: {},
    name: nameText(baseName(media.path)),
    available_range: timeRange(startFrames, durationFrames, rate),
    available_image_bounds: null,
    target_url: fileUrl(media.path),
  };
}

/** Green is done, red is open; the state is in the metadata too. */
export function otioMarker({ text, isDone }: HandoffMarker, at: number, rate: number): OtioObject {
  const name = nameText(text, '-');
  return {
    OTIO_SCHEMA: 'Marker.2',
    metadata: { restage: { isDone } },
    name,
    color: isDone ? 'GREEN' : 'RED',
    comment: name,
    marked_range: timeRange(at, 1, rate),
  };
}

export interface OtioClip {
  name: string;
  sourceRange: OtioObject;
  reference: OtioObject;
  markers: readonly OtioObject[];
  metadata?: Record<string, unknown>;
  /** Older programs know one reference per clip. */
  schema?: 'Clip.1' | 'Clip.2';
}

export function otioClip({ name, sourceRange, reference, markers, metadata, schema = 'Clip.2' }: OtioClip): OtioObject {
  const references =
    schema === 'Clip.2'
      ? { media_references: { DEFAULT_MEDIA: reference }, active_media_reference_key: 'DEFAULT_MEDIA' }
      : { media_reference: reference };
  return {
    OTIO_SCHEMA: schema,
    metadata: metadata ?? {},
    name: nameText(name),
    source_range: sourceRange,
    effects: [],
    markers: [...markers],
    enabled: true,
    ...references,
  };
}

export const otioGap = (frames: number, rate: number): OtioObject => ({
  OTIO_SCHEMA: 'Gap.1',
  metadata: {},
  name: '',
  source_range: timeRange(0, frames, rate),
  effects: [],
  markers: [],
  enabled: true,
});

export const otioTrack = (kind: 'Video' | 'Audio', name: string, children: readonly OtioObject[]): OtioObject => ({
  OTIO_SCHEMA: 'Track.1',
  metadata: {},
  name,
  source_range: null,
  effects: [],
  markers: [],
  enabled: true,
  children: [...children],
  kind,
});

/** The text of the whole document. */
export function writeOtio(timeline: HandoffTimeline): string {
  const rate = numberOf(timeline.rate);
  const placed = placedClips(timeline);
  const hasSound = placed.some(({ clip }) => clip.media.sound !== null);
  const track = (kind: 'Video' | 'Audio') => {
    let end = 0;
    const children = placed.flatMap(({ clip, recordFrames, recordEndFrames }) => {
      if (kind === 'Audio' && clip.media.sound === null) return [];
      const gap = recordFrames > end ? [otioGap(recordFrames - end, rate)] : [];
      end = recordEndFrames;
      return [...gap, clipObject(clip, kind)];
    });
    return otioTrack(kind, kind === 'Video' ? 'V1' : 'A1', children);
  };
  const document: OtioObject = {
    OTIO_SCHEMA: 'Timeline.1',
    metadata: { restage: { width: timeline.width, height: timeline.height, frames: lengthOf(placed) } },
    name: nameText(timeline.name),
    global_start_time: rationalTime(timeline.startFrames, rate),
    tracks: {
      OTIO_SCHEMA: 'Stack.1',
      metadata: {},
      name: 'tracks',
      source_range: null,
      effects: [],
      markers: [],
      enabled: true,
      children: [track('Video'), ...(hasSound ? [track('Audio')] : [])],
    },
  };
  return `${JSON.stringify(document, null, 4)}\n`;
}

/** In the file's own rate and timecode. */
function clipObject(clip: HandoffClip, kind: 'Video' | 'Audio'): OtioObject {
  const { media, inFrames, outFrames } = clip;
  const rate = numberOf(media.rate);
  const { startFrames, durationFrames } = media;
  return otioClip({
    name: clip.name,
    sourceRange: timeRange(startFrames + inFrames, outFrames - inFrames, rate),
    reference: externalReference(media, { startFrames, durationFrames, rate }),
    markers:
      kind === 'Video'
        ? shownMarkers(clip).map((marker) => otioMarker(marker, startFrames + marker.atFrames, rate))
        : [],
    metadata: media.reel === null ? {} : { restage: { reel: media.reel } },
  });
}
