/** The first shown frame of a clip as a small JPEG. */
import { writeFile } from 'node:fs/promises';
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { RestageError } from '../../../shared/errors.ts';
import { fileUrl, inputGuard, runPipe } from '../ffmpeg.ts';
import { writeAtomically } from '../files.ts';
import { colorDeal, colorFilters, needsColorTools, scalerColor } from '../plan/color.ts';
import { sourceOptions, uprightFilters } from '../prepare/sourceInput.ts';
import type { Features } from '../tools.ts';

export const POSTER_MAX_PX = 480;

const DEADLINE_MS = 60_000;
const SMALLEST_JPEG_BYTES = 100;

/** Sides that fit into `maxPx`, never enlarged, even. */
export function fitInside(
  facts: Pick<VideoFacts, 'width' | 'height'>,
  maxPx: number,
): { width: number; height: number } {
  const factor = Math.min(1, maxPx / Math.max(facts.width, facts.height));
  const side = (value: number) => Math.max(2, Math.round((value * factor) / 2) * 2);
  return { width: side(facts.width), height: side(facts.height) };
}

function toSize(facts: VideoFacts, maxPx: number): string[] {
  const { width, height } = fitInside(facts, maxPx);
  return [...uprightFilters(facts), `scale=${width}:${height}:flags=bicubic${scalerColor(colorDeal(facts))}`];
}

/** Small pictures as video: upright, BT.709. A build that lacks the tools for it, or tags that nobody knows: as they are. */
export function smallFilters(facts: VideoFacts, features: Features, maxPx: number): string {
  const canConvert = !needsColorTools(colorDeal(facts)) || (features.hasZscale && features.hasTonemap);
  const color = canConvert ? colorFilters(facts) : ['format=yuv420p'];
  return [...toSize(facts, maxPx), ...color, 'setsar=1'].join(',');
}

/** Small stills: as above, in the colours that JPEG has (BT.601, full range). */
export function stillFilters(facts: VideoFacts, features: Features, maxPx: number): string {
  const jpeg = 'scale=in_color_matrix=bt709:in_range=tv:out_color_matrix=bt601:out_range=full';
  return `${smallFilters(facts, features, maxPx)},${jpeg},format=yuvj420p`;
}

export async function makeVideoPoster(options: {
  ffmpeg: string;
  features: Features;
  source: string;
  facts: VideoFacts;
  output: string;
  signal?: AbortSignal | undefined;
}): Promise<void> {
  const { facts, source, output } = options;
  const chunks: Buffer[] = [];
  const filters = stillFilters(facts, options.features, POSTER_MAX_PX);
  const outcome = await runPipe({
    command: options.ffmpeg,
    args: [
      ...['-hide_banner', '-nostdin', '-v', 'error', ...inputGuard, ...sourceOptions(facts), '-i', fileUrl(source)],
      ...['-map', `0:${facts.videoStreamIndex}`, '-frames:v', '1', '-vf', filters],
      ...['-c:v', 'mjpeg', '-q:v', '4', '-f', 'image2pipe', 'pipe:1'],
    ],
    signal: options.signal,
    deadlineMs: DEADLINE_MS,
    onStdout: (chunk) => chunks.push(chunk),
  });
  const picture = Buffer.concat(chunks);
  if (outcome.exitCode !== 0 || picture.length < SMALLEST_JPEG_BYTES) {
    throw new RestageError('toolFailed', { detail: outcome.stderr.slice(-1_000) });
  }
  await writeAtomically(output, (temporary) => writeFile(temporary, picture));
}
