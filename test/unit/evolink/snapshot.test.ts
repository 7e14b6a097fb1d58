/** Task answers as servers really send them: tolerant of the unknown, strict on what is used, careful about charges. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { creditsSchema, quotaSchema, taskRowSchema, taskSchema, uploadSchema } from '../../../main/evolink/schemas.ts';
import { snapshotOf } from '../../../main/evolink/snapshot.ts';

const pending = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../../fixtures/evolink/task-pending.json'), 'utf8'),
) as Record<string, unknown>;
const read = (change: Record<string, unknown> = {}) => {
  const raw = { ...pending, ...change };
  return snapshotOf(taskSchema.parse(raw), raw);
};

describe('snapshotOf', () => {
  it('reads the sample of the reference', () => {
    expect(read()).toMatchObject({
      id: 'task-unified-1757169743-v3mc',
      status: 'pending',
      progress: 0,
      estimatedSeconds: 180,
      creditsReserved: '40.824',
      creditsUsed: null,
      chargeState: 'hold',
      createdAt: '2025-09-06T14:42:23.000Z',
      resultUrls: [],
      error: null,
    });
  });

  it.each([
    ['pending', 'pending'],
    ['processing', 'running'],
    ['completed', 'completed'],
    ['failed', 'failed'],
    ['cancelled', 'cancelled'],
    ['moonwalking', 'running'],
  ])('status %s reads as %s', (raw, status) => {
    expect(read({ status: raw })).toMatchObject({ status, rawStatus: raw });
  });

  it('finds links in results, else in result_data, object or list', () => {
    const url = 'https://cdn.example/x.mp4';
    expect(read({ results: [url] }).resultUrls).toEqual([url]);
    expect(read({ results: [{ url }] }).resultUrls).toEqual([url]);
    expect(read({ results: [], result_data: { video_url: url } }).resultUrls).toEqual([url]);
    expect(read({ results: null, result_data: [{ video_url: url, duration: 5 }] }).resultUrls).toEqual([url]);
  });

  it('finds element ids, text or number, object or list', () => {
    expect(read({ result_data: { element_id: '77' } }).elementId).toBe('77');
    expect(read({ result_data: [{ element_id: 123456789 }] }).elementId).toBe('123456789');
    expect(read().elementId).toBeNull();
  });

  it('believes billing first', () => {
    const charge = (change: Record<string, unknown>) => read(change).chargeState;
    const billing = (charge_status: string, refund_status = 'not_required') => ({ charge_status, refund_status });
    expect(charge({ status: 'failed', billing: billing('charged', 'completed') })).toBe('released');
    expect(charge({ status: 'failed', billing: billing('charged', 'pending') })).toBe('charged');
    expect(charge({ status: 'completed', billing: billing('charged') })).toBe('charged');
    expect(charge({ status: 'failed', billing: billing('released') })).toBe('released');
    expect(charge({ status: 'processing', billing: billing('reserved') })).toBe('hold');
  });

  it('without billing: a failed element is refunded as promised, a failed video is unknown', () => {
    const used = { usage: { credits_used: 81.648 } };
    expect(read({ status: 'failed' }).chargeState).toBe('unknown');
    expect(read({ status: 'failed', model: 'kling-custom-element' }).chargeState).toBe('released');
    expect(read({ status: 'completed' }).chargeState).toBe('unknown');
    expect(read({ status: 'completed', ...used })).toMatchObject({ chargeState: 'charged', creditsUsed: '81.648' });
    expect(read({ status: 'completed', usage: { cost: { credits: '1' } } })).toMatchObject({ creditsUsed: '1' });
  });

  it('survives odd details: they read as unknown', () => {
    const odd = read({
      progress: 'half',
      task_info: 'soon',
      usage: { credits_reserved: {} },
      billing: [],
      created: 'x',
    });
    expect(odd).toMatchObject({ progress: null, estimatedSeconds: null, creditsReserved: null, createdAt: null });
    expect(read({ progress: 250 }).progress).toBe(100);
    expect(read({ progress: '42' }).progress).toBe(42);
  });

  it('names the error of a failed task, and an unknown one where none is said', () => {
    const failed = { status: 'failed' };
    expect(read({ ...failed, error: { code: 'content_policy_violation', message: 'no' } }).error).toEqual({
      code: 'content_policy_violation',
      message: 'no',
    });
    expect(read({ ...failed, error: null }).error).toEqual({ code: 'unknown_error', message: '' });
    expect(read({ status: 'processing', error: { code: 'x', message: 'y' } }).error).toBeNull();
  });

  it('refuses what is used and is not there', () => {
    for (const change of [
      { id: undefined },
      { id: '' },
      { id: '../v1' },
      { id: 'a b' },
      { id: 2 ** 60 },
      { id: 'x'.repeat(300) },
    ]) {
      expect(taskSchema.safeParse({ ...pending, ...change }).success).toBe(false);
    }
  });
});

describe('other answers', () => {
  it('reads a list row with seconds, milliseconds or text as its time', () => {
    const row = (created_at: unknown) =>
      taskRowSchema.parse({ id: 'a', model: 'm', status: 's', created_at }).created_at;
    expect(row(1757169743)).toBe('2025-09-06T14:42:23.000Z');
    expect(row('1757169743')).toBe('2025-09-06T14:42:23.000Z');
    expect(row(1757169743000)).toBe('2025-09-06T14:42:23.000Z');
    expect(row('2025-09-06T14:42:23+02:00')).toBe('2025-09-06T12:42:23.000Z');
    expect(row('2025-09-06 14:42:23')).toBe('2025-09-06T14:42:23.000Z');
    expect(row('x')).toBeNull();
  });

  it('reads credits and quota', () => {
    const user = { remaining_credits: 9918.352, used_credits: '81.648' };
    expect(creditsSchema.parse({ success: true, message: '', data: { user, token: {} } }).data.user).toEqual({
      remaining_credits: '9918.352',
      used_credits: '81.648',
    });
    const quota = { user_group: 'default', used_files: 3, max_files: 100, remain_files: 97 };
    expect(quotaSchema.parse({ success: true, data: quota }).data.remaining).toBe(97);
  });

  it('wants the URL and the expiry of an upload', () => {
    const data = {
      file_id: 'f',
      file_url: 'https://cdn.example/f.mp4',
      file_size: 9,
      expires_at: '2026-11-04T12:00:00Z',
    };
    expect(uploadSchema.parse({ success: true, data }).data.expires_at).toBe('2026-11-04T12:00:00.000Z');
    for (const change of [{ file_url: 'javascript:1' }, { file_url: undefined }, { file_id: '' }]) {
      expect(uploadSchema.safeParse({ success: true, data: { ...data, ...change } }).success).toBe(false);
    }
  });
});
