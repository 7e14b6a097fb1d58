/** Builds ffmpeg's arguments from facts and plan. Pure: knows no paths and starts nothing. */
import type { PreparePlan, VideoFacts } from '../../shared/contract/media.ts';
import { RestageError } from '../../shared/errors.ts';
import { limitsOfPlan } from '../../shared/limitOverrides.ts';
import type { Preset } from '../../shared/limits.ts';
import { type FrameRate, framesToSeconds, rateToNumber } from '../../shared/timecode.ts';
import { trimSeconds } from '../../shared/trim.ts';
import { chooseGeometry, type Geometry, shownPicture } from './geometry.ts';
import { chooseRate } from './outputRate.ts';
import { audioBitRate } from './plan.ts';
import type { Features } from './tools.ts';
import { chosenAudio } from './videoFacts.ts';

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

const fixed = (seconds: number) => seconds.toFixed(6);

/** Containers whose index says where a keyframe lies; a seek in the others lands where it likes. */
const indexed = new Set(['mp4', 'mov', 'matroska', 'webm']);
const READ_THROUGH_SECONDS = 120;

/** Where decoding begins, on the file's own clock; null: at the beginning of the file. */
function seekSeconds(facts: VideoFacts, inSeconds: number): number | null {
  const gap = facts.keyframeGapSeconds ?? MOST_ROOM_SECONDS / 2;
  const room = Math.min(MOST_ROOM_SECONDS, Math.max(LEAST_ROOM_SECONDS, gap * 2 + 0.5));
  if (inSeconds <= (indexed.has(facts.container) ? room : READ_THROUGH_SECONDS)) return null;
  return facts.startSeconds + inSeconds - room;
}

function matrixOf(facts: VideoFacts): string {
  const known: Record<string, string> = {
    bt709: 'bt709',
    bt470bg: 'bt470bg',
    smpte170m: 'smpte170m',
    smpte240m: 'smpte240m',
    fcc: 'fcc',
    bt2020nc: 'bt2020',
    bt2020c: 'bt2020',
  };
  // Nothing said: players take small pictures for standard definition.
  const guess = facts.codedHeight >= 720 || facts.codedWidth >= 1280 ? 'bt709' : 'smpte170m';
  return known[facts.colorSpace ?? ''] ?? guess;
}

function hdrFilters(facts: VideoFacts): string[] {
  const range = facts.colorRange === 'pc' ? 'full' : 'limited';
  const from = `pin=2020:tin=${facts.colorTransfer ?? 'smpte2084'}:min=2020_ncl:rin=${range}`;
  return [
    `zscale=${from}:t=linear:npl=100`,
    'format=gbrpf32le',
    'zscale=p=709',
    'tonemap=tonemap=hable:desat=0',
    'zscale=t=709:m=709:r=limited',
    'format=yuv420p',
  ];
}

function gamutFilters(facts: VideoFacts): string[] {
  const primaries = facts.colorPrimaries === 'bt2020' ? '2020' : 'smpte432';
  const matrix = facts.colorSpace === 'bt2020nc' ? '2020_ncl' : '709';
  const range = facts.colorRange === 'pc' ? 'full' : 'limited';
  return [`zscale=pin=${primaries}:tin=709:min=${matrix}:rin=${range}:p=709:t=709:m=709:r=limited`, 'format=yuv420p'];
}

const isRgb = (facts: VideoFacts) => /^(gbr|rgb|bgr|argb|abgr|rgba|bgra|0rgb|x2rgb|pal8)/.test(facts.pixelFormat);

function colorFilters(facts: VideoFacts, features: Features): string[] {
  if (facts.isHdr && features.hasZscale && features.hasTonemap) return hdrFilters(facts);
  const isWide = ['bt2020', 'smpte432'].includes(facts.colorPrimaries ?? '');
  return isWide && features.hasZscale && !isRgb(facts) ? gamutFilters(facts) : ['format=yuv420p'];
}

/** Scaling comes before tone mapping: the same result at half the time. */
function sizeFilters(facts: VideoFacts, geometry: Geometry): string[] {
  const { pictureWidth, pictureHeight } = geometry;
  const isSameSide = facts.sampleAspect.num === facts.sampleAspect.den && geometry.factor === 1;
  const isConverted = facts.isHdr || ['bt2020', 'smpte432'].includes(facts.colorPrimaries ?? '');
  const range = facts.colorRange === 'pc' ? 'full' : 'tv';
  const matrix = isRgb(facts) ? '' : `:in_color_matrix=${matrixOf(facts)}:in_range=${range}`;
  const color = isConverted ? '' : `${matrix}:out_color_matrix=bt709:out_range=tv`;
  const crop = isSameSide ? [`crop=${pictureWidth}:${pictureHeight}:0:0`] : [];
  return [...crop, `scale=${pictureWidth}:${pictureHeight}:flags=bicubic${color}`];
}

