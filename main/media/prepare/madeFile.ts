/** Decodes a prepared file to its end: every picture small, its sound, and what the decoders complained about. */
import { RestageError } from '../../../shared/errors.ts';
import { fileUrl, inputGuard, runPipe } from '../ffmpeg.ts';
import type { Encoder } from '../tools.ts';
import { createPictureSplitter, madeFilters, pictureBytes, type SmallShape } from '../verify/lookSource.ts';
import { CHECK_RATE } from '../verify/soundCheck.ts';

export interface DecodeOptions {
  encoder: Encoder;
  path: string;
  /** Of the expected pictures, for the deadline. */
  frameCount: number;
  signal?: AbortSignal | undefined;
}

/** A muxer's remarks about stamps are not the decoder's: only the latter mean damage. */
const complaint = /^\[(?:h264|aac|hevc)[^\]]*@|error while decoding|corrupt|invalid data|missing picture/i;

async function decode(options: DecodeOptions, output: readonly string[], onStdout: (chunk: Buffer) => void) {
  const outcome = await runPipe({
    command: options.encoder.path,
    args: [
      ...['-hide_banner', '-nostdin', '-v', 'error', '-nostats', ...inputGuard],
      ...['-i', fileUrl(options.path), ...output, 'pipe:1'],
    ],
    signal: options.signal,
    deadlineMs: 60_000 + options.frameCount * 500,
    priority: 'preparation',
    onStdout,
  });
  if (outcome.exitCode !== 0) throw new RestageError('toolFailed', { detail: outcome.stderr.slice(-1_000) });
  return outcome.stderr
    .split('\n')
    .filter((line) => complaint.test(line))
    .slice(0, 5)
    .join('\n');
}

/** Every picture, in order, and the complaints; empty when there are none. */
export async function decodePictures(
  options: DecodeOptions,
  shape: SmallShape,
): Promise<{ pictures: Uint8Array[]; complaints: string }> {
  const pictures: Uint8Array[] = [];
  const passthrough = options.encoder.features.hasFpsMode ? ['-fps_mode', 'passthrough'] : ['-vsync', '0'];
  const output = ['-map', '0:v:0', '-an', '-vf', madeFilters(shape), ...passthrough, '-f', 'rawvideo'];
  const split = createPictureSplitter(pictureBytes(shape), (picture) => pictures.push(picture));
  return { pictures, complaints: await decode(options, output, split) };
}

/** 16-bit bytes as they come, as samples. */
export function samplesOf(chunks: readonly Buffer[]): Int16Array {
  const bytes = Buffer.concat(chunks);
  const samples = new Int16Array(Math.floor(bytes.length / 2));
  for (let i = 0; i < samples.length; i += 1) samples[i] = bytes.readInt16LE(i * 2);
  return samples;
}

/** The sound as mono at the rate of the check. */
export async function decodeSound(options: DecodeOptions): Promise<{ samples: Int16Array; complaints: string }> {
  const chunks: Buffer[] = [];
  const output = ['-map', '0:a:0', '-vn', '-ac', '1', '-ar', String(CHECK_RATE), '-f', 's16le'];
  const complaints = await decode(options, output, (chunk) => chunks.push(chunk));
  return { samples: samplesOf(chunks), complaints };
}
