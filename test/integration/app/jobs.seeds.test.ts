/** Jobs from order to library: what arrives, what is reused, what survives a restart, what a person can do to them. */
import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sidecarSchema } from '../../../main/library/sidecar.ts';
import { knownTaskErrorCodes } from '../../../shared/jobs/taskErrors.ts';
import { inLongRun } from '../../fixtures/runs.ts';
import { makeClip } from '../sandbox/harness.ts';
import {
  addSources,
  isOver,
  motion,
  openTestProfile,
  order,
  type Sources,
  type TestProfile,
  waitsFor,
} from './harness.ts';

let profile: TestProfile;
let sources: Sources;
beforeEach(async () => {
  profile = await openTestProfile();
  sources = await addSources(profile);
});
afterEach(() => profile.remove());

describe('a job', () => {
  it('ends in the library folder with its whole recipe beside it, and nothing else', async () => {
    const job = await order(profile, motion(sources, { quality: '1080p', prompt: '踊る' }));
    const done = await profile.until(job.id, isOver);
    expect(done.state).toBe('completed');
    expect(readdirSync(profile.libraryDir).sort()).toEqual(
      [path.basename(done.file ?? ''), path.basename(done.sidecar ?? '')].sort(),
    );
    const sidecar = sidecarSchema.parse(JSON.parse(readFileSync(done.sidecar ?? '', 'utf8')));
    expect(sidecar.recipe).toEqual(done.recipe);
    expect(sidecar.provider).toMatchObject({
      taskId: done.taskId,
      isSandbox: true,
      request: { prompt: '踊る', quality: '1080p' },
    });
    expect(sidecar.prepared?.sha256).toBe(done.prepared?.sha256);
    const { items } = await profile.call('library.list', { query: '踊る' });
    expect(items.map(({ id, state }) => [id, state])).toEqual([[done.resultItemId, 'present']]);
    expect(Math.min(items[0]?.width ?? 0, items[0]?.height ?? 0)).toBe(1080);
  });

  it('takes a result shorter than ordered as the valid, paid result that it is, and shows both lengths', async () => {
    await profile.admin('POST', 'switches', { resultRatio: 0.8 });
    const done = await profile.until((await order(profile, motion(sources))).id, isOver);
    const item = await profile.call('library.get', { id: done.resultItemId ?? '' });
    expect(done.state).toBe('completed');
    expect(item.orderedSeconds).toBeCloseTo(3.2, 1);
    expect(item.durationSeconds).toBeLessThan(2.8);
  });

  inLongRun(() => {
    it('that the server fails says for each of its codes whether another try may help', async () => {
      const codes = [...knownTaskErrorCodes, 'brand_new_code', 'status:cancelled'];
      await profile.admin('POST', 'switches', { taskSeconds: 0 });
      const found: Record<string, boolean | undefined> = {};
      for (const code of codes) {
        await profile.admin('POST', 'switches', { nextErrors: [code] });
        const { state, problem } = await profile.until((await order(profile, motion(sources))).id, isOver);
        expect([code, state, problem?.code]).toEqual(
          code === 'status:cancelled' ? [code, 'cancelled', 'request_cancelled'] : [code, 'failed', code],
        );
        found[code] = problem?.mayRetry;
      }
      expect(found).toEqual({
        content_policy_violation: false,
        content_filter: false,
        sensitive_content: false,
        moderation_blocked: false,
        invalid_parameters: false,
        image_dimension_mismatch: false,
        image_processing_error: false,
        video_probe_failed: false,
        invalid_task_id: false,
        request_cancelled: false,
        resource_not_found: false,
        generation_timeout: true,
        resource_exhausted: true,
        service_error: true,
        service_unavailable: true,
        upstream_error: true,
        generation_failed_no_content: true,
        quota_exceeded: true,
        unknown_error: true,
        brand_new_code: true,
        ...{ 400: false, 404: false, 408: true, 429: true, 500: true, 502: true, 503: true, 504: true },
        'status:cancelled': false,
      });
    });
  });

  it('goes on after a restart in the middle of every stage, with one charge', async () => {
    await profile.admin('POST', 'switches', { taskSeconds: 1.5 });
    const job = await order(profile, motion(sources));
    for (const state of ['uploading', 'submitting', 'running', 'downloading']) {
      await profile.until(
        job.id,
        (now) => isOver(now) || now.state === state || ['running', 'downloading'].includes(now.state),
      );
      await profile.restart();
    }
    const done = await profile.until(job.id, isOver);
    expect(done.state).toBe('completed');
    expect((await profile.ledger()).map(({ charged }) => charged !== '0')).toEqual([true]);
  });

  inLongRun(() => {
    it('waits for the network while the server is away, and goes on by itself', async () => {
      await profile.admin('POST', 'faults', {
        rules: [{ method: 'POST', path: '/api/v1/files/upload', reset: 'before', times: 2 }],
      });
      const job = await order(profile, motion(sources));
      await profile.until(job.id, waitsFor('network'));
      expect((await profile.until(job.id, isOver)).state).toBe('completed');
    });
  });

  it('waits for its source, and for its library folder, and finishes when they are back', async () => {
    const folder = path.join(path.dirname(profile.profileDir), 'drive');
    await mkdir(folder);
    const clip = await makeClip(folder, 'away', { seconds: 3.1 });
    const videoId = await profile.add(clip);
    renameSync(clip, `${clip}.away`);
    const job = await order(profile, motion({ ...sources, videoId }));
    await profile.until(job.id, waitsFor('source'));
    renameSync(`${clip}.away`, clip);
    await rm(profile.libraryDir, { recursive: true });
    await profile.call('jobs.retry', { id: job.id });
    await profile.until(job.id, waitsFor('folder'));
    expect(existsSync(profile.libraryDir)).toBe(false);
    await mkdir(profile.libraryDir);
    await profile.call('jobs.retry', { id: job.id });
    expect((await profile.until(job.id, isOver)).state).toBe('completed');
  });

  it('fetches again when what came is no whole video', async () => {
    await profile.admin('POST', 'faults', {
      rules: [
        { method: 'GET', path: '/results/', corrupt: true },
        { method: 'GET', path: '/results/', missingBytes: 1000 },
      ],
    });
    const done = await profile.until((await order(profile, motion(sources))).id, isOver);
    expect(done.state).toBe('completed');
  });

  it('can be cancelled for real before submission; later only hidden', async () => {
    await profile.admin('POST', 'faults', {
      rules: [{ method: 'POST', path: '/api/v1/files/upload', latencyMs: 3000 }],
    });
    const job = await order(profile, motion(sources));
    await profile.until(job.id, ({ state }) => state === 'uploading');
    const cancelled = await profile.call('jobs.cancel', { id: job.id });
    expect([cancelled.state, await profile.ledger()]).toEqual(['cancelled', []]);
    await profile.admin('DELETE', 'faults');
    await profile.admin('POST', 'switches', { taskSeconds: 3 });
    const sent = await order(profile, motion(sources));
    await profile.until(sent.id, ({ state }) => state === 'running');
    await expect(profile.call('jobs.cancel', { id: sent.id })).rejects.toThrow(/job.isSubmitted/);
    await profile.call('jobs.hide', { id: sent.id });
    const done = await profile.until(sent.id, isOver);
    expect([done.state, done.isHidden, existsSync(done.file ?? '')]).toEqual(['completed', true, true]);
  });

  inLongRun(() => {
    it('rests while it is paused, and goes on when told', async () => {
      await profile.admin('POST', 'faults', {
        rules: [{ method: 'POST', path: '/api/v1/files/upload', latencyMs: 2000 }],
      });
      const job = await order(profile, motion(sources));
      await profile.until(job.id, ({ state }) => state === 'uploading');
      await profile.call('jobs.pause', { id: job.id, isPaused: true });
      await profile.until(job.id, waitsFor('paused'));
      await profile.call('jobs.pause', { id: job.id, isPaused: false });
      expect((await profile.until(job.id, isOver)).state).toBe('completed');
    });
  });

  it('makes an element, whose id can be named in the next order', async () => {
    const folder = path.join(path.dirname(profile.profileDir), 'clips');
    await mkdir(folder);
    const videoId = await profile.add(await makeClip(folder, 'face', { seconds: 4, size: '720x720' }));
    const [job] = await profile.call('jobs.order', {
      cells: [
        { orderId: 'element-order-1', recipe: { kind: 'element', videoId, name: 'Hero', description: 'a hero' } },
      ],
    });
    const made = await profile.until(job?.id ?? '', isOver);
    expect(made.state).toBe('completed');
    const [element] = await profile.call('elements.list', {});
    expect(element).toMatchObject({ elementId: made.resultElementId, name: 'Hero', isUsable: true });
    const done = await profile.until(
      (await order(profile, motion(sources, { elementId: element?.elementId ?? '' }))).id,
      isOver,
    );
    expect(done.state).toBe('completed');
    await expect(
      order(profile, motion(sources, { elementId: element?.elementId ?? '', orientation: 'image' })),
    ).rejects.toThrow(/element.orientation/);
  });
});