/** Cuts before scaling. The crop is in shown pixels; the picture here is upright, but its pixels may not be square yet. */
function cropFilters(facts: VideoFacts, crop: PreparePlan['crop']): string[] {
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

/** The wanted pictures by their own stamps, half a picture of tolerance to either side; by number where stamps are made up. */
function pickFrames(facts: VideoFacts, plan: PreparePlan): string {
  const half = facts.frameRate.den / facts.frameRate.num / 2;
  const { from, to } = trimSeconds(facts, plan.trim);
  if (facts.container === 'avi' && plan.trim.unit === 'frames' && seekSeconds(facts, from) === null) {
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
  const look = [...size, ...colorFilters(facts, features), ...padFilters(geometry, plan.pad), 'setsar=1'];
  return `[0:${facts.videoStreamIndex}]${[...deinterlace, ...timing, ...look].join(',')}[v]`;
}

/** Sound on the picture's clock: silence where the track has not begun or has ended, cut to the sample. */
function audioChain(facts: VideoFacts, plan: PreparePlan): string | null {
  const track = chosenAudio(facts, plan.soundTrack);
  if (!track || !plan.output.hasAudio) return null;
  const { from } = trimSeconds(facts, plan.trim);
  const start = fixed(facts.startSeconds + from);
  const seconds = fixed(plan.output.durationSeconds);
  const end = fixed(facts.startSeconds + from + plan.output.durationSeconds);
  const filters = [
    `atrim=start=${start}:end=${end}`,
    `asetpts=PTS-${start}/TB`,
    'aresample=48000:async=1:first_pts=0',
    'aformat=sample_fmts=fltp:channel_layouts=stereo',
    'apad',
    `atrim=end=${seconds}`,
  ];
  return `[0:${track.index}]${filters.join(',')}[a]`;
}

/** Bits per second that keep the file inside the limit whatever it shows. */
export function maxVideoBitRate(plan: PreparePlan, share = SIZE_SHARE): number {
  const { durationSeconds, hasAudio } = plan.output;
  const whole = (limitsOfPlan(plan).maxBytes * 8 * share) / durationSeconds;
  return Math.floor(whole - (hasAudio ? audioBitRate * 1.05 : 0));
}

const noCopies = ['-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'];
const container = ['-movflags', '+faststart', '-f', 'mp4'];
const audioCodec = ['-c:a', 'aac', '-b:a', String(audioBitRate), '-ar', '48000', '-ac', '2'];
const colorTags = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'];

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
}

export function reencodeArgs(facts: VideoFacts, plan: PreparePlan, options: EncodeOptions): FfmpegArgs {
  const { features } = options;
  const audio = audioChain(facts, plan);
  const filters = [videoChain(facts, plan, features), ...(audio ? [audio] : [])].join(';');
  const { preset, crf } = x264[plan.preset];
  const maxRate = maxVideoBitRate(plan, options.sizeShare);
  const rate = `${plan.output.frameRate.num}/${plan.output.frameRate.den}`;
  const keyframes = Math.max(1, Math.round(rateToNumber(plan.output.frameRate) * 2));
  const { from } = trimSeconds(facts, plan.trim);
  return {
    inputOptions: absoluteInput(options.withoutSeek ? null : seekSeconds(facts, from)),
    outputOptions: [
      ...['-filter_complex', filters, '-map', '[v]', ...(audio ? ['-map', '[a]'] : []), ...noCopies],
      ...['-c:v', 'libx264', '-preset', preset, '-crf', String(crf), '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
      ...['-maxrate', String(maxRate), '-bufsize', String(maxRate), '-g', String(keyframes)],
      ...[features.hasFpsMode ? '-fps_mode' : '-vsync', 'cfr', '-r', rate],
      ...['-frames:v', String(plan.output.frameCount), ...colorTags, ...(audio ? audioCodec : ['-an'])],
      ...['-max_muxing_queue_size', '4096', ...container],
    ],
  };
}

function keyframeSeconds({ cuts }: VideoFacts, frame: number): number {
  const seconds = cuts?.startsSeconds[cuts.starts.indexOf(frame)];
  if (seconds === undefined) throw new RestageError('internal', { detail: `frame ${frame} is no clean keyframe` });
  return seconds;
}

/** Old builds seek a little too far back where there are B-frames: what comes before the in point must not be written. */
const noPrior = ['-copypriorss', '0'];

/** Copies the pictures from a clean keyframe on; the sound is encoded anew, because AAC packets do not end at pictures. */
export function remuxArgs(facts: VideoFacts, plan: PreparePlan): FfmpegArgs {
  const track = chosenAudio(facts, plan.soundTrack);
  const seconds = fixed(framesToSeconds(plan.output.frameCount, facts.frameRate));
  const sound = track
    ? [
        '-map',
        `0:${track.index}`,
        '-af',
        `aresample=48000:async=1:first_pts=0,apad,atrim=end=${seconds}`,
        ...audioCodec,
      ]
    : ['-an'];
  return {
    // The keyframe's own stamp: a hair earlier lands on the one before, a hair later hides this one behind an edit list.
    inputOptions:
      plan.trim.from > 0 ? ['-seek_timestamp', '1', '-ss', fixed(keyframeSeconds(facts, plan.trim.from))] : [],
    outputOptions: [
      ...[
        '-map',
        `0:${facts.videoStreamIndex}`,
        '-c:v',
        'copy',
        ...noPrior,
        '-frames:v',
        String(plan.output.frameCount),
      ],
      ...[...sound, ...noCopies, '-max_muxing_queue_size', '4096', ...container],
    ],
  };
}
