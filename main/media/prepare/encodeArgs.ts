/** Builds ffmpeg's arguments from facts and plan. Pure: knows no paths and starts nothing. */
import type { PreparePlan, VideoFacts } from '../../../shared/contract/media.ts';
import { limitsOfPlan } from '../../../shared/rules/limitOverrides.ts';
import type { Preset } from '../../../shared/rules/limits.ts';
import { type FrameRate, rateToNumber } from '../../../shared/time/timecode.ts';
import { trimSeconds } from '../../../shared/time/trim.ts';
import { chosenAudio } from '../facts/videoFacts.ts';
import { colorDeal, colorFilters, scalerColor } from '../plan/color.ts';
import { chooseGeometry, type Geometry, shownPicture } from '../plan/geometry.ts';
import { chooseRate } from '../plan/outputRate.ts';
import { audioBitRate } from '../plan/plan.ts';
import type { Features } from '../tools.ts';
import { fineClock, soundByStamps, sourceOptions, uprightFilters } from './sourceInput.ts';

export interface FfmpegArgs {
  inputOptions: string[];
  outputOptions: string[];
}

interface X264 {
  preset: string;
  crf: number;
}

const x264: Readonly<Record<Preset, X264>> = {
  fast: { preset: 'veryfast', crf: 20 },
  best: { preset: 'fast', crf: 17 },
  keep: { preset: 'veryfast', crf: 18 },
};

/** Decoding starts this long before the in point: two groups of pictures, so that no picture near it leans on a missing one. */
const LEAST_ROOM_SECONDS = 2;
const MOST_ROOM_SECONDS = 30;
/** A first try at the limit leaves this share for the container and the encoder's overshoot. */
const SIZE_SHARE = 0.94;

export const fixed = (seconds: number) => seconds.toFixed(6);

/** Containers whose index says where a keyframe lies; a seek in the others lands where it likes. */
const indexed = new Set(['mp4', 'mov', 'matroska', 'webm']);
const READ_THROUGH_SECONDS = 120;

/** Where decoding begins, on the file's own clock; null: at the beginning of the file. */
function seekSeconds(facts: VideoFacts, inSeconds: number): number | null {
  // Found by counting from the beginning.
  if (facts.isStampedByOrder) return null;
  const gap = facts.keyframeGapSeconds ?? MOST_ROOM_SECONDS / 2;
  const room = Math.min(MOST_ROOM_SECONDS, Math.max(LEAST_ROOM_SECONDS, gap * 2 + 0.5));
  if (inSeconds <= (indexed.has(facts.container) ? room : READ_THROUGH_SECONDS)) return null;
  return facts.startSeconds + inSeconds - room;
}

/** Scaling comes before tone mapping: the same result at half the time. */
function sizeFilters(facts: VideoFacts, geometry: Geometry): string[] {
  const { pictureWidth, pictureHeight } = geometry;
  const isSameSide = facts.sampleAspect.num === facts.sampleAspect.den && geometry.factor === 1;
  const crop = isSameSide ? [`crop=${pictureWidth}:${pictureHeight}:0:0`] : [];
  return [...crop, `scale=${pictureWidth}:${pictureHeight}:flags=bicubic${scalerColor(colorDeal(facts))}`];
}

/** Cuts before scaling. The crop is in shown pixels; the picture here is upright, but its pixels may not be square yet. */
export function cropFilters(facts: VideoFacts, crop: PreparePlan['crop']): string[] {
  if (!crop) return [];
  const isTurned = facts.rotationDegrees % 180 !== 0;
  const [width, height] = isTurned ? [facts.codedHeight, facts.codedWidth] : [facts.codedWidth, facts.codedHeight];
  const [across, down] = [width / facts.width, height / facts.height];
  const left = Math.round(crop.x * across);
  const top = Math.round(crop.y * down);
  const wide = Math.max(1, Math.min(width - left, Math.round(crop.width * across)));
  const high = Math.max(1, Math.min(height - top, Math.round(crop.height * down)));
  return [`crop=${wide}:${high}:${left}:${top}:exact=1`];
}

const BLUR_PX = 24;

