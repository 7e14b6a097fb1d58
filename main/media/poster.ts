/** The first shown frame of a clip as a small JPEG. */
import { writeFile } from 'node:fs/promises';
import type { VideoFacts } from '../../shared/contract/media.ts';
import { RestageError } from '../../shared/errors.ts';
import { fileUrl, inputGuard, runPipe } from './ffmpeg.ts';
import { writeAtomically } from './files.ts';
import type { Features } from './tools.ts';

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

/** HDR in a small still: mapped where the build can, else shown as it is. */
export function stillFilters(facts: VideoFacts, features: Features, maxPx: number): string {
  const { width, height } = fitInside(facts, maxPx);
  const range = facts.colorRange === 'pc' ? 'full' : 'limited';
  const mapped =
    facts.isHdr && features.hasZscale && features.hasTonemap
      ? `,zscale=pin=2020:tin=${facts.colorTransfer}:min=2020_ncl:rin=${range}:t=linear:npl=100,format=gbrpf32le,` +
        'zscale=p=709,tonemap=tonemap=hable:desat=0,zscale=t=709:m=709:r=limited'
      : '';
  return `scale=${width}:${height}:flags=bicubic${mapped},setsar=1,format=yuvj420p`;
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
      ...['-hide_banner', '-nostdin', '-v', 'error', ...inputGuard, '-i', fileUrl(source)],
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
