/** Turns `--from` and `--to` into a trim of one clip: seconds or timecode, on the clip's true frame rate. */
import type { Trim, VideoFacts } from '../../../shared/contract/media.ts';
import { type Reason, RestageError } from '../../../shared/errors.ts';
import type { ClipTarget } from '../../../shared/rules/limits.ts';
import {
  type FrameRate,
  frameAt,
  framesToSeconds,
  nominalRate,
  rateToNumber,
  timecodeToFrames,
} from '../../../shared/time/timecode.ts';
import { isWholeClip, toClipUnit, trimFromSeconds, wholeClip } from '../../../shared/time/trim.ts';
import { type CliRule, cliReason } from './cliReason.ts';

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
export function resolveTrim(facts: VideoFacts, range: TimeRange, target: ClipTarget): Trim | undefined {
  if (range.from === undefined && range.to === undefined) return undefined;
  const from = readPoint(facts, 'from', range.from);
  const to = readPoint(facts, 'to', range.to);
  const reasons = [...from.reasons, ...to.reasons];
  if (reasons.length > 0) throw new RestageError('refused', { reasons });
  const trim = trimOf(facts, from, to, target);
  checkInside(facts, trim, range);
  return isWholeClip(facts, trim) ? undefined : trim;
}

interface Point {
  seconds: number | undefined;
  /** Known exactly when a timecode named it. */
  frame: number | undefined;
  reasons: Reason[];
}

function readPoint(facts: VideoFacts, field: 'from' | 'to', text: string | undefined): Point {
  const none = { seconds: undefined, frame: undefined, reasons: [] };
  if (text === undefined) return none;
  const value = parseTime(text);
  if (value === null) return { ...none, reasons: [cliReason(field, 'notATime', { value: text })] };
  if (value.kind === 'seconds') return { ...none, seconds: value.seconds };
  const frame = timecodeToFrames(value.text, facts.frameRate);
  if (frame !== null) return { ...none, frame, seconds: framesToSeconds(frame, facts.frameRate) };
  const rule = value.text.includes(';') ? 'notADropFrame' : 'notATimecode';
  const params = { value: text, rate: rateText(facts.frameRate), last: nominalRate(facts.frameRate) - 1 };
  return { ...none, reasons: [cliReason(field, rule, params)] };
}

/** Between two points in seconds the length is kept to the frame; a timecode names its frame whatever the other end is. */
function trimOf(facts: VideoFacts, from: Point, to: Point, target: ClipTarget): Trim {
  if (to.frame === undefined) return trimFromSeconds(facts, from.seconds, to.seconds, target);
  const first = from.frame ?? frameAt(from.seconds ?? 0, facts.frameRate);
  return toClipUnit(facts, { unit: 'frames', from: first, to: to.frame });
}

function checkInside(facts: VideoFacts, trim: Trim, range: TimeRange): void {
  const end = wholeClip(facts).to;
  // A length that a display rounded up may lie a hair over: less than a frame.
  const slack = trim.unit === 'frames' ? 0 : framesToSeconds(1, facts.frameRate);
  const seconds = Number(facts.durationSeconds.toFixed(3));
  const refuse = (field: 'from' | 'to', rule: CliRule) => {
    const params = { value: range[field] ?? '', seconds, from: range.from ?? '0' };
    throw new RestageError('refused', { reasons: [cliReason(field, rule, params)] });
  };
  if (trim.from >= end) refuse('from', 'fromBeyondEnd');
  if (trim.to <= trim.from) refuse(range.to === undefined ? 'from' : 'to', 'emptyTrim');
  if (trim.to > end + slack) refuse('to', 'toBeyondEnd');
}

function rateText(rate: FrameRate): string {
  return String(Number(rateToNumber(rate).toFixed(3)));
}
