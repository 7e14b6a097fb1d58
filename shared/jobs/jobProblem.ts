/** What a job's problem means for a person: the one wording for page, CLI and notifications. Pure; the texts come from `find`. */
import type { Job } from '../contract/jobs.ts';
import { isKnownTaskError, taskErrorAdvice } from './taskErrors.ts';

/** A text of the catalogue, or null where there is none under this key. */
export type FindText = (key: string, params?: Record<string, string>) => string | null;

export interface ExplainedProblem {
  /** What it means; null where nothing of ours says it. */
  meaning: string | null;
  /** The server's own words, or ours for the log; null when `meaning` has said them. */
  words: string | null;
  /** Whether another try can help, once the server has ended the job. */
  retry: string | null;
}

/** Null when there is no problem. */
export function explainJobProblem({ problem, taskId, state }: Job, find: FindText): ExplainedProblem | null {
  if (problem === null) return null;
  const { code, message, mayRetry } = problem;
  const known =
    find(`jobs.problem.${code}`) ??
    find(`rules.${code}.title`) ??
    find(`provider.failure.${code}`, { message }) ??
    find(`errors.${code}.title`);
  const advice = taskErrorAdvice(code, message);
  const isTaskError = taskId !== null || isKnownTaskError(code) || advice.adviceKey !== 'provider.task.unknown';
  const input = find(`provider.input.${advice.input}`) ?? '';
  const meaning = known ?? (isTaskError ? find(advice.adviceKey, { input }) : null);
  const isSaid = message === '' || (meaning?.includes(message) ?? false);
  const hasEnded = state === 'failed' && taskId !== null;
  const retry = hasEnded ? find(mayRetry ? 'provider.retry.may' : 'provider.retry.no') : null;
  return { meaning, words: isSaid ? null : message, retry };
}
