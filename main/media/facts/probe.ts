/** What ffprobe says about a file: its streams as checked JSON. */
import { z } from 'zod';
import { RestageError, refused } from '../../../shared/errors.ts';
import { fileUrl, inputGuard, OutputError, runText } from '../ffmpeg.ts';

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
  codec_tag_string: z.string().optional(),
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
    .array(
      z.looseObject({
        side_data_type: z.string().optional(),
        rotation: z.number().optional(),
        /** Three rows of three numbers, 16.16 and 2.30 fixed point, as a dump with addresses. */
        displaymatrix: z.string().optional(),
        dv_profile: z.number().int().optional(),
        dv_bl_signal_compatibility_id: z.number().int().optional(),
      }),
    )
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

export const msUntil = (endMs: number) => Math.max(1, Math.ceil(endMs - performance.now()));

/** What ffprobe may say of streams and container: a few hundred streams with their tags. */
const MAX_ANSWER_BYTES = 2_000_000;
/** No single table or picture takes more memory than this. */
export const memoryGuard = ['-max_alloc', '1000000000'];

/** A file that makes ffprobe talk without end is the file's fault, not the tool's. */
export function refuseTooMuch(error: unknown): never {
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
