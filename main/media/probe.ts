/** What ffprobe says about a file: its streams as checked JSON, and the stamps of its pictures. */
import { z } from 'zod';
import { RestageError } from '../../shared/errors.ts';
import { fileUrl, inputGuard, runPipe, runText } from './ffmpeg.ts';

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
}

const PROBE_DEADLINE_MS = 60_000;
/** Beyond this, reading every packet would take longer than a person waits. */
const COUNT_LIMIT = { bytes: 3_000_000_000, seconds: 3_600 };
const SAMPLE_SECONDS = 60;

/** Null when ffprobe cannot make anything of the file. */
export async function probeStreams(options: ProbeOptions): Promise<{ answer: ProbeAnswer | null; detail: string }> {
  const args = ['-v', 'error', ...inputGuard, '-of', 'json', '-show_format', '-show_streams', fileUrl(options.path)];
  const run = { command: options.ffprobe, args, signal: options.signal, deadlineMs: PROBE_DEADLINE_MS };
  const { stdout, stderr, exitCode } = await runText(run);
  if (exitCode !== 0) return { answer: null, detail: stderr.trim().slice(-500) };
  try {
    return { answer: probeSchema.parse(JSON.parse(stdout)), detail: stderr.trim().slice(-500) };
  } catch (error) {
    throw new RestageError('toolFailed', { detail: `ffprobe wrote something unexpected: ${String(error)}` });
  }
}

/** Adds one `pts,dts,duration,flags` line. */
function addPacket(packets: Packets, line: string): void {
  const [pts, dts, duration, flags = ''] = line.split(',');
  if (flags.includes('D')) {
    packets.hiddenCount += 1;
    return;
  }
  const seconds = Number(pts === 'N/A' ? dts : pts);
  if (line === '' || !Number.isFinite(seconds)) return;
  packets.ptsSeconds.push(seconds);
  packets.isKeyframe.push(flags.includes('K'));
  if (seconds >= packets.latestSeconds) {
    packets.latestSeconds = seconds;
    packets.lastDurationSeconds = Number.isFinite(Number(duration)) ? Number(duration) : null;
  }
}

/** Counts pictures and reads their stamps from the packets: exact, without decoding. */
export async function probePackets(
  options: ProbeOptions & { streamIndex: number; sizeBytes: number; declaredSeconds: number | null },
): Promise<Packets> {
  const isWhole = options.sizeBytes <= COUNT_LIMIT.bytes && (options.declaredSeconds ?? 0) <= COUNT_LIMIT.seconds;
  const packets: Packets = {
    ptsSeconds: [],
    isKeyframe: [],
    lastDurationSeconds: null,
    latestSeconds: Number.NEGATIVE_INFINITY,
    hiddenCount: 0,
    isWhole,
  };
  const interval = isWhole ? [] : ['-read_intervals', `%+${SAMPLE_SECONDS}`];
  const select = ['-select_streams', String(options.streamIndex)];
  const entries = ['-show_entries', 'packet=pts_time,dts_time,duration_time,flags', '-of', 'csv=p=0'];
  const args = ['-v', 'error', ...inputGuard, ...interval, ...select, ...entries, fileUrl(options.path)];
  let pending = '';
  await runPipe({
    command: options.ffprobe,
    args,
    signal: options.signal,
    deadlineMs: PROBE_DEADLINE_MS * 2,
    onStdout: (chunk) => {
      const lines = (pending + chunk.toString('utf8')).split('\n');
      pending = lines.pop() ?? '';
      for (const line of lines) addPacket(packets, line.trim());
    },
  });
  return packets;
}
