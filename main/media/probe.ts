/** What ffprobe says about a file: its streams as checked JSON, and the stamps of its pictures. */
import { z } from 'zod';
import { RestageError, refused } from '../../shared/errors.ts';
import { fileUrl, inputGuard, OutputError, runPipe, runText } from './ffmpeg.ts';

const numeric = z
  .union([z.string(), z.number()])
  .optional()
  .transform((value) => {
    const number = value === undefined ? Number.NaN : Number(value);
    return Number.isFinite(number) ? number : null;
  });

const streamSchema = z.object({
  index: z.number().int(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  profile: z.string().optional(),
  pix_fmt: z.string().optional(),
  width: z.number().int().optional(),
  height: z.number().int().optional(),
  sample_aspect_ratio: z.string().optional(),
  field_order: z.string().optional(),
  color_range: z.string().optional(),
  color_primaries: z.string().optional(),
  color_transfer: z.string().optional(),
  color_space: z.string().optional(),
  r_frame_rate: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  bits_per_raw_sample: numeric,
  bit_rate: numeric,
  start_time: numeric,
  duration: numeric,
  channels: z.number().int().optional(),
  sample_rate: numeric,
  disposition: z.record(z.string(), z.number()).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  side_data_list: z
    .array(z.looseObject({ side_data_type: z.string().optional(), rotation: z.number().optional() }))
    .optional(),
});
export type ProbeStream = z.infer<typeof streamSchema>;

const probeSchema = z.object({
  streams: z.array(streamSchema).default([]),
  format: z
    .object({
      format_name: z.string().default(''),
      start_time: numeric,
      duration: numeric,
      bit_rate: numeric,
      tags: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
});
export type ProbeAnswer = z.infer<typeof probeSchema>;

export interface Packets {
  /** In file order (the order of decoding); pictures that an edit list hides are left out. */
  ptsSeconds: number[];
  isKeyframe: boolean[];
  /** Of the picture that is shown last. */
  lastDurationSeconds: number | null;
  latestSeconds: number;
  hiddenCount: number;
  /** False when only the beginning was read. */
  isWhole: boolean;
}

export interface ProbeOptions {
  ffprobe: string;
  path: string;
  signal?: AbortSignal | undefined;
  /** When both looks at the file have to be over, on the clock of `performance`. */
  endMs: number;
}

/** A look at a file takes what its size takes, from a slow disk too; what is small and takes long was made to. */
export function probeEnd(sizeBytes: number): number {
  const slowBytesPerMs = 20_000;
  return performance.now() + Math.min(120_000, 20_000 + sizeBytes / slowBytesPerMs);
}

const msUntil = (endMs: number) => Math.max(1, Math.ceil(endMs - performance.now()));

/** What ffprobe may say of streams and container: a few hundred streams with their tags. */
const MAX_ANSWER_BYTES = 2_000_000;
/** Of all pictures: an hour at 240 a second. */
const MAX_PACKET_BYTES = 32_000_000;
/** No single table or picture takes more memory than this. */
const memoryGuard = ['-max_alloc', '1000000000'];
/** Beyond this, reading every packet would take longer than a person waits. */
const COUNT_LIMIT = { bytes: 3_000_000_000, seconds: 3_600 };
const SAMPLE_SECONDS = 60;

/** A file that makes ffprobe talk without end is the file's fault, not the tool's. */
function refuseTooMuch(error: unknown): never {
  throw error instanceof OutputError ? refused('file', 'file.absurd') : error;
}

/** Null when ffprobe cannot make anything of the file. */
export async function probeStreams(options: ProbeOptions): Promise<{ answer: ProbeAnswer | null; detail: string }> {
  const args = [
    '-v',
    'error',
    ...memoryGuard,
    ...inputGuard,
    '-of',
    'json',
    '-show_format',
    '-show_streams',
    fileUrl(options.path),
  ];
  const deadlineMs = msUntil(options.endMs);
  const run = { command: options.ffprobe, args, signal: options.signal, deadlineMs, maxStdoutBytes: MAX_ANSWER_BYTES };
  const { stdout, stderr, exitCode } = await runText(run).catch(refuseTooMuch);
  // Ended by a signal: the tool broke, which says nothing about the file.
  if (exitCode === null) throw new RestageError('toolFailed', { detail: `ffprobe crashed: ${stderr.slice(-500)}` });
  if (exitCode !== 0) return { answer: null, detail: stderr.trim().slice(-500) };
  try {
    return { answer: probeSchema.parse(JSON.parse(stdout)), detail: stderr.trim().slice(-500) };
  } catch (error) {
    throw new RestageError('toolFailed', { detail: `ffprobe wrote something unexpected: ${String(error)}` });
  }
}

interface Stamp {
  pts: number | null;
  dts: number | null;
  duration: number | null;
  isKeyframe: boolean;
}

const numberOrNull = (text: string | undefined) => {
  const value = Number(text === '' || text === undefined ? Number.NaN : text);
  return Number.isFinite(value) ? value : null;
};

/** One `pts,dts,duration,flags` line. */
function parsePacket(line: string): { stamp: Stamp; isHidden: boolean } {
  const [pts, dts, duration, flags = ''] = line.split(',');
  const stamp = {
    pts: numberOrNull(pts),
    dts: numberOrNull(dts),
    duration: numberOrNull(duration),
    isKeyframe: flags.includes('K'),
  };
  return { stamp, isHidden: flags.includes('D') };
}

/**
 * When each picture is shown. Containers that do not stamp every picture (AVI, program streams) are read by the order of
 * decoding, which covers the same instants, shifted by the decoder's delay.
 */
export function shownStamps(stamps: readonly Stamp[]): number[] {
  const complete = stamps.flatMap(({ pts }) => (pts === null ? [] : [pts]));
  if (complete.length === stamps.length) return complete;
  const first = stamps[0];
  const delay = first?.pts != null && first.dts !== null ? first.pts - first.dts : 0;
  let next = first?.dts ?? first?.pts ?? 0;
  return stamps.map(({ dts, duration }) => {
    const at = dts ?? next;
    next = at + (duration ?? 0);
    return at + delay;
  });
}

function toPackets(stamps: readonly Stamp[], hiddenCount: number, isWhole: boolean): Packets {
  const ptsSeconds = shownStamps(stamps);
  const latestSeconds = ptsSeconds.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const last = stamps[ptsSeconds.lastIndexOf(latestSeconds)];
  return {
    ptsSeconds,
    isKeyframe: stamps.map((stamp) => stamp.isKeyframe),
    lastDurationSeconds: last?.duration ?? null,
    latestSeconds,
    hiddenCount,
    isWhole,
  };
}

/** Counts pictures and reads their stamps from the packets: exact, without decoding. */
export async function probePackets(
  options: ProbeOptions & { streamIndex: number; sizeBytes: number; declaredSeconds: number | null },
): Promise<Packets> {
  const isWhole = options.sizeBytes <= COUNT_LIMIT.bytes && (options.declaredSeconds ?? 0) <= COUNT_LIMIT.seconds;
  const stamps: Stamp[] = [];
  let hiddenCount = 0;
  const interval = isWhole ? [] : ['-read_intervals', `%+${SAMPLE_SECONDS}`];
  const select = ['-select_streams', String(options.streamIndex)];
  const entries = ['-show_entries', 'packet=pts_time,dts_time,duration_time,flags', '-of', 'csv=p=0'];
  const args = [
    '-v',
    'error',
    ...memoryGuard,
    ...inputGuard,
    ...interval,
    ...select,
    ...entries,
    fileUrl(options.path),
  ];
  let pending = '';
  await runPipe({
    command: options.ffprobe,
    args,
    signal: options.signal,
    deadlineMs: msUntil(options.endMs),
    maxStdoutBytes: MAX_PACKET_BYTES,
    onStdout: (chunk) => {
      const lines = (pending + chunk.toString('utf8')).split('\n');
      pending = lines.pop() ?? '';
      for (const line of lines.filter((text) => text.trim() !== '')) {
        const { stamp, isHidden } = parsePacket(line.trim());
        if (isHidden) hiddenCount += 1;
        else stamps.push(stamp);
      }
    },
  }).catch(refuseTooMuch);
  return toPackets(stamps, hiddenCount, isWhole);
}
