/** What a task's `error.code` means for a person: whether a new try may help, and which advice to show. */

export interface TaskErrorAdvice {
  /** A NEW job, after a minute, when the person asks; never by itself. */
  mayRetry: boolean;
  /** i18n key of the advice. */
  adviceKey: `provider.task.${TaskAdvice}`;
}

type TaskAdvice =
  | 'content'
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
});

const table: Readonly<Record<string, TaskErrorAdvice>> = {
  content_policy_violation: advice(false, 'content'),
  content_filter: advice(false, 'content'),
  sensitive_content: advice(false, 'content'),
  moderation_blocked: advice(false, 'content'),
  invalid_parameters: advice(false, 'parameters'),
  image_dimension_mismatch: advice(false, 'imageSize'),
  image_processing_error: advice(false, 'imageUnreadable'),
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
};

export const knownTaskErrorCodes: readonly string[] = Object.keys(table);

/** Any code that is not in the contract's table reads as `unknown_error`. */
export function taskErrorAdvice(code: string): TaskErrorAdvice {
  return (Object.hasOwn(table, code) ? table[code] : undefined) ?? advice(true, 'unknown');
}
