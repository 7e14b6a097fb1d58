/** Pictures of a clip in one row, evenly spread over its length: a card shows the one under the pointer. */
import { writeFile } from 'node:fs/promises';
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { RestageError } from '../../../shared/errors.ts';
import { stripPictures } from '../../../shared/media/mediaUrl.ts';
import { fileUrl, inputGuard, runPipe } from '../ffmpeg.ts';
import { writeAtomically } from '../files.ts';
import { sourceOptions } from '../prepare/sourceInput.ts';
import type { Features } from '../tools.ts';
import { stillFilters } from './poster.ts';

/** Of each picture: a large card at a device ratio of one, and a row that stays under 4,000 pixels. */
const PICTURE_MAX_PX = 240;
const DEADLINE_MS = 120_000;
const SMALLEST_JPEG_BYTES = 100;

export async function makeStrip(options: {
  ffmpeg: string;
  features: Features;
  source: string;
  facts: VideoFacts;
  output: string;
  signal?: AbortSignal | undefined;
}): Promise<void> {
  const { facts, source, output } = options;
  const seconds = Math.max(facts.durationSeconds, 0.1);
  const spread = `fps=${stripPictures}/${seconds.toFixed(3)}:round=down`;
  const fill = `tpad=stop_mode=clone:stop=${stripPictures}`;
  const look = [stillFilters(facts, options.features, PICTURE_MAX_PX), fill, `tile=${stripPictures}x1`];
  const filters = [spread, ...look].join(',');
  const chunks: Buffer[] = [];
  const outcome = await runPipe({
    command: options.ffmpeg,
    args: [
      ...['-hide_banner', '-nostdin', '-v', 'error', ...inputGuard, ...sourceOptions(facts), '-i', fileUrl(source)],
      ...['-map', `0:${facts.videoStreamIndex}`, '-frames:v', '1', '-vf', filters],
      ...['-c:v', 'mjpeg', '-q:v', '5', '-f', 'image2pipe', 'pipe:1'],
    ],
    signal: options.signal,
    deadlineMs: DEADLINE_MS,
    onStdout: (chunk) => chunks.push(chunk),
  });
  const picture = Buffer.concat(chunks);
  if (outcome.exitCode !== 0 || picture.length < SMALLEST_JPEG_BYTES)
    throw new RestageError('toolFailed', { detail: outcome.stderr.slice(-1_000) });
  await writeAtomically(output, (temporary) => writeFile(temporary, picture));
}
