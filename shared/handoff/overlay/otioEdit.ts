/** An edit in OpenTimelineIO's JSON: where its media stand, and results on a further track of the same stack. Pure. */
import { refused } from '../../errors.ts';
import type { FrameRate } from '../../time/timecode.ts';
import { baseName, pathOfUrl } from '../fileUrl.ts';
import { externalReference, type OtioObject, otioClip, otioGap, otioMarker, otioTrack, timeRange } from '../otio.ts';
import { floorFrames, standardRate } from '../timeline.ts';
import { editBounds } from '../xml.ts';
import type { Cut, Edit, Occurrence } from './edit.ts';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const schemaOf = (value: unknown): string =>
  isObject(value) && typeof value.OTIO_SCHEMA === 'string' ? (value.OTIO_SCHEMA.split('.')[0] ?? '') : '';
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export function openOtio(text: string): Edit {
  const root = parse(text);
  const stack = root.tracks;
  if (schemaOf(root) !== 'Timeline' || !isObject(stack))
    throw refused('over', 'handoff.editUnknown', { found: schemaOf(root) || 'JSON' });
  const own: OwnTracks = new Map();
  const start = isObject(root.global_start_time) ? root.global_start_time : null;
  const occurrences = stackOccurrences(stack, start, own);
  return {
    format: 'otio',
    occurrences,
    text() {
      for (const [holder, tracks] of own) holder.children = withTracks(listOf(holder.children), tracks.map(trackOf));
      return `${JSON.stringify(root, null, 4)}\n`;
    },
  };
}

function parse(text: string): Json {
  let depth = 0;
  let deepest = 0;
  // Strings may hold any bracket: they are skipped whole.
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === '{' || token === '[') deepest = Math.max(deepest, ++depth);
    else if (token === '}' || token === ']') depth -= 1;
  }
  if (deepest > editBounds.maxDepth) throw refused('over', 'handoff.editUnreadable', { detail: `depth ${deepest}` });
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''), exactNumber);
    return isObject(value) ? value : {};
  } catch (error) {
    throw refused('over', 'handoff.editUnreadable', { detail: String(error).slice(0, 200) });
  }
}

const isSound = (track: unknown): boolean => isObject(track) && track.kind === 'Audio';

/** Above all other pictures, and before the tracks of sound, as programs order them. */
function withTracks(children: unknown[], made: OtioObject[]): unknown[] {
  const end = children.findLastIndex((track) => !isSound(track)) + 1;
  return [...children.slice(0, end), ...made, ...children.slice(end)];
}

