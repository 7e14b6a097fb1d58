/** Exit codes say what a script has to know. */
import { expect, test } from 'vitest';
import { exitCodeOf, exitCodeOfJobs, isSettled } from '../../../main/hosts/cli/exitCodes.ts';
import { personReasons, waitingReasons } from '../../../shared/jobs/jobStates.ts';

const standing = (
  state: Parameters<typeof isSettled>[0]['state'],
  waitingFor: Parameters<typeof isSettled>[0]['waitingFor'] = null,
) => ({
  state,
  waitingFor,
});

test.each([
  [[], 0],
  [[standing('completed')], 0],
  [[standing('completed'), standing('failed')], 1],
  [[standing('expired')], 1],
  [[standing('cancelled')], 1],
  [[standing('completed'), standing('submitting', 'outcome')], 3],
  [[standing('failed'), standing('queued', 'paused')], 3],
] as const)('%j ends with %i', (jobs, code) => {
  expect(exitCodeOfJobs(jobs)).toBe(code);
});

test.each(waitingReasons)('a job that waits for %s is settled only when a person must release it', (reason) => {
  expect(isSettled(standing('uploading', reason))).toBe(personReasons.includes(reason));
});

test.each([
  ['refused', 2],
  ['conflict', 2],
  ['needsConsent', 2],
  ['apiKey', 2],
  ['sourceMissing', 1],
  ['toolFailed', 1],
  ['internal', 1],
  ['cancelled', 130],
] as const)('%s ends with %i', (code, exit) => {
  expect(exitCodeOf({ code, reasons: [] })).toBe(exit);
});
