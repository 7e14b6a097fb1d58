/** What can go wrong with one request: the sandbox's script, row by row. */

import type { WaitingReason } from '../../../shared/jobs/jobStates.ts';

export const faults = {
  'reset before the handler': { reset: 'before' },
  'reset after the handler': { reset: 'after' },
  'half an answer': { truncateTo: 0.5 },
  'no JSON': { status: 200, body: 'wrongJson', runHandler: true },
  'another shape': { status: 200, body: 'wrongShape', runHandler: true },
  'a page of HTML': { status: 502, body: 'html' },
  'an empty 500': { status: 500, body: 'empty', runHandler: true },
  '503 with Retry-After': { status: 503, retryAfter: '0' },
  '503 without': { status: 503 },
  '429 with Retry-After': { status: 429, retryAfter: '0' },
  '429 until a date': { status: 429, retryAfter: new Date(0).toUTCString() },
  '429 without': { status: 429 },
  'an unlisted 409': { status: 409 },
  '400': { status: 400, code: 'invalid_parameters' },
  '401': { status: 401 },
  '402': { status: 402, code: 'insufficient_quota' },
  '403': { status: 403 },
  '404': { status: 404 },
  '413': { status: 413 },
  silence: { latencyMs: 6000 },
} as const;
export type Fault = keyof typeof faults;
export const allFaults = Object.keys(faults) as Fault[];

/** What the job's log says it waited for, or null; and how it ends by itself, or what it waits for a person about. */
export type Outcome = [waited: WaitingReason | null, end: 'completed' | 'failed' | 'apiKey' | 'credits'];
export const goesOn: Outcome = ['network', 'completed'];
export const atOnce: Outcome = [null, 'completed'];
export const fails: Outcome = [null, 'failed'];
export const patient: Outcome = ['rateLimit', 'completed'];