interface RawJson {
  rawJSON?: (text: string) => unknown;
}
/** A number whose text would change (24.0, 1e3) is written as it was read. */
class ExactNumber {
  readonly #text: string;
  readonly value: number;
  constructor(text: string, value: number) {
    this.#text = text;
    this.value = value;
  }
  toJSON(): unknown {
    return (JSON as RawJson).rawJSON?.(this.#text) ?? this.value;
  }
}

function exactNumber(this: unknown, _key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  return typeof value === 'number' && source !== undefined && String(value) !== source
    ? new ExactNumber(source, value)
    : value;
}

function numberIn(object: unknown, name: string): number | null {
  const value = isObject(object) ? object[name] : null;
  const number = value instanceof ExactNumber ? value.value : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** A time at another rate; null where there is none. */
function timeAt(time: unknown, rate: number): number | null {
  const [value, own] = [numberIn(time, 'value'), numberIn(time, 'rate')];
  if (value === null || own === null || own <= 0) return null;
  const converted = (value * rate) / own;
  const whole = Math.round(converted);
  return Math.abs(converted - whole) < 1e-3 ? whole : converted;
}

interface Range {
  start: number;
  duration: number;
}
function rangeAt(range: unknown, rate: number): Range | null {
  if (!isObject(range)) return null;
  const [start, duration] = [timeAt(range.start_time, rate), timeAt(range.duration, rate)];
  return start === null || duration === null ? null : { start, duration };
}

const rateIn = (range: unknown): number | null => (isObject(range) ? numberIn(range.duration, 'rate') : null);

function referenceOf(clip: Json): Json | null {
  if (isObject(clip.media_reference)) return clip.media_reference;
  const key = typeof clip.active_media_reference_key === 'string' ? clip.active_media_reference_key : 'DEFAULT_MEDIA';
  const references = isObject(clip.media_references) ? clip.media_references : {};
  return isObject(references[key]) ? references[key] : null;
}

const rangeOf = (item: Json): unknown =>
  isObject(item.source_range) ? item.source_range : (referenceOf(item)?.available_range ?? null);

/** How long an item is on its track, at a rate; what is nested is as long as its longest part. */
function durationOf(item: unknown, rate: number): number {
  if (!isObject(item) || schemaOf(item) === 'Transition') return 0;
  const own = rangeAt(rangeOf(item), rate);
  if (own) return own.duration;
  const lengths = listOf(item.children).map((child) => durationOf(child, rate));
  return schemaOf(item) === 'Stack' ? Math.max(0, ...lengths) : lengths.reduce((sum, length) => sum + length, 0);
}

/** What was laid, by the stack that gets the tracks. */
type OwnTracks = Map<Json, Laid[][]>;
interface Laid {
  startFrames: number;
  lengthFrames: number;
  clip: OtioObject;
  rate: number;
}

function stackOccurrences(stack: Json, start: Json | null, own: OwnTracks): Occurrence[] {
  return listOf(stack.children)
    .filter((track) => !isSound(track))
    .flatMap((track, index) => {
      if (!isObject(track)) return [];
      if (schemaOf(track) === 'Stack') return stackOccurrences(track, null, own);
      if (schemaOf(track) !== 'Track' || track.enabled === false) return [];
      return trackOccurrences(track, { stack, start, own, where: `V${index + 1}` });
    });
}

interface Place {
  stack: Json;
  start: Json | null;
  own: OwnTracks;
  where: string;
}

function trackOccurrences(track: Json, place: Place): Occurrence[] {
  const children = listOf(track.children).filter(isObject);
  const rate = children.map((child) => rateIn(rangeOf(child))).find((found) => found !== null) ?? null;
  if (rate === null) return [];
  const occurrences: Occurrence[] = [];
  let record = 0;
  for (const child of children) {
    if (schemaOf(child) === 'Clip' && child.enabled !== false) {
      const found = clipOccurrence(child, { ...place, rate, record });
      if (found) occurrences.push(found);
    } else if (schemaOf(child) === 'Stack') occurrences.push(...stackOccurrences(child, null, place.own));
    record += durationOf(child, rate);
  }
  return occurrences;
}

function clipOccurrence(clip: Json, place: Place & { rate: number; record: number }): Occurrence | null {
  const { rate, record, stack, own } = place;
  const reference = referenceOf(clip);
  const range = rangeAt(rangeOf(clip), rate);
  if (!reference || !range) return null;
  const available = rangeAt(reference.available_range, rate);
  const url = typeof reference.target_url === 'string' ? reference.target_url : null;
  const path = url === null ? null : pathOfUrl(url);
  const from = range.start - (available?.start ?? 0);
  const exact: FrameRate = standardRate(fractionOf(rate));
  const whole = (frames: number) => (Number.isInteger(frames) ? frames : null);
  return {
    clipName: typeof clip.name === 'string' ? clip.name : '',
    path,
    fileName: path === null ? null : baseName(path),
    reel: null,
    where: place.where,
    rate: exact,
    isDropFrame: false,
    timelineStartFrames: Math.round(timeAt(place.start, rate) ?? 0),
    inFrames: whole(from),
    outFrames: whole(from + range.duration),
    recordFrames: Math.round(record),
    obstacle: listOf(clip.effects).some(isTimeEffect) ? 'handoff.retimed' : null,
    lay(cut) {
      const laid = { startFrames: Math.round(record) + cut.offsetFrames, lengthFrames: cut.lengthFrames, rate };
      const tracks = own.get(stack) ?? [];
      own.set(stack, tracks);
      const isFree = (track: Laid[]) =>
        track.every(
          (other) =>
            other.startFrames + other.lengthFrames <= laid.startFrames ||
            other.startFrames >= laid.startFrames + laid.lengthFrames,
        );
      const schema = clip.OTIO_SCHEMA === 'Clip.1' ? 'Clip.1' : 'Clip.2';
      const entry = { ...laid, clip: laidClip(cut, rate, schema) };
      const track = tracks.find(isFree);
      if (track) track.push(entry);
      else tracks.push([entry]);
    },
  };
}

/** A rate that came as a number: thousandths tell all that programs use apart. */
const fractionOf = (rate: number): FrameRate => ({ num: Math.round(rate * 1000), den: 1000 });

/** A warp of speed 1 changes nothing. */
function isTimeEffect(effect: unknown): boolean {
  const schema = schemaOf(effect);
  if (schema === 'FreezeFrame' || schema === 'TimeEffect') return true;
  return schema === 'LinearTimeWarp' && numberIn(effect, 'time_scalar') !== 1;
}

function laidClip(cut: Cut, rate: number, schema: 'Clip.1' | 'Clip.2'): OtioObject {
  const { order, inFrames, lengthFrames, fileFrames, fileStartFrames } = cut;
  const exact = standardRate(fractionOf(rate));
  return otioClip({
    name: order.name,
    sourceRange: timeRange(fileStartFrames + inFrames, lengthFrames, rate),
    reference: externalReference(order.media, { startFrames: fileStartFrames, durationFrames: fileFrames, rate }),
    markers: cut.markers.map((marker) =>
      otioMarker(marker, fileStartFrames + floorFrames(marker.atFrames, order.media.rate, exact), rate),
    ),
    schema,
  });
}

function trackOf(laid: readonly Laid[]): OtioObject {
  let end = 0;
  const children = [...laid]
    .sort((a, b) => a.startFrames - b.startFrames)
    .flatMap(({ startFrames, lengthFrames, clip, rate }) => {
      const gap = startFrames > end ? [otioGap(startFrames - end, rate)] : [];
      end = startFrames + lengthFrames;
      return [...gap, clip];
    });
  return otioTrack('Video', 'Restage', children);
}
