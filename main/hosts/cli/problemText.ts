/** What a job's problem means for a person, and the server's own words beside it. */
import type { Job } from '../../../shared/contract/jobs.ts';
import type { Translate } from '../../../shared/i18n/index.ts';
import { taskErrorAdvice } from '../../../shared/taskErrors.ts';

/** Sentences, most telling first; empty when there is no problem. */
export function problemTexts({ problem, taskId, state }: Job, t: Translate): string[] {
  if (problem === null) return [];
  const { code, message } = problem;
  const find = (key: string) => {
    const text = t(key, { message });
    return text === key ? null : text;
  };
  const known =
    find(`jobs.problem.${code}`) ??
    find(`rules.${code}.title`) ??
    find(`provider.failure.${code}`) ??
    find(`errors.${code}.title`);
  const meaning = known ?? (taskId === null ? null : find(taskErrorAdvice(code).adviceKey));
  const retry =
    state === 'failed' && taskId !== null ? find(`provider.retry.${problem.mayRetry ? 'may' : 'no'}`) : null;
  const isSaid = meaning?.includes(message) ?? false;
  const words = message === '' || isSaid ? null : message;
  return [meaning, words, retry].filter((text) => text !== null);
}
