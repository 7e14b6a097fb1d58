/** A client that nobody here wrote works against the sandbox: EvoLink's own, published one, beside a profile that orders there. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { elementBody } from '../../../main/evolink/requests.ts';
import { readPort, readSecrets } from '../../../main/sandbox/place.ts';
import { addSources, isOver, motion, openTestProfile, order, type TestProfile } from '../app/harness.ts';
import { makeClip } from './harness.ts';
import { type PublishedClient, startPublishedClient } from './publishedClient.ts';

let profile: TestProfile;
let client: PublishedClient;
let folder: string;
let origin: string;
let key: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'restage-published-'));
  profile = await openTestProfile();
  await profile.admin('GET', 'ledger'); // it runs now, on the port and with the key of this profile
  const dir = path.join(profile.profileDir, 'sandbox');
  origin = `http://127.0.0.1:${readPort(dir)?.port}`;
  key = readSecrets(dir).key;
  client = await startPublishedClient({ origin, key });
});
afterAll(async () => {
  await client?.close();
  await profile?.remove();
  await rm(folder, { recursive: true, force: true });
});

/** The value behind `Name: ` in what a tool printed. */
const printed = (name: string, text: string): string =>
  new RegExp(`^${name}: (.+)$`, 'm').exec(text)?.[1] ?? `no ${name} in: ${text}`;

describe('the published client', () => {
  it('offers the tools that are tried here', async () => {
    expect(await client.tools()).toEqual(
      expect.arrayContaining(['upload_file', 'list_files', 'delete_file', 'check_task', 'generate_video']),
    );
  });

  it('uploads a file, lists it with the quota, and deletes it', async () => {
    const file = await makeClip(folder, 'take', { seconds: 3 });
    const bytes = await readFile(file);
    const up = await client.use('upload_file', { file_path: file, upload_path: 'takes', file_name: 'take-1.mp4' });
    expect(up).toMatchObject({ isError: false });
    const fileId = printed('File ID', up.text);
    expect(printed('File Name', up.text)).toBe('take.mp4');
    expect(printed('Size', up.text)).toBe(`${(bytes.length / 1024).toFixed(1)} KB`);
    expect(printed('Type', up.text)).toBe('video/mp4');
    expect(Date.parse(printed('Expires', up.text)) - Date.now()).toBeCloseTo(72 * 3_600_000, -5);
    const url = printed('File URL', up.text);
    expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(bytes);

    const list = await client.use('list_files', { page: 1, page_size: 5 });
    expect(list.isError).toBe(false);
    expect(list.text).toContain('Quota: 1/100 files used, 99 remaining [default]');
    expect(list.text).toContain(`  - take-1.mp4 (${(bytes.length / 1024).toFixed(1)} KB) [${fileId}] uploaded `);

    const gone = await client.use('delete_file', { file_id: fileId });
    expect(gone).toEqual({ isError: false, text: `File ${fileId} deleted successfully. Quota slot freed.` });
    expect((await client.use('list_files', {})).text).toContain('(no files)');
    expect((await fetch(url)).status).toBe(404);
    expect(await client.use('delete_file', { file_id: fileId })).toEqual({
      isError: true,
      text: `File API error (404): no file ${fileId}`,
    });
  });

  it('reads a task that Restage ordered, as Restage sees it', async () => {
    const { id } = await order(profile, motion(await addSources(profile), { prompt: 'a grey T-shirt' }));
    const job = await profile.until(id, isOver);
    expect(job.state).toBe('completed');
    const { text, isError } = await client.use('check_task', { task_id: job.taskId });
    expect(isError).toBe(false);
    expect(printed('Task ID', text)).toBe(job.taskId);
    expect(printed('Model', text)).toBe('kling-v3-motion-control');
    expect(printed('Status', text)).toBe('completed');
    expect(printed('Progress', text)).toBe('100%');
    expect(text).toMatch(/^Estimated cost: [\d.]+ credits \(per_second\)$/m);
    // What it would download is the very file that lies in the library.
    const link = /^ {2}\[1\] (\S+)$/m.exec(text)?.[1] ?? '';
    const bytes = Buffer.from(await (await fetch(link)).arrayBuffer());
    expect(bytes).toEqual(await readFile(job.file ?? ''));
    const unknown = await client.use('check_task', { task_id: 'task-unified-0-nobody' });
    expect(unknown).toEqual({ isError: true, text: '[404] no task task-unified-0-nobody' });
  });

  it('gets the contract’s 400 for an element that lacks what is required, prints it, and nothing is started', async () => {
    const tasksBefore = (await profile.ledger()).length;
    const args = { model: 'kling-custom-element', prompt: 'a person who waves' };
    const { text, isError } = await client.use('generate_video', args);
    // Its own words for a 400 without a contract's body would be "Invalid request parameters".
    expect({ text, isError }).toEqual({ isError: true, text: '[400] model_params: an object is required' });
    const response = await post(JSON.stringify(args));
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        error: {
          code: 'invalid_parameters',
          message: 'model_params: an object is required',
          type: 'invalid_request_error',
          request_id: response.headers.get('x-request-id'),
        },
      },
    ]);
    expect(await profile.ledger()).toHaveLength(tasksBefore);
  });

  it('shows that a POST without an idempotency key is accepted, each time as a task of its own', async () => {
    const face = await makeClip(folder, 'face', { seconds: 3, rate: 20, size: '720x720', hasSound: false });
    const up = await client.use('upload_file', { file_path: face });
    const body = elementBody({ videoUrl: printed('File URL', up.text), name: 'face', description: 'a face' });
    const ids: string[] = [];
    for (const response of [await post(body), await post(body)]) {
      expect([response.status, response.headers.get('idempotency-replayed')]).toEqual([200, null]);
      ids.push(((await response.json()) as { id: string }).id);
    }
    expect(new Set(ids).size).toBe(2);
    const mine = (await profile.ledger()).filter(({ taskId }) => ids.includes(taskId));
    expect(mine.map(({ idempotencyKey }) => idempotencyKey)).toEqual([null, null]);
    for (const task_id of ids) {
      const { text } = await client.use('check_task', { task_id });
      expect(printed('Model', text)).toBe('kling-custom-element');
      expect(['pending', 'processing', 'completed']).toContain(printed('Status', text));
    }
  });
});

/** The request as that client makes it: with its key for the API, and no other header. */
function post(body: string): Promise<Response> {
  return fetch(`${origin}/v1/videos/generations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body,
  });
}
