/**
 * What a task's `error.code` means for a person: whether a new try may help, and which advice to show. Contract section 7; `video_probe_failed`,
 * integer codes and the sub-types of moderation from EvoLink's public documentation, read in November 2026.
 */

export interface TaskErrorAdvice {
  /** A NEW job, after a minute, when the person asks; never by itself. */
  mayRetry: boolean;
  /** i18n key of the advice. */
  adviceKey: `provider.task.${TaskAdvice}`;
  /** The input that the server's words are about, where they name one: under `provider.input`. */
  input: TaskInput;
}

type TaskInput = 'image' | 'video' | 'prompt' | 'any';

type TaskAdvice =
  | 'content'
  | 'realPerson'
  | 'celebrity'
  | 'copyright'
  | 'videoUnreadable'
  | 'parameters'
  | 'imageSize'
  | 'imageUnreadable'
  | 'cancelled'
  | 'notFound'
  | 'timeout'
  | 'busy'
  | 'service'
  | 'noContent'
  | 'quota'
  | 'unknown';

const advice = (mayRetry: boolean, name: TaskAdvice): TaskErrorAdvice => ({
  mayRetry,
  adviceKey: `provider.task.${name}`,
  input: 'any',
});

const table: Readonly<Record<string, TaskErrorAdvice>> = {
  content_policy_violation: advice(false, 'content'),
  content_filter: advice(false, 'content'),
  sensitive_content: advice(false, 'content'),
  moderation_blocked: advice(false, 'content'),
  invalid_parameters: advice(false, 'parameters'),
  image_dimension_mismatch: advice(false, 'imageSize'),
  image_processing_error: advice(false, 'imageUnreadable'),
  video_probe_failed: advice(false, 'videoUnreadable'),
  invalid_task_id: advice(false, 'notFound'),
  request_cancelled: advice(false, 'cancelled'),
  resource_not_found: advice(false, 'notFound'),
  generation_timeout: advice(true, 'timeout'),
  resource_exhausted: advice(true, 'busy'),
  service_error: advice(true, 'service'),
  service_unavailable: advice(true, 'busy'),
  upstream_error: advice(true, 'service'),
  generation_failed_no_content: advice(true, 'noContent'),
  quota_exceeded: advice(true, 'quota'),
  unknown_error: advice(true, 'unknown'),
  // Codes may be numbers; those of HTTP mean what they mean there.
  '400': advice(false, 'parameters'),
  '404': advice(false, 'notFound'),
  '408': advice(true, 'timeout'),
  '429': advice(true, 'quota'),
  '500': advice(true, 'service'),
  '502': advice(true, 'service'),
  '503': advice(true, 'busy'),
  '504': advice(true, 'timeout'),
};

/** What moderation says in its words, whatever the code. */
const moderation: readonly [TaskAdvice, RegExp][] = [
  ['realPerson', /photo-?realistic (people|person|human)|real[- ](people|person|human)|identifiable (people|person)/i],
  ['celebrity', /celebrit|public figure|famous (people|person)|politician/i],
  ['copyright', /copyright|trademark|intellectual property/i],
];

const inputs: readonly [TaskInput, RegExp][] = [
  ['image', /\b(image|image_urls|picture|photo)s?\b/i],
  ['video', /\b(video|video_urls|clip)s?\b/i],
  ['prompt', /\b(prompt|text)\b/i],
];

export const knownTaskErrorCodes: readonly string[] = Object.keys(table);

export const isKnownTaskError = (code: string): boolean => Object.hasOwn(table, code);

/** Any code that is not in the table reads as `unknown_error`; moderation is known by its words. */
export function taskErrorAdvice(code: string, message = ''): TaskErrorAdvice {
  const byCode = (isKnownTaskError(code) ? table[code] : undefined) ?? advice(true, 'unknown');
  const isModerated = byCode.adviceKey === 'provider.task.content' || byCode.adviceKey === 'provider.task.unknown';
  const subtype = isModerated ? moderation.find(([, words]) => words.test(message))?.[0] : undefined;
  const found = subtype === undefined ? byCode : advice(false, subtype);
  const named = inputs.filter(([, words]) => words.test(message));
  // Several are as good as none.
  return { ...found, input: named.length === 1 ? (named[0]?.[0] ?? 'any') : 'any' };
}