function padFilters(geometry: Geometry, pad: PreparePlan['pad']): string[] {
  const { width, height, isPadded } = geometry;
  if (!isPadded) return [];
  if (pad !== 'blur')
    return [`pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2:color=${(pad ?? '#000000').replace('#', '0x')}`];
  // A small copy is enough for a blur, and cheap.
  const [small, smallHigh] = [Math.max(16, Math.ceil(width / 8)), Math.max(16, Math.ceil(height / 8))];
  const radius = Math.max(1, Math.min(Math.round(BLUR_PX / 8), Math.floor(Math.min(small, smallHigh) / 4) - 1));
  const ground = `scale=${small}:${smallHigh}:force_original_aspect_ratio=increase,crop=${small}:${smallHigh}`;
  const soft = `boxblur=${radius}:2,scale=${width}:${height}:flags=bicubic,setsar=1`;
  return [`split[pic][copy];[copy]${ground},${soft}[soft];[soft][pic]overlay=(W-w)/2:(H-h)/2`];
}

/** Numbers the pictures anew at exactly `rate`, one tick each: nothing is doubled or dropped by rounding. */
const renumber = (rate: FrameRate) => [`settb=${rate.den}/${rate.num}`, 'setpts=N'];

/**
 * Encodes what `renumber` stamped. Where there is no -fps_mode, a constant rate doubles a picture when the source's own rate reads
 * lower than the result's (the last one of a copy lasts longer, every one is shown twice); newer builds take no rate beside passthrough.
 */
export const asNumbered = (features: Pick<Features, 'hasFpsMode'>, rate: string): string[] =>
  features.hasFpsMode ? ['-fps_mode', 'cfr', '-r', rate] : ['-vsync', '0', '-r', rate];

/** The wanted pictures by their own stamps, half a picture of tolerance to either side; by number where stamps are made up. */
function pickFrames(facts: VideoFacts, plan: PreparePlan): string {
  const half = facts.frameRate.den / facts.frameRate.num / 2;
  const { from, to } = trimSeconds(facts, plan.trim);
  const isCounted = facts.isStampedByOrder || (facts.container === 'avi' && seekSeconds(facts, from) === null);
  if (isCounted && plan.trim.unit === 'frames') {
    return `trim=start_frame=${plan.trim.from}:end_frame=${plan.trim.to}`;
  }
  const zero = facts.startSeconds - half;
  return `trim=start=${fixed(zero + from)}:end=${fixed(zero + to)}`;
}

/** Constant rate: no picture is made up here, so that one that is missing shows in the count. */
function constantTiming(facts: VideoFacts, plan: PreparePlan): string[] {
  const { divide, multiply } = chooseRate(facts, plan.preset);
  const { frameCount, frameRate } = plan.output;
  const picked = [pickFrames(facts, plan), ...(divide > 1 ? [`framestep=${divide}`] : [])];
  const sourceRate = { num: facts.frameRate.num, den: facts.frameRate.den * divide };
  const end = [`trim=end_frame=${frameCount}`, ...renumber(frameRate)];
  if (multiply === 1) return [...picked, ...renumber(sourceRate), ...end];
  const repeated = [`fps=fps=${frameRate.num}/${frameRate.den}`, `tpad=stop_mode=clone:stop=${multiply}`];
  return [...picked, ...renumber(sourceRate), ...repeated, ...end];
}

/** Variable rate: picture k is what a player shows k/rate after the in point. */
function variableTiming(facts: VideoFacts, plan: PreparePlan): string[] {
  const { from, to } = trimSeconds(facts, plan.trim);
  const zero = facts.startSeconds + from;
  const { frameCount, frameRate } = plan.output;
  // Stamps rounded to milliseconds must not push a picture one place on.
  const onTime = fixed(zero + 0.0015);
  return [
    `trim=end=${fixed(facts.startSeconds + to)}`,
    fineClock,
    `setpts=PTS-${onTime}/TB`,
    `fps=fps=${frameRate.num}/${frameRate.den}:start_time=0:round=up`,
    // The last picture is shown until the out point.
    `tpad=stop_mode=clone:stop=${frameCount}`,
    `trim=end_frame=${frameCount}`,
    ...renumber(frameRate),
  ];
}

function videoChain(facts: VideoFacts, plan: PreparePlan, features: Features): string {
  const geometry = chooseGeometry(shownPicture(facts, plan.crop), limitsOfPlan(plan), plan.preset);
  const deinterlace = facts.scan === 'interlaced' ? [features.hasBwdif ? 'bwdif=mode=send_frame' : 'yadif'] : [];
  const timing = facts.isConstantRate ? constantTiming(facts, plan) : variableTiming(facts, plan);
  const size = [...cropFilters(facts, plan.crop), ...sizeFilters(facts, geometry)];
  const look = [...size, ...colorFilters(facts), ...padFilters(geometry, plan.pad), 'setsar=1'];
  return `[0:${facts.videoStreamIndex}]${[...uprightFilters(facts), ...deinterlace, ...timing, ...look].join(',')}[v]`;
}

