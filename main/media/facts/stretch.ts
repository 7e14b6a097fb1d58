/** Facts of the stretch that is ordered: what changes inside it, whether its rate is constant, and whether its sound is of one kind. */
import { z } from 'zod';
import type { PreparePlan, VideoFacts } from '../../../shared/contract/media.ts';
import { RestageError } from '../../../shared/errors.ts';
import { rateToNumber } from '../../../shared/time/timecode.ts';
import { trimSeconds } from '../../../shared/time/trim.ts';
import { fileUrl, inputGuard, runText } from '../ffmpeg.ts';
import { colorDeal, colorText, saidOrNull } from '../plan/color.ts';
import { keyframesOnly } from '../prepare/sourceInput.ts';
import { readStretchPackets } from './packets.ts';
import { measureRate } from './rate.ts';
import { chosenAudio } from './videoFacts.ts';

export interface Stretch {
  /** The clip's facts with those of the stretch in their place. */
  facts: VideoFacts;
  /** Where something changes, on the clip's clock: there the result is looked at. */
  changeSeconds: number[];
  /** The sound changes its channels or its rate: it is brought to one kind before anything else. */
  hasMixedSound: boolean;
  /** Where it was brought to one kind. */
  soundFile?: string;
}

export interface StretchOptions {
  ffprobe: string;
  path: string;
  facts: VideoFacts;
  plan: PreparePlan;
  signal?: AbortSignal | undefined;
}

const DEADLINE_MS = 180_000;
/** Clips of keyframes alone are looked at here and there: decoding all of them would be the whole work. */
const SAMPLES = 12;
const DENSE_GAP_SECONDS = 0.3;
/** Seeks land where they like in some containers. */
const ROOM_SECONDS = 2;

const frameSchema = z.object({
  best_effort_timestamp_time: z.coerce.number().optional().catch(undefined),
  width: z.number().optional(),
  height: z.number().optional(),
  pix_fmt: z.string().optional(),
  sample_aspect_ratio: z.string().optional(),
  interlaced_frame: z.number().optional(),
  color_range: z.string().optional(),
  color_space: z.string().optional(),
  color_primaries: z.string().optional(),
  color_transfer: z.string().optional(),
  channels: z.number().optional(),
  channel_layout: z.string().optional(),
  sample_fmt: z.string().optional(),
});
type Frame = z.infer<typeof frameSchema>;
const framesSchema = z.object({ frames: z.array(frameSchema).default([]) });

const pictureEntries =
  'frame=best_effort_timestamp_time,width,height,pix_fmt,sample_aspect_ratio,interlaced_frame,' +
  'color_range,color_space,color_primaries,color_transfer';

interface FrameQuery {
  stream: number;
  entries: string;
  intervals: string;
  options?: readonly string[];
}

async function readFrames(options: StretchOptions, query: FrameQuery): Promise<Frame[]> {
  const { stdout } = await runText({
    command: options.ffprobe,
    args: [
      ...['-v', 'quiet', ...inputGuard, ...(query.options ?? []), '-read_intervals', query.intervals],
      ...['-select_streams', String(query.stream), '-show_entries', query.entries, '-of', 'json'],
      fileUrl(options.path),
    ],
    signal: options.signal,
    deadlineMs: DEADLINE_MS,
  });
  try {
    return framesSchema.parse(JSON.parse(stdout)).frames;
  } catch {
    // What cannot be read here is found by the encode and its verification.
    return [];
  }
}

/** Shape of the shown picture, to compare: width over height. */
function shapeOf(frame: Frame, facts: VideoFacts): number {
  const [num = 0, den = 0] = (frame.sample_aspect_ratio ?? '').split(':').map(Number);
  const aspect = num > 0 && den > 0 ? num / den : facts.sampleAspect.num / facts.sampleAspect.den;
  return ((frame.width ?? facts.codedWidth) * aspect) / (frame.height ?? facts.codedHeight);
}

function colorFactsOf(frame: Frame, facts: VideoFacts): VideoFacts {
  return {
    ...facts,
    pixelFormat: frame.pix_fmt ?? facts.pixelFormat,
    colorRange: saidOrNull(frame.color_range) ?? facts.colorRange,
    colorSpace: saidOrNull(frame.color_space) ?? facts.colorSpace,
    colorPrimaries: saidOrNull(frame.color_primaries) ?? facts.colorPrimaries,
    colorTransfer: saidOrNull(frame.color_transfer) ?? facts.colorTransfer,
  };
}

/** What the decoder says of the first picture where the container says nothing: VP8 keeps its matrix and range inside its pictures. */
function withDecodedColor(facts: VideoFacts, first: Frame | undefined): VideoFacts {
  if (!first) return facts;
  const told = {
    ...facts,
    colorRange: facts.colorRange ?? saidOrNull(first.color_range),
    colorSpace: facts.colorSpace ?? saidOrNull(first.color_space),
  };
  // The plan was made without it: what asks for more than the scaler stays a change that is refused.
  return colorDeal(facts).kind === 'matrix' && colorDeal(told).kind === 'matrix' ? told : facts;
}

/** What cannot be brought to one shape in one pass, as the two texts of the refusal; null: the picture can follow. */
export function unlikeness(frame: Frame, facts: VideoFacts): { from: string; to: string } | null {
  const own = shapeOf({ width: facts.codedWidth, height: facts.codedHeight }, facts);
  const size = `${frame.width}×${frame.height}`;
  const isOtherSize = frame.width !== facts.codedWidth || frame.height !== facts.codedHeight;
  const isOtherShape = Math.abs(shapeOf(frame, facts) / own - 1) > 0.012;
  // Halves of a picture cannot be scaled like a whole one.
  if (isOtherShape || (isOtherSize && facts.scan === 'interlaced')) {
    const aspect = isOtherSize ? '' : ` (${frame.sample_aspect_ratio})`;
    return { from: `${facts.codedWidth}×${facts.codedHeight}`, to: `${size}${aspect}` };
  }
  const color = colorFactsOf(frame, facts);
  if (JSON.stringify(colorDeal(color)) === JSON.stringify(colorDeal(facts))) return null;
  return { from: colorText(facts), to: colorText(color) };
}

