/** What a job's problem means for a person, in their language; the server's own words stand beside it elsewhere. */
import type { Job } from '../../shared/contract/jobs.ts';
import { taskErrorAdvice } from '../../shared/taskErrors.ts';
import type { Texts } from '../i18n.ts';

/** Sentences: what it means, and whether another try can help. */
export function explainProblem({ find }: Texts, { problem, taskId, state, waitingFor }: Job): string[] {
  if (problem === null) return [];
  const { code, message } = problem;
  const known =
    find(`jobs.problem.${code}`) ??
    find(`rules.${code}.title`) ??
    find(`provider.failure.${code}`, { message }) ??
    find(`errors.${code}.title`);
  const meaning = known ?? (taskId !== null ? find(taskErrorAdvice(code).adviceKey) : null);
  const isOver = waitingFor === null && state === 'failed';
  const retry = isOver && taskId !== null ? find(problem.mayRetry ? 'provider.retry.may' : 'provider.retry.no') : null;
  return [meaning, retry].filter((sentence) => sentence !== null);
}