/** Sound on the picture's clock: silence where the track has not begun or has ended, cut to the sample. */
function audioChain(facts: VideoFacts, plan: PreparePlan, isBeside: boolean): string | null {
  const track = chosenAudio(facts, plan.soundTrack);
  if (!track || !plan.output.hasAudio) return null;
  const { from } = trimSeconds(facts, plan.trim);
  const start = fixed(facts.startSeconds + from);
  const seconds = fixed(plan.output.durationSeconds);
  const end = fixed(facts.startSeconds + from + plan.output.durationSeconds);
  const filters = [
    `atrim=start=${start}:end=${end}`,
    `asetpts=PTS-${start}/TB`,
    soundByStamps(48_000),
    'aformat=sample_fmts=fltp:channel_layouts=stereo',
    'apad',
    `atrim=end=${seconds}`,
  ];
  return `[${isBeside ? '1:0' : `0:${track.index}`}]${filters.join(',')}[a]`;
}

/** Bits per second that keep the file inside the limit whatever it shows. */
export function maxVideoBitRate(plan: PreparePlan, share = SIZE_SHARE): number {
  const { durationSeconds, hasAudio } = plan.output;
  const whole = (limitsOfPlan(plan).maxBytes * 8 * share) / durationSeconds;
  return Math.floor(whole - (hasAudio ? audioBitRate * 1.05 : 0));
}

export const noCopies = ['-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'];
export const mp4Output = ['-movflags', '+faststart', '-f', 'mp4'];
export const audioCodec = ['-c:a', 'aac', '-b:a', String(audioBitRate), '-ar', '48000', '-ac', '2'];
export const colorTags = [
  '-colorspace',
  'bt709',
  '-color_primaries',
  'bt709',
  '-color_trc',
  'bt709',
  '-color_range',
  'tv',
];

/** Absolute stamps: with them `trim` means the file's own clock, wherever the seek landed. */
function absoluteInput(seek: number | null): string[] {
  return ['-copyts', '-noaccurate_seek', ...(seek === null ? [] : ['-seek_timestamp', '1', '-ss', fixed(seek)])];
}

export interface EncodeOptions {
  features: Features;
  /** Lower than the usual share for a second try; see maxVideoBitRate. */
  sizeShare?: number;
  /** Decode from the beginning: slower, and exact where a seek missed. */
  withoutSeek?: boolean;
  /** The sound comes from a second input, already of one kind and on the same clock. */
  isSoundBeside?: boolean;
}

export function reencodeArgs(facts: VideoFacts, plan: PreparePlan, options: EncodeOptions): FfmpegArgs {
  const { features } = options;
  const audio = audioChain(facts, plan, options.isSoundBeside ?? false);
  // Two graphs: a sound track that changes its channels must not build the picture's graph anew.
  const filters = [videoChain(facts, plan, features), ...(audio ? [audio] : [])];
  const { preset, crf } = x264[plan.preset];
  const maxRate = maxVideoBitRate(plan, options.sizeShare);
  const rate = `${plan.output.frameRate.num}/${plan.output.frameRate.den}`;
  const keyframes = Math.max(1, Math.round(rateToNumber(plan.output.frameRate) * 2));
  const { from } = trimSeconds(facts, plan.trim);
  return {
    inputOptions: [...sourceOptions(facts), ...absoluteInput(options.withoutSeek ? null : seekSeconds(facts, from))],
    outputOptions: [
      ...filters.flatMap((graph) => ['-filter_complex', graph]),
      ...['-map', '[v]', ...(audio ? ['-map', '[a]'] : []), ...noCopies],
      ...['-c:v', 'libx264', '-preset', preset, '-crf', String(crf), '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
      ...['-maxrate', String(maxRate), '-bufsize', String(maxRate), '-g', String(keyframes)],
      ...asNumbered(features, rate),
      // The graph ends at the last picture. A count here would end the sound with it, wherever that lies in the file.
      ...[...colorTags, ...(audio ? audioCodec : ['-an'])],
      ...['-max_muxing_queue_size', '4096', ...mp4Output],
    ],
  };
}
