/** Small pictures of a result and of its source, to hold one against the other. */
import type { PreparePlan, VideoFacts } from '../../../shared/contract/media.ts';
import { RestageError } from '../../../shared/errors.ts';
import { limitsOfPlan } from '../../../shared/rules/limitOverrides.ts';
import { rateToNumber } from '../../../shared/time/timecode.ts';
import { fileUrl, inputGuard, runPipe } from '../ffmpeg.ts';
import { colorDeal, colorFilters, scalerColor } from '../plan/color.ts';
import { chooseGeometry, shownPicture } from '../plan/geometry.ts';
import { cropFilters } from '../prepare/encodeArgs.ts';
import { sourceOptions, uprightFilters } from '../prepare/sourceInput.ts';
import type { Encoder } from '../tools.ts';
import { type Look, NEIGHBOURS, type SmallPicture } from './lookPlan.ts';

const SMALL_PX = 96;
const SMALLEST_PX = 16;

export interface SmallShape {
  width: number;
  height: number;
  /** The part of the result that is picture, not padding. */
  area: { width: number; height: number; x: number; y: number };
}

export function smallShape(facts: VideoFacts, plan: PreparePlan): SmallShape {
  const geometry = chooseGeometry(shownPicture(facts, plan.crop), limitsOfPlan(plan), plan.preset);
  const isWhole = plan.kind !== 'reencode' || !geometry.isPadded;
  const { output } = plan;
  const area = isWhole
    ? { width: output.width, height: output.height, x: 0, y: 0 }
    : {
        width: geometry.pictureWidth,
        height: geometry.pictureHeight,
        x: Math.floor((output.width - geometry.pictureWidth) / 2),
        y: Math.floor((output.height - geometry.pictureHeight) / 2),
      };
  const factor = SMALL_PX / Math.max(area.width, area.height);
  const side = (value: number) => Math.max(SMALLEST_PX, Math.round((value * factor) / 2) * 2);
  return { width: side(area.width), height: side(area.height), area };
}

export const madeFilters = ({ width, height, area }: SmallShape) =>
  `crop=${area.width}:${area.height}:${area.x}:${area.y}:exact=1,scale=${width}:${height}:flags=area,format=yuv420p`;

export const pictureBytes = ({ width, height }: SmallShape) => (width * height * 3) / 2;

/** Cuts raw bytes into pictures of `bytes` each as they come. */
export function createPictureSplitter(bytes: number, onPicture: (picture: Uint8Array) => void) {
  let pending: Buffer = Buffer.alloc(0);
  return (chunk: Buffer) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    while (pending.length >= bytes) {
      onPicture(Uint8Array.from(pending.subarray(0, bytes)));
      pending = pending.subarray(bytes);
    }
  };
}

export interface SourceOptions {
  encoder: Encoder;
  source: string;
  facts: VideoFacts;
  plan: PreparePlan;
  /** The sound by itself, where it had to be brought to one kind first. */
  soundFile?: string;
  signal?: AbortSignal | undefined;
}

interface Interval {
  fromSeconds: number;
  toSeconds: number;
  fromFrame: number;
  toFrame: number;
}

/** A picture that is held longer than any order is long. */
const LONGEST_HOLD_SECONDS = 40;

function intervalsOf(facts: VideoFacts, looks: readonly Look[], isPatient: boolean): Interval[] {
  const step = 1 / rateToNumber(facts.frameRate);
  // Variable clips hold a picture: what is on screen may have begun long before.
  const held = isPatient ? LONGEST_HOLD_SECONDS : 0.5;
  const back = facts.isConstantRate ? step * (NEIGHBOURS + 0.5) : Math.max(held, step * (NEIGHBOURS + 3));
  const intervals = looks.map(({ seconds, sourceFrame }) => ({
    fromSeconds: seconds - back,
    toSeconds: seconds + step * (NEIGHBOURS + 0.5),
    fromFrame: sourceFrame - NEIGHBOURS,
    toFrame: sourceFrame + NEIGHBOURS,
  }));
  const merged: Interval[] = [];
  for (const interval of intervals) {
    const last = merged.at(-1);
    if (last && interval.fromSeconds <= last.toSeconds + step) {
      last.toSeconds = Math.max(last.toSeconds, interval.toSeconds);
      last.toFrame = Math.max(last.toFrame, interval.toFrame);
    } else merged.push(interval);
  }
  return merged;
}

const indexed = new Set(['mp4', 'mov', 'matroska', 'webm']);

/**
 * How long before its picture a look begins to decode. An index says where the keyframe lies; without one a seek lands anywhere near, and
 * decoding begins at the next keyframe.
 */
function roomOf(facts: VideoFacts, isPatient: boolean): number {
  const gap = facts.keyframeGapSeconds ?? 15;
  if (indexed.has(facts.container)) return isPatient ? gap * 2 + 2 : 0.2;
  return isPatient ? 30 : gap + 2;
}

/** Of processor time, measured with both builds: a process that opens a file and its decoder, and H.264 decoded without deblocking. */
const START_MS = 250;
const DECODE_MS_PER_MEGAPIXEL = 3.5;

/** How much of the clip is decoded in the time that another process takes to start: much of a small picture, little of a large one. */
function startInSeconds({ codedWidth, codedHeight, frameRate }: VideoFacts): number {
  const megapixelsPerSecond = (codedWidth * codedHeight * rateToNumber(frameRate)) / 1_000_000;
  return START_MS / (DECODE_MS_PER_MEGAPIXEL * Math.max(megapixelsPerSecond, 0.1));
}

