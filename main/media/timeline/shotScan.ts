/** Looks through a clip for cuts, black, freezes and motion: keyframes first where they are dense, then every picture that matters, in the background. */
import type { VideoFacts } from '../../../shared/contract/media.ts';
import type { Shots } from '../../../shared/contract/timeline.ts';
import { RestageError } from '../../../shared/errors.ts';
import { clipLimits } from '../../../shared/rules/limits.ts';
import { rateToNumber } from '../../../shared/time/timecode.ts';
import { fileUrl, inputGuard, runPipe } from '../ffmpeg.ts';
import { fineClock, keyframesOnly, sourceOptions, standingLast, uprightFilters } from '../prepare/sourceInput.ts';
import type { Encoder } from '../tools.ts';
import { createFrameMeter, type FrameSignals } from '../verify/frameMeter.ts';
import { fitInside } from './poster.ts';
import { decideShots } from './shots.ts';

const SCAN_PX = 64;
/** Below this every picture is looked at soon enough without a first look at keyframes. */
const COARSE_FROM_SECONDS = 15;
const COARSE_GAP_SECONDS = 3;
/** Decoding more than this (pictures times megapixels) for marks alone would keep a machine busy for minutes. */
const FULL_SCAN_MEGAPIXELS = 40_000;
/** Neighbouring keyframes of one shot differ by less. */
const COARSE_CHANGE = 0.2;
const MAX_VARIABLE_RATE = 30;

export interface ScanOptions {
  encoder: Encoder;
  source: string;
  facts: VideoFacts;
  signal: AbortSignal;
  /** First marks, from keyframes alone. */
  onCoarse?: (shots: Pick<Shots, 'cuts'>) => void;
}

type Pace = { isKeyframesOnly: boolean; fps: number };

/** Pictures a second that are looked at: every one of a constant-rate clip, an even clock for variable ones. */
export function scanRate(facts: VideoFacts): number {
  const fps = rateToNumber(facts.frameRate);
  return facts.isConstantRate ? fps : Math.min(MAX_VARIABLE_RATE, Math.max(5, fps));
}

export function scanArgs(facts: VideoFacts, encoder: Pick<Encoder, 'features'>, pace: Pace): string[] {
  const { width, height } = fitInside(facts, SCAN_PX);
  const isEven = pace.isKeyframesOnly || !facts.isConstantRate;
  const zero = facts.startSeconds.toFixed(6);
  const clock = isEven
    ? [
        fineClock,
        `setpts=PTS-${zero}/TB`,
        standingLast(1 / pace.fps),
        `fps=fps=${pace.fps.toFixed(6)}:start_time=0:round=up`,
      ]
    : [];
  const filters = [...uprightFilters(facts), `scale=${width}:${height}:flags=area`, 'format=yuv420p', ...clock];
  return [
    ...(pace.isKeyframesOnly ? keyframesOnly(facts) : []),
    // Deblocking is invisible at this size, and costs a sixth of decoding.
    ...['-skip_loop_filter', 'all', ...sourceOptions(facts), '-copyts', '-i'],
    ...['-map', `0:${facts.videoStreamIndex}`, '-an', '-sn', '-dn', '-vf', filters.join(',')],
    ...[encoder.features.hasFpsMode ? '-fps_mode' : '-vsync', encoder.features.hasFpsMode ? 'passthrough' : '0'],
    ...['-f', 'rawvideo', 'pipe:1'],
  ];
}

async function measure(options: ScanOptions, pace: Pace): Promise<FrameSignals> {
  const { encoder, source, facts, signal } = options;
  const { width, height } = fitInside(facts, SCAN_PX);
  const meter = createFrameMeter(width, height);
  const args = scanArgs(facts, encoder, pace);
  const megapixels = (facts.codedWidth * facts.codedHeight) / 1_000_000;
  const outcome = await runPipe({
    command: encoder.path,
    args: [
      ...['-hide_banner', '-nostdin', '-v', 'error', ...inputGuard],
      ...args.toSpliced(args.indexOf('-i') + 1, 0, fileUrl(source)),
    ],
    signal,
    priority: 'background',
    deadlineMs: 180_000 + facts.durationSeconds * megapixels * 4_000,
    maxStdoutBytes: Number.POSITIVE_INFINITY,
    onStdout: meter.feed,
  });
  // What was decoded before a broken end is still worth its marks.
  if (meter.signals.change.length === 0) throw new RestageError('toolFailed', { detail: outcome.stderr.slice(-1_000) });
  return meter.signals;
}

const leastTakeSeconds = clipLimits['motion-video'].minSeconds;

/** Cuts to within a keyframe's distance: where keyframes differ by more than twice what they usually do. */
export function coarseCuts(change: readonly number[], fps: number): Shots['cuts'] {
  const usual = [...change].sort((a, b) => a - b)[Math.floor(change.length / 2)] ?? 0;
  return change.flatMap((value, n) =>
    value > Math.max(COARSE_CHANGE, usual * 2) ? [{ seconds: Number((n / fps).toFixed(3)), confidence: 0.5 }] : [],
  );
}

/** Null gap: unknown, so keyframes are not trusted to be dense. */
function coarsePace(facts: VideoFacts): Pace | null {
  const gap = facts.keyframeGapSeconds ?? Number.POSITIVE_INFINITY;
  if (facts.durationSeconds < COARSE_FROM_SECONDS || gap > COARSE_GAP_SECONDS) return null;
  return { isKeyframesOnly: true, fps: 1 / Math.max(0.5, gap) };
}

export function isTooMuchToScan(facts: VideoFacts): boolean {
  const pictures = facts.durationSeconds * rateToNumber(facts.frameRate);
  return (pictures * facts.codedWidth * facts.codedHeight) / 1_000_000 > FULL_SCAN_MEGAPIXELS;
}

/** `isCoarse`: the clip is so long or large that keyframes must do. */
export async function scanShots(options: ScanOptions): Promise<{ shots: Partial<Shots>; isCoarse: boolean }> {
  const { facts } = options;
  const coarse = coarsePace(facts);
  if (coarse) {
    const { change } = await measure(options, coarse);
    const shots = { cuts: coarseCuts(change, coarse.fps) };
    if (isTooMuchToScan(facts)) return { shots, isCoarse: true };
    options.onCoarse?.(shots);
  } else if (isTooMuchToScan(facts)) return { shots: {}, isCoarse: true };
  const fps = scanRate(facts);
  const signals = await measure(options, { isKeyframesOnly: false, fps });
  return { shots: decideShots(signals, fps, leastTakeSeconds), isCoarse: false };
}
