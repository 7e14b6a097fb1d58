/** Turns `--from` and `--to` into a trim of one clip: seconds or timecode, on the clip's true frame rate. */
import type { Trim, VideoFacts } from '../../../shared/contract/media.ts';
import { type Reason, RestageError } from '../../../shared/errors.ts';
import { clipLimits } from '../../../shared/limits.ts';
import {
  type FrameRate,
  frameAt,
  framesCovering,
  framesToSeconds,
  framesWithin,
  rateToNumber,
  timecodeToFrames,
} from '../../../shared/timecode.ts';

export type TimeValue = { kind: 'seconds'; seconds: number } | { kind: 'timecode'; text: string };

export interface TimeRange {
  from?: string;
  to?: string;
}

/** `12.5` or `00:00:12:15` (`;` before the frames: drop-frame); null for anything else. */
export function parseTime(text: string): TimeValue | null {
  const trimmed = text.trim();
  if (/^\d+(\.\d+)?$|^\.\d+$/.test(trimmed)) {
    const seconds = Number(trimmed);
    return Number.isFinite(seconds) ? { kind: 'seconds', seconds } : null;
  }
  return /^\d{1,2}:[0-5]\d:[0-5]\d[:;]\d{2,3}$/.test(trimmed) ? { kind: 'timecode', text: trimmed } : null;
}

/** The trim that a person meant, or undefined for the whole clip. Throws refused: no such label, beyond the end, nothing left. */
export function resolveTrim(facts: VideoFacts, range: TimeRange): Trim | undefined {
  if (range.from === undefined && range.to === undefined) return undefined;
  const from = position(facts, 'from', range.from);
  const to = position(facts, 'to', range.to);
  const problems = [from, to].filter((found): found is Reason => found !== null && 'rule' in found);
  if (problems.length > 0) throw new RestageError('refused', { reasons: problems });
  const trim = facts.isConstantRate
    ? trimByFrames(facts, from as Position | null, to as Position | null)
    : trimBySeconds(facts, from as Position | null, to as Position | null);
  checkInside(facts, trim, range);
  return trim;
}

/** Both readings of one point: the seconds as given, or the frame as named. */
interface Position {
  seconds: number;
  /** Known exactly when a timecode named it. */
  frame: number | null;
}

function position(facts: VideoFacts, field: 'from' | 'to', text: string | undefined): Position | Reason | null {
  if (text === undefined) return null;
  const value = parseTime(text);
  if (value === null) return { field, rule: 'cli.notATime', params: { value: text } };
  if (value.kind === 'seconds') return { seconds: value.seconds, frame: null };
  const frame = timecodeToFrames(value.text, facts.frameRate);
  if (frame !== null) return { seconds: framesToSeconds(frame, facts.frameRate), frame };
  const isDropFrame = value.text.includes(';');
  return {
    field,
    rule: isDropFrame ? 'cli.notADropFrame' : 'cli.notATimecode',
    params: { value: text, rate: formatRate(facts.frameRate), last: Math.round(rateToNumber(facts.frameRate)) - 1 },
  };
}

/**
 * Frames of a constant-rate clip. Between two points in seconds the LENGTH is kept: "10 s" is the largest count of frames that is
 * not over it (299 at 29.97), and what was asked to be the shortest legal length does not fall under it (90 for "3 s").
 */
function trimByFrames(facts: VideoFacts, from: Position | null, to: Position | null): Trim {
  const rate = facts.frameRate;
  const end = facts.frameCount ?? framesWithin(facts.durationSeconds, rate);
  const first = from === null ? 0 : (from.frame ?? frameAt(from.seconds, rate));
  if (to === null) return { unit: 'frames', from: first, to: end };
  if (to.frame !== null) return { unit: 'frames', from: first, to: to.frame };
  const seconds = to.seconds - (from?.seconds ?? 0);
  const shortest = clipLimits['motion-video'].minSeconds;
  const within = framesWithin(seconds, rate);
  const count = seconds >= shortest ? Math.max(within, framesCovering(shortest, rate)) : within;
  // A length typed from a rounded display may be a hair over: at most one frame is forgiven.
  const last = first + count;
  return { unit: 'frames', from: first, to: last === end + 1 ? end : last };
}

function trimBySeconds(facts: VideoFacts, from: Position | null, to: Position | null): Trim {
  const frameSeconds = framesToSeconds(1, facts.frameRate);
  const end = facts.durationSeconds;
  const last = to === null ? end : to.seconds;
  return { unit: 'seconds', from: from?.seconds ?? 0, to: last > end && last <= end + frameSeconds ? end : last };
}

function checkInside(facts: VideoFacts, trim: Trim, range: TimeRange): void {
  const rate = facts.frameRate;
  const isFrames = trim.unit === 'frames';
  const end = isFrames ? (facts.frameCount ?? framesWithin(facts.durationSeconds, rate)) : facts.durationSeconds;
  const duration = Number(facts.durationSeconds.toFixed(3));
  const refuse = (field: 'from' | 'to', rule: string) => {
    const value = range[field] ?? '';
    throw new RestageError('refused', {
      reasons: [{ field, rule, params: { value, seconds: duration, from: range.from ?? '0' } }],
    });
  };
  if (trim.from >= end) refuse('from', 'cli.fromBeyondEnd');
  if (trim.to > end) refuse('to', 'cli.toBeyondEnd');
  if (trim.to <= trim.from) refuse(range.to === undefined ? 'from' : 'to', 'cli.emptyTrim');
}

function formatRate(rate: FrameRate): string {
  return String(Number(rateToNumber(rate).toFixed(3)));
}
