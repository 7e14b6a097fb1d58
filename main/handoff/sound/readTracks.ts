/** What is heard and seen over a stretch of a clip, small enough to compare: mono samples, grey thumbnails, and its sound in full. */
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { RestageError } from '../../../shared/errors.ts';
import type { FrameRate } from '../../../shared/time/timecode.ts';
import { fileUrl, inputGuard, runEncode, runPipe } from '../../media/ffmpeg.ts';
import { samplesOf } from '../../media/prepare/madeFile.ts';
import { soundByStamps, sourceOptions, uprightFilters } from '../../media/prepare/sourceInput.ts';
import type { Encoder } from '../../media/tools.ts';
import { createPictureSplitter } from '../../media/verify/lookSource.ts';
import { LISTEN_RATE } from './soundLag.ts';

/** Seconds of the file's own clock. */
export interface Stretch {
  fromSeconds: number;
  toSeconds: number;
}

interface ReadOptions {
  encoder: Encoder;
  path: string;
  stretch: Stretch;
  signal: AbortSignal;
}

const fixed = (seconds: number) => seconds.toFixed(6);

/** Containers whose index says where things lie; the others are read from far before. */
const indexed = new Set(['mp4', 'mov', 'matroska', 'webm']);
const ROOM_SECONDS = 1;

function seekOf(facts: VideoFacts, fromSeconds: number, roomSeconds: number): string[] {
  const room = indexed.has(facts.container) ? roomSeconds : 120;
  if (facts.isStampedByOrder || fromSeconds <= room) return [];
  return ['-seek_timestamp', '1', '-ss', fixed(fromSeconds - room)];
}

const deadlineOf = (facts: VideoFacts | null, { fromSeconds, toSeconds }: Stretch) =>
  120_000 + (toSeconds - fromSeconds) * 4_000 + (facts?.durationSeconds ?? 0) * 500;

async function pipe(options: ReadOptions, deadlineMs: number, args: readonly string[], onStdout: (c: Buffer) => void) {
  const outcome = await runPipe({
    command: options.encoder.path,
    args: ['-hide_banner', '-nostdin', '-v', 'error', '-nostats', ...args, 'pipe:1'],
    signal: options.signal,
    priority: 'preparation',
    deadlineMs,
    onStdout,
  });
  if (outcome.exitCode !== 0) throw new RestageError('toolFailed', { detail: outcome.stderr.slice(-1_000) });
}

/**
 * The stretch of one track as mono samples at LISTEN_RATE, silence where there is none: sample 0 lies at `fromSeconds`, which may be
 * before the file begins. `facts`: of a file that may be long; without them it is read from its beginning.
 */
export async function listenTo(options: ReadOptions & { track: number; facts?: VideoFacts }): Promise<Int16Array> {
  const { stretch, facts, track } = options;
  const { fromSeconds, toSeconds } = stretch;
  const start = fromSeconds > 0 ? `atrim=start=${fixed(fromSeconds)}:end=` : 'atrim=end=';
  const filters = [
    `${start}${fixed(toSeconds)}`,
    `asetpts=PTS-(${fixed(fromSeconds)})/TB`,
    soundByStamps(LISTEN_RATE),
    'apad',
    `atrim=end=${fixed(toSeconds - fromSeconds)}`,
  ].join(',');
  const chunks: Buffer[] = [];
  const seek = facts ? seekOf(facts, fromSeconds, ROOM_SECONDS) : [];
  const input = [...inputGuard, '-copyts', '-noaccurate_seek', ...seek, '-i', fileUrl(options.path)];
  const output = ['-map', `0:${track}`, '-vn', '-af', filters, '-ac', '1', '-f', 's16le'];
  await pipe(options, deadlineOf(facts ?? null, stretch), [...input, ...output], (chunk) => chunks.push(chunk));
  return samplesOf(chunks);
}

const SMALL_PX = 32;

/** Grey thumbnails of a stretch at `rate`, the first at `fromSeconds`: whole pictures squeezed into a square. */
export async function watch(options: ReadOptions & { facts: VideoFacts; rate: FrameRate }): Promise<Uint8Array[]> {
  const { stretch, facts, rate, encoder } = options;
  const { fromSeconds, toSeconds } = stretch;
  const half = facts.frameRate.den / facts.frameRate.num / 2;
  const filters = [
    `trim=start=${fixed(fromSeconds - half)}:end=${fixed(toSeconds)}`,
    'settb=1/1000000',
    `setpts=PTS-(${fixed(fromSeconds)})/TB`,
    `fps=fps=${rate.num}/${rate.den}:start_time=0:round=near`,
    ...uprightFilters(facts),
    `scale=${SMALL_PX}:${SMALL_PX}:flags=area`,
    'format=gray',
  ].join(',');
  const pictures: Uint8Array[] = [];
  const split = createPictureSplitter(SMALL_PX * SMALL_PX, (picture) => pictures.push(picture));
  const seek = seekOf(facts, fromSeconds, Math.min(30, (facts.keyframeGapSeconds ?? 5) * 2 + 1));
  const args = [
    // Deblocking is invisible at this size.
    ...[...inputGuard, ...sourceOptions(facts), '-skip_loop_filter', 'all', '-copyts', '-noaccurate_seek', ...seek],
    ...['-i', fileUrl(options.path), '-map', `0:${facts.videoStreamIndex}`, '-an', '-sn', '-dn', '-vf', filters],
    ...(encoder.features.hasFpsMode ? ['-fps_mode', 'passthrough'] : ['-vsync', '0']),
    ...['-f', 'rawvideo'],
  ];
  await pipe(options, deadlineOf(facts, stretch), args, split);
  return pictures;
}

export interface TakenSound {
  channels: number;
  /** Bytes of samples are kept where the source has more than 16 bits. */
  codec: 'pcm_s16le' | 'pcm_s24le';
}

const fine = /^(pcm_[sf](24|32|64)|flac|alac|wavpack|truehd)/;

/** How the track is taken out: its own channels, and 24 bits where it has more than 16. */
export const takenAs = ({ channels, codec }: VideoFacts['audio'][number]): TakenSound => ({
  channels: Math.max(1, Math.min(8, channels)),
  codec: fine.test(codec) ? 'pcm_s24le' : 'pcm_s16le',
});

/**
 * Takes a track's stretch out of its file at 48 kHz, with its own stamps, into a file of ours: there what changes in mid-stream is of
 * one kind, and nothing has to be sought in it any more.
 */
export async function takeSound(
  options: ReadOptions & { facts: VideoFacts; track: VideoFacts['audio'][number]; output: string },
): Promise<void> {
  const { facts, track, stretch } = options;
  const { channels, codec } = takenAs(track);
  await runEncode({
    command: options.encoder.path,
    inputOptions: ['-copyts', '-noaccurate_seek', ...seekOf(facts, stretch.fromSeconds, ROOM_SECONDS)],
    source: options.path,
    outputOptions: [
      ...['-map', `0:${track.index}`, '-vn', '-sn', '-dn', '-af', `atrim=end=${fixed(stretch.toSeconds)}`],
      ...['-ar', '48000', '-ac', String(channels), '-c:a', codec, '-f', 'nut'],
    ],
    output: options.output,
    durationSeconds: stretch.toSeconds - stretch.fromSeconds,
    deadlineMs: deadlineOf(facts, stretch),
    signal: options.signal,
  });
}
