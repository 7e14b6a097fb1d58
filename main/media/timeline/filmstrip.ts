/** Pictures spread evenly over a clip, from one process that decodes keyframes alone where those are dense enough. */
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { RestageError } from '../../../shared/errors.ts';
import { fileUrl, inputGuard, runPipe } from '../ffmpeg.ts';
import { countedStamps, fineClock, keyframesOnly, sourceOptions, standingLast } from '../prepare/sourceInput.ts';
import type { Features } from '../tools.ts';
import { createJpegSplitter } from './jpegSplitter.ts';
import { fitInside, stillFilters } from './poster.ts';

const PICTURE_MAX_PX = 160;

interface FilmstripShape {
  count: number;
  width: number;
  height: number;
}

/** About one picture a second, 12 at least and 60 at most. */
export function filmstripShape(facts: VideoFacts): FilmstripShape {
  const count = Math.max(12, Math.min(60, Math.round(facts.durationSeconds)));
  return { count, ...fitInside(facts, PICTURE_MAX_PX) };
}

/** Keyframes rarer than pictures would repeat themselves: then everything is decoded. */
function usesKeyframes(facts: VideoFacts): boolean {
  const spacing = facts.durationSeconds / filmstripShape(facts).count;
  if (facts.isStampedByOrder) return false;
  return facts.keyframeGapSeconds !== null && (facts.keyframeGapSeconds ?? Number.POSITIVE_INFINITY) <= spacing * 1.5;
}

function filmstripArgs(facts: VideoFacts, features: Features): string[] {
  const { count } = filmstripShape(facts);
  const zero = facts.startSeconds.toFixed(6);
  // Picture n shows the middle of its stretch; `up` takes what is on screen then.
  const step = facts.durationSeconds / count;
  const middle = (facts.startSeconds + step / 2).toFixed(6);
  // Where stamps are those of decoding, pictures are told by their number.
  const own = facts.isStampedByOrder && facts.isConstantRate ? countedStamps(facts) : [];
  const clock = `${fineClock},setpts=PTS-${usesKeyframes(facts) ? zero : middle}/TB`;
  const spread = `${clock},${standingLast(step)},fps=fps=1/${step.toFixed(6)}:start_time=0:round=up`;
  const fill = `tpad=stop_mode=clone:stop=${count},trim=end_frame=${count}`;
  return [
    ...(usesKeyframes(facts) ? keyframesOnly(facts) : ['-skip_loop_filter', 'all']),
    ...[...sourceOptions(facts), '-copyts', '-i'],
    ...['-map', `0:${facts.videoStreamIndex}`, '-an', '-sn', '-dn'],
    ...['-vf', `${[...own, spread].join(',')},${stillFilters(facts, features, PICTURE_MAX_PX)},${fill}`],
    ...[features.hasFpsMode ? '-fps_mode' : '-vsync', features.hasFpsMode ? 'passthrough' : '0'],
    ...['-c:v', 'mjpeg', '-q:v', '5', '-f', 'image2pipe', 'pipe:1'],
  ];
}

/** Calls `onPicture` for each picture as soon as it is decoded. */
export async function makeFilmstrip(options: {
  ffmpeg: string;
  features: Features;
  source: string;
  facts: VideoFacts;
  signal: AbortSignal;
  onPicture: (n: number, picture: Buffer) => void;
}): Promise<void> {
  const args = filmstripArgs(options.facts, options.features);
  const inputAt = args.indexOf('-i') + 1;
  let n = 0;
  const split = createJpegSplitter((picture) => {
    options.onPicture(n, Buffer.from(picture));
    n += 1;
  });
  const megapixels = (options.facts.codedWidth * options.facts.codedHeight) / 1_000_000;
  const outcome = await runPipe({
    command: options.ffmpeg,
    args: [
      ...['-hide_banner', '-nostdin', '-v', 'error', ...inputGuard],
      ...args.toSpliced(inputAt, 0, fileUrl(options.source)),
    ],
    signal: options.signal,
    priority: 'background',
    deadlineMs: 120_000 + options.facts.durationSeconds * megapixels * 2_000,
    onStdout: split,
  });
  if (outcome.exitCode !== 0 || n === 0) throw new RestageError('toolFailed', { detail: outcome.stderr.slice(-1_000) });
}
