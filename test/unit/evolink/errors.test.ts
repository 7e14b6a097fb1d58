/** Sections 4 and 7 of the contract as a table: what each answer, or its absence, means for money and for the next step. */
import { describe, expect, it } from 'vitest';
import {
  type FailedAnswer,
  failureOfAnswer,
  failureOfTransport,
  failureUnreadable,
} from '../../../main/evolink/errors.ts';
import { TransportError } from '../../../main/evolink/transport.ts';

const nowMs = Date.UTC(2026, 10, 1, 12, 0, 0);

const answer = (status: number, body: unknown = '', headers: FailedAnswer['headers'] = {}): FailedAnswer => ({
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  nowMs,
});
const error = (code: string, message = 'words') => ({ error: { code, message, type: 'some_error' } });

describe('failureOfAnswer', () => {
  it.each([
    [400, 'refused', 'invalid'],
    [401, 'nothingStarted', 'auth'],
    [402, 'nothingStarted', 'credits'],
    [403, 'refused', 'forbidden'],
    [404, 'unknown', 'notFound'],
    [408, 'unknown', 'timeout'],
    [409, 'unknown', 'invalid'],
    [413, 'refused', 'tooLarge'],
    [422, 'unknown', 'invalid'],
    [429, 'nothingStarted', 'rateLimit'],
    [500, 'unknown', 'server'],
    [502, 'unknown', 'server'],
    [503, 'unknown', 'server'],
    [504, 'unknown', 'server'],
    [529, 'unknown', 'server'],
    [302, 'unknown', 'unreadable'],
  ])('%i means %s, %s: with a contract body, with HTML, with nothing', (status, meaning, cause) => {
    for (const body of [error('some_code'), '<html><title>oops</title></html>', '']) {
      expect(failureOfAnswer(answer(status, body))).toMatchObject({ meaning, cause, status });
    }
  });

  it.each([
    'insufficient_quota',
    'insufficient_user_quota',
    'quota_not_enough',
    'insufficient_token_quota',
    'key_quota_exhausted',
    'token_daily_quota_exceeded',
  ])('%s means no credits under any 4xx, and nothing certain under a 5xx', (code) => {
    for (const status of [400, 402, 403, 429]) {
      expect(failureOfAnswer(answer(status, error(code)))).toMatchObject({
        meaning: 'nothingStarted',
        cause: 'credits',
        code,
      });
    }
    expect(failureOfAnswer(answer(500, error(code)))).toMatchObject({ meaning: 'unknown', cause: 'server' });
  });

  it('knows the two codes of idempotency, whatever status they come with', () => {
    for (const status of [400, 409, 422]) {
      expect(failureOfAnswer(answer(status, error('idempotency_conflict')))).toMatchObject({
        meaning: 'unknown',
        cause: 'idempotencyConflict',
      });
      expect(failureOfAnswer(answer(status, error('paid_outcome_unknown')))).toMatchObject({
        meaning: 'unknown',
        cause: 'outcomePending',
      });
    }
  });

  it('keeps the words, the field, the request id and the link of the server', () => {
    const body = {
      error: {
        code: 'invalid_parameters',
        message: 'video_urls: too long',
        type: 'invalid_request_error',
        request_id: 'r-1',
        action_url: 'https://evolink.ai/x',
        fallback_suggestion: 'use a shorter clip',
      },
    };
    expect(failureOfAnswer(answer(400, body))).toMatchObject({
      code: 'invalid_parameters',
      message: 'video_urls: too long (use a shorter clip)',
      field: 'video_urls',
      requestId: 'r-1',
      actionUrl: 'https://evolink.ai/x',
    });
    expect(failureOfAnswer(answer(500, '', { 'x-oneapi-request-id': 'r-2' })).requestId).toBe('r-2');
    expect(failureOfAnswer(answer(500, '', { 'x-request-id': 'r-3' })).requestId).toBe('r-3');
  });

  it('reads the files host: success false under HTTP 200, with the status in the body', () => {
    const files = (code: number, msg: string) => answer(200, { success: false, code, msg });
    expect(failureOfAnswer(files(401, 'no key'))).toMatchObject({ cause: 'auth', message: 'no key', status: 200 });
    expect(failureOfAnswer(files(413, 'big'))).toMatchObject({ meaning: 'refused', cause: 'tooLarge' });
    expect(failureOfAnswer(files(1001, 'odd'))).toMatchObject({ meaning: 'unknown', cause: 'server', code: '1001' });
    expect(failureOfAnswer(answer(200, { success: false, message: 'no' }))).toMatchObject({
      cause: 'server',
      message: 'no',
    });
  });

  it('says something readable for HTML and for nothing', () => {
    const html = '<html><head><title>502 Bad Gateway</title></head></html>';
    expect(failureOfAnswer(answer(502, html)).message).toBe('HTTP 502: 502 Bad Gateway');
    expect(failureOfAnswer(answer(502, '')).message).toBe('HTTP 502, empty answer');
    expect(failureOfAnswer(answer(302, '')).message).toContain('not followed');
  });

  it.each([
    ['seconds', { 'retry-after': '7' }, 7000],
    ['zero', { 'retry-after': '0' }, 0],
    ['a date by our clock', { 'retry-after': 'Sun, 01 Nov 2026 12:00:30 GMT' }, 30_000],
    [
      "a date by the server's clock, an hour off",
      { 'retry-after': 'Sun, 01 Nov 2026 13:00:30 GMT', date: 'Sun, 01 Nov 2026 13:00:10 GMT' },
      20_000,
    ],
    ['a date gone by', { 'retry-after': 'Sun, 01 Nov 2026 11:00:00 GMT' }, 0],
    ['nonsense', { 'retry-after': 'soon' }, null],
    ['nothing', {}, null],
  ])('reads Retry-After: %s', (_what, headers, expected) => {
    expect(failureOfAnswer(answer(429, '', headers)).retryAfterMs).toBe(expected);
  });
});

describe('failureUnreadable', () => {
  it('never concludes that nothing was started', () => {
    expect(failureUnreadable(answer(200, '{"hello":1}'), 'no id')).toMatchObject({
      meaning: 'unknown',
      cause: 'unreadable',
      message: 'no id',
    });
  });
});

describe('failureOfTransport', () => {
  it.each([
    ['network', false, 'nothingStarted', 'network'],
    ['network', true, 'unknown', 'network'],
    ['timeout', false, 'nothingStarted', 'timeout'],
    ['timeout', true, 'unknown', 'timeout'],
    ['cancelled', false, 'nothingStarted', 'cancelled'],
    ['cancelled', true, 'unknown', 'cancelled'],
    ['tooLong', true, 'unknown', 'unreadable'],
  ] as const)('%s, bytes sent: %s → %s, %s', (kind, wasSent, meaning, cause) => {
    const failure = failureOfTransport(new TransportError(kind, { wasSent, message: 'words' }));
    expect(failure).toMatchObject({ meaning, cause, status: null, message: 'words' });
  });
});
