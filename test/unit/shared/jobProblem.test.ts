/** One wording of a job's problem for page and CLI. */
import { describe, expect, it } from 'vitest';
import { findText } from '../../../main/hosts/cli/findText.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { createTranslator } from '../../../shared/i18n/index.ts';
import { explainJobProblem } from '../../../shared/jobs/jobProblem.ts';

const t = createTranslator('en');
const find = findText(t);

function explain(code: string, more: Partial<Job> & { message?: string; mayRetry?: boolean } = {}) {
  const { message = '', mayRetry = false, ...job } = more;
  const problem = { code, message, mayRetry, field: null };
  return explainJobProblem({ state: 'failed', taskId: 't', ...job, problem } as Job, find);
}

describe('the problem of a job', () => {
  it('is nothing where there is none', () => {
    expect(explainJobProblem({ problem: null } as Job, find)).toBeNull();
  });
  it('is what the provider’s code means, with its words and whether to try again', () => {
    expect(explain('content_filter', { message: 'face' })).toEqual({
      meaning: t('provider.task.content'),
      words: 'face',
      retry: t('provider.retry.no'),
    });
    expect(explain('service_error', { mayRetry: true })).toEqual({
      meaning: t('provider.task.service'),
      words: null,
      retry: t('provider.retry.may'),
    });
  });
  it('does not say the same words twice', () => {
    expect(explain('invalid', { message: 'too wide', taskId: null })).toEqual({
      meaning: 'EvoLink refuses the request: too wide',
      words: null,
      retry: null,
    });
  });
  it('says nothing of another try before the server has ended the job', () => {
    expect(explain('linkExpired', { state: 'expired' })?.retry).toBeNull();
    expect(explain('service_error', { state: 'running' })?.retry).toBeNull();
  });
  it('leaves what nobody knows to the words of the server', () => {
    expect(explain('E_ODD', { taskId: null, message: 'odd' })).toEqual({ meaning: null, words: 'odd', retry: null });
  });
});
