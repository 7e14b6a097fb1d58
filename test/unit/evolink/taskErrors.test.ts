/** Every task error of the contract has its advice, in every language. */
import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../shared/i18n/index.ts';
import { knownTaskErrorCodes, taskErrorAdvice } from '../../../shared/jobs/taskErrors.ts';

describe('taskErrorAdvice', () => {
  it('says when a new try may help', () => {
    const may = knownTaskErrorCodes.filter((code) => !/^\d/.test(code) && taskErrorAdvice(code).mayRetry);
    expect(may).toEqual([
      'generation_timeout',
      'resource_exhausted',
      'service_error',
      'service_unavailable',
      'upstream_error',
      'generation_failed_no_content',
      'quota_exceeded',
      'unknown_error',
    ]);
  });

  it('reads any other code as unknown_error', () => {
    for (const code of ['brand_new_error', '', 'toString', '__proto__']) {
      expect(taskErrorAdvice(code)).toEqual(taskErrorAdvice('unknown_error'));
    }
  });

  it.each(['en', 'ja', 'ko'] as const)('has a text for each code in %s', (language) => {
    const t = createTranslator(language);
    for (const code of knownTaskErrorCodes) {
      const key = taskErrorAdvice(code).adviceKey;
      expect(t(key)).not.toBe(key);
    }
  });
});