/** One run each where a seek is cheap and near; one run over all of them where keyframes are rare or seeks are not to be trusted. */
function groupsOf(facts: VideoFacts, intervals: readonly Interval[], isPatient: boolean): Interval[][] {
  const [first, last] = [intervals[0], intervals.at(-1)];
  if (!first || !last) return [];
  const gap = facts.keyframeGapSeconds ?? Number.POSITIVE_INFINITY;
  const room = indexed.has(facts.container) ? 0 : roomOf(facts, isPatient);
  const apart = intervals.length * (gap / 2 + room + startInSeconds(facts));
  return !facts.isStampedByOrder && apart < last.toSeconds - first.fromSeconds
    ? intervals.map((interval) => [interval])
    : [[...intervals]];
}

const READ_THROUGH_SECONDS = 120;

function seekOf(facts: VideoFacts, from: number, isPatient: boolean): string[] {
  if (facts.isStampedByOrder) return [];
  const room = roomOf(facts, isPatient);
  const isPatientlyRead = isPatient && !indexed.has(facts.container);
  if (from <= (isPatientlyRead ? READ_THROUGH_SECONDS : room)) return [];
  return ['-seek_timestamp', '1', '-ss', (facts.startSeconds + from - room).toFixed(6)];
}

const stampLine = /\bn:\s*\d+\s+pts:\s*\S+\s+pts_time:\s*(-?[\d.]+|NOPTS)/g;

async function readGroup(
  options: SourceOptions,
  shape: SmallShape,
  group: readonly Interval[],
  isPatient: boolean,
): Promise<SmallPicture[]> {
  const { facts, plan, encoder } = options;
  const [first, last] = [group[0], group.at(-1)];
  if (!first || !last) return [];
  const zero = facts.startSeconds;
  const isCounted = facts.isStampedByOrder === true;
  const between = (a: number, b: number, what: string) => `between(${what}\\,${a.toFixed(6)}\\,${b.toFixed(6)})`;
  const select = group
    .map((one) =>
      isCounted ? between(one.fromFrame, one.toFrame, 'n') : between(zero + one.fromSeconds, zero + one.toSeconds, 't'),
    )
    .join('+');
  const end = isCounted ? `trim=end_frame=${last.toFrame + 1}` : `trim=end=${(zero + last.toSeconds).toFixed(6)}`;
  // What was copied kept its colours; what was encoded is BT.709.
  const isCopy = plan.kind !== 'reencode';
  const scale = `scale=${shape.width}:${shape.height}:flags=area${isCopy ? '' : scalerColor(colorDeal(facts))}`;
  const filters = [
    ...[end, `select=${select}`, 'showinfo', ...uprightFilters(facts), ...cropFilters(facts, plan.crop)],
    ...[scale, ...(isCopy ? [] : colorFilters(facts)), 'format=yuv420p'],
  ];
  const pictures: Uint8Array[] = [];
  const split = createPictureSplitter(pictureBytes(shape), (picture) => pictures.push(picture));
  const outcome = await runPipe({
    command: encoder.path,
    args: [
      ...['-hide_banner', '-nostdin', '-v', 'info', '-nostats', ...inputGuard, ...sourceOptions(facts)],
      // Deblocking is invisible at this size.
      ...['-skip_loop_filter', 'all', '-copyts', '-noaccurate_seek', ...seekOf(facts, first.fromSeconds, isPatient)],
      ...['-i', fileUrl(options.source), '-map', `0:${facts.videoStreamIndex}`, '-an', '-sn', '-dn'],
      ...['-vf', filters.join(','), ...(encoder.features.hasFpsMode ? ['-fps_mode', 'passthrough'] : ['-vsync', '0'])],
      ...['-f', 'rawvideo', 'pipe:1'],
    ],
    signal: options.signal,
    priority: 'preparation',
    deadlineMs: 120_000 + (last.toSeconds - first.fromSeconds + 60) * 2_000,
    maxStderrBytes: 4_000_000,
    onStdout: split,
  });
  if (outcome.exitCode !== 0) throw new RestageError('toolFailed', { detail: outcome.stderr.slice(-1_000) });
  const stamps = [...outcome.stderr.matchAll(stampLine)].map((match) => Number(match[1]) - zero);
  const numbers = group.flatMap((one) =>
    Array.from({ length: one.toFrame - Math.max(0, one.fromFrame) + 1 }, (_, i) => Math.max(0, one.fromFrame) + i),
  );
  return pictures.map((bytes, i) => ({ seconds: stamps[i] ?? Number.NaN, number: numbers[i] ?? -1, bytes }));
}

/** The source's small pictures around every look, in the order in which they are shown. */
export async function readSourcePictures(
  options: SourceOptions,
  shape: SmallShape,
  looks: readonly Look[],
  isPatient = false,
): Promise<SmallPicture[]> {
  const found: SmallPicture[] = [];
  for (const group of groupsOf(options.facts, intervalsOf(options.facts, looks, isPatient), isPatient)) {
    found.push(...(await readGroup(options, shape, group, isPatient)));
  }
  return found.sort((a, b) => (options.facts.isStampedByOrder ? a.number - b.number : a.seconds - b.seconds));
}
