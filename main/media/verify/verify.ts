/** Holds a prepared file's own facts against what the plan promised. Pure. */
import type { PreparePlan, VideoFacts } from '../../../shared/contract/media.ts';
import { limitsOfPlan } from '../../../shared/rules/limitOverrides.ts';
import { rateToNumber } from '../../../shared/time/timecode.ts';

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
    ['turn', turnOf(made), '0', plan.kind !== 'reencode' || turnOf(made) === '0'],
    ['frames', made.frameCount ?? -1, output.frameCount, made.frameCount === output.frameCount],
    ['start', made.startSeconds, 0, Math.abs(made.startSeconds) < STAMP_SECONDS && !made.hasEditList],
    ['rate', rateToNumber(made.frameRate), rateToNumber(output.frameRate), hasRate(made, output)],
    ['sound', made.audio.length, output.hasAudio ? 1 : 0, made.audio.length > 0 === output.hasAudio],
    ['bytes', made.sizeBytes, limits.maxBytes, made.sizeBytes <= limits.maxBytes],
    ['seconds', wholeSeconds, limits.maxSeconds, wholeSeconds <= limits.maxSeconds + STAMP_SECONDS],
  ];
  return checks.filter(([, , , isRight]) => !isRight).map(([what, found, wanted]) => ({ what, found, wanted }));
}

/** What a player would still do to the pictures. */
function turnOf({ rotationDegrees, isMirrored }: VideoFacts): string {
  return `${rotationDegrees}${isMirrored ? ' mirrored' : ''}`;
}

function hasRate(made: VideoFacts, output: PreparePlan['output']): boolean {
  return made.isConstantRate && Math.abs(rateToNumber(made.frameRate) - rateToNumber(output.frameRate)) < 0.01;
}