async function readKeyframes(options: StretchOptions, from: number, to: number): Promise<Frame[]> {
  const { facts } = options;
  const isDense = facts.keyframeGapSeconds != null && facts.keyframeGapSeconds < DENSE_GAP_SECONDS;
  const zero = facts.startSeconds;
  const points = Array.from({ length: SAMPLES }, (_, i) => zero + from + ((to - from) * i) / SAMPLES);
  const start = Math.max(0, zero + from - ROOM_SECONDS).toFixed(3);
  const intervals = isDense
    ? points.map((at) => `${Math.max(0, at).toFixed(3)}%+#2`).join(',')
    : `${start}%${(zero + to).toFixed(3)}`;
  return readFrames(options, {
    stream: facts.videoStreamIndex,
    entries: pictureEntries,
    intervals,
    options: [...keyframesOnly(facts), '-skip_loop_filter', 'all'],
  });
}

/** Codecs that carry their channels in every packet, or containers that join what is unlike. */
const selfDescribing = new Set(['ac3', 'eac3', 'dts', 'mp2', 'mp3', 'truehd', 'flac', 'aac']);

async function hasMixedSound(options: StretchOptions, from: number, to: number): Promise<boolean> {
  const track = chosenAudio(options.facts, options.plan.soundTrack);
  if (!track || !selfDescribing.has(track.codec)) return false;
  if (track.codec === 'aac' && ['mp4', 'mov', 'matroska'].includes(options.facts.container)) return false;
  const zero = options.facts.startSeconds;
  const intervals = `${Math.max(0, zero + from - ROOM_SECONDS).toFixed(3)}%${(zero + to).toFixed(3)}`;
  const entries = 'frame=best_effort_timestamp_time,channels,channel_layout,sample_fmt';
  const frames = await readFrames(options, { stream: track.index, entries, intervals });
  return new Set(frames.map((frame) => `${frame.channels} ${frame.channel_layout} ${frame.sample_fmt}`)).size > 1;
}

/** A clip that was too long to be read whole is constant only where that was seen. */
async function isConstantHere(options: StretchOptions, from: number, to: number): Promise<boolean> {
  const { facts, ffprobe, path, signal } = options;
  if (!facts.isConstantRate || facts.frameCount !== null) return facts.isConstantRate;
  const zero = facts.startSeconds;
  const gap = 1 / rateToNumber(facts.frameRate);
  const read = await readStretchPackets({
    ...{
      ffprobe,
      path,
      signal,
      streamIndex: facts.videoStreamIndex,
      soundIndexes: [],
      endMs: performance.now() + DEADLINE_MS,
    },
    ...{ fromSeconds: zero + from - ROOM_SECONDS, toSeconds: zero + to + ROOM_SECONDS },
  });
  const stamps = read.pictures.flatMap(({ pts }) => (pts === null ? [] : [pts - zero]));
  const inside = stamps.filter((at) => at > from - gap / 2 && at < to - gap / 2).sort((a, b) => a - b);
  // On the grid of the whole clip, or its numbers mean other pictures.
  const first = (inside[0] ?? 0) / gap;
  const isOnGrid = Math.abs(first - Math.round(first)) < 0.2 && Math.abs((inside[0] ?? 0) - from) < gap / 2;
  const { rate, isConstant } = measureRate(inside, [facts.frameRate]);
  return isConstant && isOnGrid && Math.abs(rateToNumber(rate) * gap - 1) < 1e-3;
}

/** Throws RestageError refused `clip.changes` where the picture turns into something that no one pass can follow. */
export async function readStretch(options: StretchOptions): Promise<Stretch> {
  const { facts, plan } = options;
  const { from, to } = trimSeconds(facts, plan.trim);
  const [frames, isMixed, isConstantRate] = await Promise.all([
    readKeyframes(options, from, to),
    hasMixedSound(options, from, to),
    isConstantHere(options, from, to),
  ]);
  const seconds = (frame: Frame) => (frame.best_effort_timestamp_time ?? facts.startSeconds) - facts.startSeconds;
  const inside = frames.filter((frame) => seconds(frame) < to);
  // The picture before the in point is shown at it.
  const before = inside.filter((frame) => seconds(frame) <= from).at(-1);
  const judged = inside.filter((frame) => seconds(frame) > from || frame === before);
  const own = withDecodedColor(facts, judged[0]);
  for (const frame of judged) {
    const unlike = unlikeness(frame, own);
    if (!unlike) continue;
    const at = Number(Math.max(0, seconds(frame)).toFixed(2));
    throw new RestageError('refused', {
      reasons: [{ field: 'video', rule: 'clip.changes', params: { ...unlike, at } }],
    });
  }
  const changeSeconds = judged.flatMap((frame, i) => {
    const last = judged[i - 1];
    return last && (last.width !== frame.width || last.height !== frame.height) ? [seconds(frame)] : [];
  });
  const isInterlaced = judged.some((frame) => frame.interlaced_frame === 1);
  return {
    facts: { ...own, isConstantRate, ...(isInterlaced ? { scan: 'interlaced' as const } : {}) },
    changeSeconds,
    hasMixedSound: isMixed,
  };
}
