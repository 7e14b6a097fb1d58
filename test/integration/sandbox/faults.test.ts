/** Every fault of the script, as the real client sees it. */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EvolinkError } from '../../../main/evolink/errors.ts';
import { elementBody, motionBody } from '../../../main/evolink/requests.ts';
import type { EvolinkFailure } from '../../../main/services.ts';
import { makeClip, makeImage, startSandbox, type TestSandbox, untilDone } from './harness.ts';

let sandbox: TestSandbox;
let folder: string;
let body: string;
let resultUrl: string;
let resultBytes: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'restage-faults-'));
  sandbox = await startSandbox();
  const upload = async (file: string) =>
    (await sandbox.client.uploadFile({ path: file, fileName: 'x', mimeType: 'x/y' })).fileUrl;
  const [clip, image] = await Promise.all([
    makeClip(folder, 'face', { seconds: 3, size: '720x720' }).then(upload),
    makeImage(folder, 'c.png', '400x600').then(upload),
  ]);
  body = elementBody({ videoUrl: clip, name: 'Mika', description: 'A dancer' });
  const order = motionBody({
    ...{ imageUrl: image, videoUrl: clip, prompt: '', quality: '720p', orientation: 'image' },
    ...{ keepSound: true, watermark: false },
  });
  const { task } = await sandbox.client.submit({ body: order, idempotencyKey: 'restage-faults-motion' });
  resultUrl = (await untilDone(sandbox.client, task.id)).resultUrls[0] ?? '';
  await sandbox.client.download({ url: resultUrl, partPath: path.join(folder, 'good.mp4') });
  resultBytes = await readFile(path.join(folder, 'good.mp4'));
});
afterAll(async () => {
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  await sandbox.admin('DELETE', 'faults');
});

const fault = (rule: Record<string, unknown>) => sandbox.admin('POST', 'faults', { rules: [rule] });
const generations = { method: 'POST', path: '/v1/videos/generations' };
let keys = 0;
const submit = (key = `restage-faults-${++keys}`) => sandbox.client.submit({ body, idempotencyKey: key });
async function failureOf(work: Promise<unknown>): Promise<EvolinkFailure> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof EvolinkError) return error.failure;
  throw new Error(`no EvolinkError but ${String(error)}`);
}
const countTasks = async () => ((await sandbox.admin('GET', 'ledger')) as { tasks: unknown[] }).tasks.length;

describe('a submission', () => {
  it.each([
    ['reset before the handler', { reset: 'before' }, 'network', 0],
    ['reset after the handler', { reset: 'after' }, 'network', 1],
    ['a truncated answer', { truncateTo: 0.5 }, 'network', 1],
    ['wrong JSON after the work', { body: 'wrongJson', runHandler: true }, 'unreadable', 1],
    ['another shape, nothing done', { body: 'wrongShape' }, 'unreadable', 0],
    ['HTML under 502 after the work', { status: 502, body: 'html', runHandler: true }, 'server', 1],
    ['an empty 500', { status: 500, body: 'empty' }, 'server', 0],
  ] as const)(
    '%s leaves the outcome unknown; the same key then finds or makes the one task',
    async (_what, rule, cause, made) => {
      const before = await countTasks();
      await fault({ ...generations, ...rule });
      const key = `restage-faults-key-${++keys}`;
      expect(await failureOf(submit(key))).toMatchObject({ meaning: 'unknown', cause });
      expect(await countTasks()).toBe(before + made);
      expect((await submit(key)).isReplayed).toBe(made === 1);
      expect(await countTasks()).toBe(before + 1);
    },
  );

  it.each([
    [429, 'nothingStarted', 'rateLimit'],
    [401, 'nothingStarted', 'auth'],
    [402, 'nothingStarted', 'credits'],
    [403, 'refused', 'forbidden'],
    [413, 'refused', 'tooLarge'],
    [503, 'unknown', 'server'],
  ])('status %i, with and without Retry-After', async (status, meaning, cause) => {
    await fault({ ...generations, status, retryAfter: '9' });
    expect(await failureOf(submit())).toMatchObject({ meaning, cause, status, retryAfterMs: 9000 });
    await fault({ ...generations, status });
    expect(await failureOf(submit())).toMatchObject({ meaning, cause, retryAfterMs: null });
  });

  it('latency, counted rules, and the requests that were seen', async () => {
    await sandbox.admin('DELETE', 'requests');
    await fault({ path: '/v1/credits', latencyMs: 300, skip: 1, times: 2 });
    const times: number[] = [];
    for (let n = 0; n < 4; n++) {
      const startedMs = performance.now();
      await sandbox.client.credits();
      times.push(performance.now() - startedMs);
    }
    expect(times.map((ms) => ms >= 295)).toEqual([false, true, true, false]);
    const { requests } = (await sandbox.admin('GET', 'requests')) as { requests: unknown[] };
    expect(requests).toHaveLength(4);
    expect(requests[0]).toMatchObject({ method: 'GET', path: '/v1/credits', status: 200 });
  });
});

describe('reads and files', () => {
  it('backward and unknown statuses, in single and in batch reads', async () => {
    const { task } = await submit();
    await untilDone(sandbox.client, task.id);
    await fault({ path: '/v1/tasks', times: 2, patch: { status: 'dreaming', progress: 3 } });
    expect(await sandbox.client.task(task.id)).toMatchObject({ status: 'running', rawStatus: 'dreaming', progress: 3 });
    const rows = await sandbox.client.tasks([task.id]);
    expect(rows.get(task.id)).toMatchObject({ status: 'running', progress: 3 });
    expect((await sandbox.client.task(task.id)).status).toBe('completed');
  });

  it('the files host fails in its own shape', async () => {
    await fault({ path: '/api/v1/files/quota', status: 500, message: 'storage is down' });
    expect(await failureOf(sandbox.client.quota())).toMatchObject({ cause: 'server', message: 'storage is down' });
  });

  it('an unknown rule is refused, not ignored', async () => {
    await expect(fault({ path: '/', resett: 'before' })).rejects.toThrow(/400/);
  });
});

describe('a result', () => {
  const download = (name: string) => sandbox.client.download({ url: resultUrl, partPath: path.join(folder, name) });

  it('cut off: the rest is fetched by range', async () => {
    await fault({ path: '/results/', truncateTo: 0.4 });
    expect(await failureOf(download('cut.part'))).toMatchObject({ cause: 'network' });
    const kept = (await stat(path.join(folder, 'cut.part'))).size;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(resultBytes.length);
    await download('cut.part');
    expect(await readFile(path.join(folder, 'cut.part'))).toEqual(resultBytes);
  });

  it('with missing bytes or a hole arrives "complete": only probing can tell', async () => {
    await fault({ path: '/results/', missingBytes: 1000 });
    expect(await download('short.part')).toEqual({ sizeBytes: resultBytes.length - 1000 });
    await fault({ path: '/results/', corrupt: true });
    await download('corrupt.part');
    const corrupt = await readFile(path.join(folder, 'corrupt.part'));
    expect(corrupt.length).toBe(resultBytes.length);
    expect(corrupt.equals(resultBytes)).toBe(false);
  });
});
