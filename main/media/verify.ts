/** Looks at a prepared file again before it counts: what it is, how many pictures it has, and that all of it decodes. */
import type { PreparePlan, VideoFacts } from '../../shared/contract/media.ts';
import { RestageError } from '../../shared/errors.ts';
import { limitsOfPlan } from '../../shared/limitOverrides.ts';
import { rateToNumber } from '../../shared/timecode.ts';
import { fileUrl, inputGuard, runPipe } from './ffmpeg.ts';
import type { Features } from './tools.ts';

/** Within this a stamp is the one that was meant. */
const STAMP_SECONDS = 0.002;

export interface Mismatch {
  what: string;
  found: string | number;
  wanted: string | number;
}

/** Compares what was made with what the plan promised; an empty list is a pass. Pure. */
export function compareWithPlan(made: VideoFacts, plan: PreparePlan): Mismatch[] {
  const { output } = plan;
  const limits = limitsOfPlan(plan);
  const wholeSeconds = Math.max(made.durationSeconds, ...made.audio.map((track) => track.durationSeconds ?? 0));
  const checks: [what: string, found: string | number, wanted: string | number, isRight: boolean][] = [
    ['container', made.container, 'mp4', ['mp4', 'mov'].includes(made.container)],
    [
      'codec',
      `${made.codec} ${made.pixelFormat}`,
      'h264 yuv420p',
      made.codec === 'h264' && made.pixelFormat === 'yuv420p',
    ],
    ['width', made.width, output.width, made.width === output.width],
    ['height', made.height, output.height, made.height === output.height],
    ['frames', made.frameCount ?? -1, output.frameCount, made.frameCount === output.frameCount],
    ['start', made.startSeconds, 0, Math.abs(made.startSeconds) < STAMP_SECONDS && !made.hasEditList],
    ['rate', rateToNumber(made.frameRate), rateToNumber(output.frameRate), hasRate(made, output)],
    ['sound', made.audio.length, output.hasAudio ? 1 : 0, made.audio.length > 0 === output.hasAudio],
    ['bytes', made.sizeBytes, limits.maxBytes, made.sizeBytes <= limits.maxBytes],
    ['seconds', wholeSeconds, limits.maxSeconds, wholeSeconds <= limits.maxSeconds + STAMP_SECONDS],
  ];
  return checks.filter(([, , , isRight]) => !isRight).map(([what, found, wanted]) => ({ what, found, wanted }));
}

function hasRate(made: VideoFacts, output: PreparePlan['output']): boolean {
  return made.isConstantRate && Math.abs(rateToNumber(made.frameRate) - rateToNumber(output.frameRate)) < 0.01;
}

export interface DecodeOptions {
  ffmpeg: string;
  features: Features;
  path: string;
  /** Of the expected pictures, for the deadline. */
  frameCount: number;
  signal?: AbortSignal | undefined;
}

export interface Decoded {
  frameCount: number;
  /** What the decoders complained about; empty when nothing. */
  complaints: string;
}

/** A muxer's remarks about stamps are not the decoder's: only the latter mean damage. */
const complaint = /^\[(?:h264|aac|hevc)[^\]]*@|error while decoding|corrupt|invalid data|missing picture/i;

/** Decodes both streams to the end, counting pictures. */
export async function decodeWhole(options: DecodeOptions): Promise<Decoded> {
  let progress = '';
  const passthrough = options.features.hasFpsMode ? ['-fps_mode', 'passthrough'] : ['-vsync', '0'];
  const outcome = await runPipe({
    command: options.ffmpeg,
    args: [
      ...['-hide_banner', '-nostdin', '-v', 'error', '-nostats', '-progress', 'pipe:1', ...inputGuard],
      ...['-i', fileUrl(options.path), '-map', '0:v:0', '-map', '0:a?', ...passthrough, '-f', 'null', '-'],
    ],
    signal: options.signal,
    deadlineMs: 60_000 + options.frameCount * 500,
    priority: 'preparation',
    onStdout: (chunk) => {
      progress = (progress + chunk.toString('utf8')).slice(-4_000);
    },
  });
  if (outcome.exitCode !== 0) throw new RestageError('toolFailed', { detail: outcome.stderr.slice(-1_000) });
  const frames = [...progress.matchAll(/^frame=\s*(\d+)/gm)].at(-1)?.[1];
  const complaints = outcome.stderr.split('\n').filter((line) => complaint.test(line));
  return { frameCount: Number(frames ?? 0), complaints: complaints.slice(0, 5).join('\n') };
}
