/** ffmpeg's arguments for a copy of a result, from its plan. Pure: knows no paths and starts nothing. */
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { conformPresets } from '../../../shared/handoff/conformPresets.ts';
import { isSameRate, speedUp } from '../../../shared/handoff/conformRate.ts';
import type { FrameRate } from '../../../shared/time/timecode.ts';
import { asNumbered, type FfmpegArgs, fixed, noCopies } from '../../media/prepare/encodeArgs.ts';
import { fineClock, soundByStamps, sourceOptions, uprightFilters } from '../../media/prepare/sourceInput.ts';
import type { Features } from '../../media/tools.ts';
import type { CopyPlan } from './planCopy.ts';

const RATE_HZ = 48_000;

/** The sound that goes into the copy, on the clock of its own file. */
export interface CopySound {
  /** `beside`: the second input, track 0; else a track of the result itself. */
  from: 'beside' | { track: number };
  /** What of that clock is heard with the copy's first picture; may lie before the file begins. */
  startSeconds: number;
  channels: number;
  codec: 'pcm_s16le' | 'pcm_s24le';
}

const renumber = (rate: FrameRate) => [`settb=${rate.den}/${rate.num}`, 'setpts=N'];

/** No picture is blended: each of the copy is the one on screen in the middle of its time, as `frames` of the plan lists them. */
function timing(facts: VideoFacts, plan: CopyPlan): string[] {
  const { frameRate, frameCount, options } = plan;
  const own = renumber(frameRate);
  const atRate = `fps=fps=${frameRate.num}/${frameRate.den}:start_time=0:round=near`;
  const end = [`tpad=stop_mode=clone:stop=${frameCount}`, `trim=end_frame=${frameCount}`, ...own];
  if (!facts.isConstantRate) {
    return [fineClock, `setpts=PTS-${fixed(facts.startSeconds)}/TB`, atRate, ...end];
  }
  if (options.isRestamped || isSameRate(facts.frameRate, frameRate)) return own;
  return [...renumber(facts.frameRate), atRate, ...end];
}

function pictureChain(facts: VideoFacts, plan: CopyPlan): string {
  const { geometry, color, options } = plan;
  const { picture, width, height } = geometry;
  const range = color.isFullRange ? ':in_range=full:out_range=limited' : '';
  const isPadded = picture.width !== width || picture.height !== height;
  const filters = [
    ...uprightFilters(facts),
    ...timing(facts, plan),
    `scale=${picture.width}:${picture.height}:flags=lanczos+accurate_rnd+full_chroma_int${range}`,
    `format=${conformPresets[options.preset].pixelFormat}`,
    ...(isPadded ? [`pad=${width}:${height}:${picture.x}:${picture.y}:color=black`] : []),
    'setsar=1',
    // ProRes writes the colours of its pictures, not those of its stream.
    `setparams=range=limited:color_primaries=${color.primaries}:color_trc=${color.transfer}:colorspace=${color.matrix}`,
  ];
  return `[0:${facts.videoStreamIndex}]${filters.join(',')}[v]`;
}

function soundChain(facts: VideoFacts, plan: CopyPlan, sound: CopySound): string {
  const { from, startSeconds, channels } = sound;
  const by = plan.options.isRestamped ? speedUp(facts.frameRate, plan.frameRate) : 0;
  const filters = [
    // Before a file begins there is silence, not a stamp to cut at.
    ...(startSeconds > 0 ? [`atrim=start=${fixed(startSeconds)}`] : []),
    `asetpts=PTS-(${fixed(startSeconds)})/TB`,
    soundByStamps(RATE_HZ),
    // Faster pictures, faster sound, and higher by as much, as on film.
    ...(by === 0 ? [] : [`asetrate=${Math.round(RATE_HZ * (1 + by))}`, `aresample=${RATE_HZ}`]),
    'apad',
    `atrim=end=${fixed(plan.seconds)}`,
    ...(channels <= 2 ? [`aformat=channel_layouts=${channels === 1 ? 'mono' : 'stereo'}`] : []),
  ];
  return `[${from === 'beside' ? '1:0' : `0:${from.track}`}]${filters.join(',')}[a]`;
}

function pictureCodec(plan: CopyPlan): string[] {
  const { encoder, profile, tag, pixelFormat } = conformPresets[plan.options.preset];
  const common = ['-c:v', encoder, '-profile:v', profile, '-pix_fmt', pixelFormat, '-tag:v', tag];
  if (encoder === 'prores_ks') return [...common, '-vendor', 'apl0'];
  if (encoder === 'dnxhd') return common;
  const second = Math.max(1, Math.round(plan.frameRate.num / plan.frameRate.den));
  // A keyframe each half second: a timeline jumps about in it.
  return [...common, '-preset', 'fast', '-crf', '16', '-g', String(Math.max(1, Math.round(second / 2)))];
}

function soundCodec(plan: CopyPlan, sound: CopySound): string[] {
  if (plan.extension === 'mov') return ['-c:a', sound.codec, '-ar', String(RATE_HZ), '-ac', String(sound.channels)];
  const channels = Math.min(2, sound.channels);
  return ['-c:a', 'aac', '-b:a', '320k', '-ar', String(RATE_HZ), '-ac', String(channels)];
}

export interface CopyArgsOptions {
  features: Pick<Features, 'hasFpsMode'>;
  sound: CopySound | null;
  /** For the copy's metadata; null: none. */
  comment: string | null;
}

export function copyArgs(facts: VideoFacts, plan: CopyPlan, options: CopyArgsOptions): FfmpegArgs {
  const { sound, comment, features } = options;
  const { color, timecode, frameRate, extension } = plan;
  const graphs = [pictureChain(facts, plan), ...(sound ? [soundChain(facts, plan, sound)] : [])];
  return {
    inputOptions: [...sourceOptions(facts), '-copyts'],
    outputOptions: [
      ...graphs.flatMap((graph) => ['-filter_complex', graph]),
      ...['-map', '[v]', ...(sound ? ['-map', '[a]'] : ['-an']), ...noCopies],
      ...[...pictureCodec(plan), ...asNumbered(features, `${frameRate.num}/${frameRate.den}`)],
      ...['-color_primaries', color.primaries, '-color_trc', color.transfer, '-colorspace', color.matrix],
      ...['-color_range', 'tv', ...(sound ? soundCodec(plan, sound) : [])],
      ...['-metadata', `title=${plan.title}`, ...(comment === null ? [] : ['-metadata', `comment=${comment}`])],
      ...(timecode === null ? [] : ['-timecode', timecode]),
      ...['-max_muxing_queue_size', '4096', '-movflags', `+write_colr${extension === 'mp4' ? '+faststart' : ''}`],
      ...['-f', extension],
    ],
  };
}
