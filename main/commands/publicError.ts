/**
 * An error as it may cross to a page or another process: every text bounded, no path of the profile, and of what nobody
 * expected only that it happened (its words and its stack stand in the log).
 */
import type { ErrorData, Reason } from '../../shared/errors.ts';

/** Nothing that came in, and nothing that a tool said, goes out longer than this. */
export const longestText = 200;
const mostReasons = 50;
const mostParams = 20;

export function publicError(error: ErrorData, { profileDir }: { profileDir: string }): ErrorData {
  const clean = (text: string) => shorten(withoutProfile(text, profileDir));
  return {
    code: error.code,
    reasons: error.reasons.slice(0, mostReasons).map((reason) => publicReason(reason, clean)),
    ...(error.detail === undefined || error.code === 'internal' ? {} : { detail: clean(error.detail) }),
    ...(error.requestId === undefined ? {} : { requestId: clean(error.requestId) }),
  };
}

function publicReason({ field, rule, params }: Reason, clean: (text: string) => string): Reason {
  const cleanParams = Object.entries(params ?? {})
    .slice(0, mostParams)
    .map(([name, value]) => [shorten(name), typeof value === 'string' ? clean(value) : value]);
  return {
    field: clean(field),
    rule: clean(rule),
    ...(params === undefined ? {} : { params: Object.fromEntries(cleanParams) }),
  };
}

/** The beginning and the end: what a tool says last is most often why. */
function shorten(text: string): string {
  if (text.length <= longestText) return text.toWellFormed();
  return `${text.slice(0, 120)}…${text.slice(121 - longestText)}`.toWellFormed();
}

function withoutProfile(text: string, profileDir: string): string {
  if (profileDir === '') return text;
  return text.replaceAll(profileDir, '…').replaceAll(JSON.stringify(profileDir).slice(1, -1), '…');
}
