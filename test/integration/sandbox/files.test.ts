/** The files host of the sandbox, through the real client and by hand: three ways up, quota, list, deletion, expiry. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EvolinkError } from '../../../main/evolink/errors.ts';
import { makeImage, startSandbox, type TestSandbox } from './harness.ts';

let sandbox: TestSandbox;
let folder: string;
let image: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'restage-files-'));
  [sandbox, image] = await Promise.all([startSandbox(), makeImage(folder, 'c.png', '400x600')]);
});
afterAll(async () => {
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await sandbox.admin('POST', 'switches', { maxFiles: 100, fileLifeMs: 72 * 3_600_000, skewMs: 0 });
});

const ask = (method: string, what: string, body?: string, headers: Record<string, string> = {}) =>
  fetch(`${sandbox.origin}/api/v1/files/${what}`, {
    method,
    headers: { authorization: `Bearer ${sandbox.key}`, ...headers },
    ...(body === undefined ? {} : { body }),
  });
const upload = () => sandbox.client.uploadFile({ path: image, fileName: 'c.png', mimeType: 'image/png' });

describe('uploads', () => {
  it('keeps every byte, for 72 hours, at the URL it gives', async () => {
    const file = await upload();
    const bytes = await readFile(image);
    expect(file.sizeBytes).toBe(bytes.length);
    expect(Date.parse(file.expiresAt) - Date.now()).toBeCloseTo(72 * 3_600_000, -5);
    expect(Buffer.from(await (await fetch(file.fileUrl)).arrayBuffer())).toEqual(bytes);
  });

  it('keeps bytes that look like boundaries, whatever the chunks', async () => {
    const odd = path.join(folder, 'odd.bin');
    const bytes = Buffer.from(`\r\n--restage\r\n\r\n--${'x'.repeat(70_000)}\r\n--\r\n`.repeat(5));
    await writeFile(odd, bytes);
    const file = await sandbox.client.uploadFile({ path: odd, fileName: 'odd.bin', mimeType: 'video/mp4' });
    expect(Buffer.from(await (await fetch(file.fileUrl)).arrayBuffer())).toEqual(bytes);
  });

  it('takes what a browser sends: FormData with a path and a name', async () => {
    const form = new FormData();
    form.append('uploadPath', 'takes');
    form.append('fileName', 'named.png');
    form.append('file', new Blob([await readFile(image)], { type: 'image/png' }), 'original.png');
    const response = await fetch(`${sandbox.origin}/api/v1/files/upload/stream`, {
      method: 'POST',
      headers: { authorization: `Bearer ${sandbox.key}` },
      body: form,
    });
    const { success, data } = (await response.json()) as { success: boolean; data: Record<string, unknown> };
    expect(success).toBe(true);
    expect(data).toMatchObject({
      file_name: 'named.png',
      original_name: 'original.png',
      upload_path: 'takes',
      mime_type: 'image/png',
    });
  });

  it('takes base64 and URLs of its own, images only', async () => {
    const text = `data:image/png;base64,${(await readFile(image)).toString('base64')}`;
    const first = (await (await ask('POST', 'upload/base64', JSON.stringify({ base64_data: text }))).json()) as {
      data: { file_url: string; file_size: number };
    };
    expect(first.data.file_size).toBe((await readFile(image)).length);
    const copy = await ask('POST', 'upload/url', JSON.stringify({ file_url: first.data.file_url }));
    expect(copy.status).toBe(200);
    const bad = await ask('POST', 'upload/base64', JSON.stringify({ base64_data: 'aGVsbG8=' }));
    expect([bad.status, await bad.json()]).toEqual([400, expect.objectContaining({ success: false, code: 400 })]);
    const far = await ask('POST', 'upload/url', JSON.stringify({ file_url: 'https://example.com/a.png' }));
    expect(far.status).toBe(400);
  });

  it.each([
    ['no file part', '--b\r\ncontent-disposition: form-data; name="x"\r\n\r\n1\r\n--b--\r\n'],
    ['an empty file', '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n\r\n--b--\r\n'],
    ['a body that stops', '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nabc'],
  ])('refuses %s', async (_what, body) => {
    const response = await ask('POST', 'upload/stream', body, { 'content-type': 'multipart/form-data; boundary=b' });
    expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ success: false })]);
  });

  it('refuses more than 100 MB without taking it all', async () => {
    const big = path.join(folder, 'big.mp4');
    await writeFile(big, '');
    const { truncate } = await import('node:fs/promises');
    await truncate(big, 100_000_001);
    const work = sandbox.client.uploadFile({ path: big, fileName: 'big.mp4', mimeType: 'video/mp4' });
    const failure = await work.catch((error: unknown) => (error instanceof EvolinkError ? error.failure.cause : error));
    expect(['tooLarge', 'network']).toContain(failure);
    await rm(big);
  });
});

describe('quota and list', () => {
  it('counts, lists newest first, and frees by deletion', async () => {
    const before = await sandbox.client.quota();
    const [a, b] = [await upload(), await upload()];
    expect(await sandbox.client.quota()).toEqual({
      usedFiles: (before.usedFiles ?? 0) + 2,
      maxFiles: 100,
      remainFiles: before.remainFiles - 2,
    });
    const list = (await (await ask('GET', 'list?page=1&pageSize=2')).json()) as {
      data: { files: { file_id: string }[]; total: number };
    };
    expect(list.data.files.map((file) => file.file_id)).toEqual([b.fileId, a.fileId]);
    await sandbox.client.deleteFile(a.fileId);
    expect((await sandbox.client.quota()).usedFiles).toBe((before.usedFiles ?? 0) + 1);
    expect((await fetch(a.fileUrl)).status).toBe(404);
    await expect(sandbox.client.deleteFile(a.fileId)).rejects.toMatchObject({ failure: { cause: 'notFound' } });
  });

  it('says quota when it is full', async () => {
    const { usedFiles } = await sandbox.client.quota();
    await sandbox.admin('POST', 'switches', { maxFiles: usedFiles });
    await expect(upload()).rejects.toMatchObject({ failure: { cause: 'quota', meaning: 'nothingStarted' } });
  });

  it('forgets a file when its 72 hours are over', async () => {
    const file = await upload();
    await sandbox.admin('POST', 'switches', { skewMs: 72 * 3_600_000 + 1000 });
    expect((await fetch(file.fileUrl)).status).toBe(404);
    expect((await sandbox.client.quota()).usedFiles).toBe(0);
  });
});

describe('the key', () => {
  it('is asked for everywhere but at links', async () => {
    const places = ['/v1/credits', '/v1/tasks', '/v1/tasks/x', '/api/v1/files/quota', '/__sandbox/ledger', '/nonsense'];
    for (const place of places) {
      for (const authorization of ['', 'Bearer sk-evo-wrong', sandbox.key]) {
        const response = await fetch(sandbox.origin + place, { headers: { authorization } });
        expect([place, response.status]).toEqual([place, 401]);
      }
    }
    const wrong = sandbox.clientWith({ key: 'sk-evo-wrong' });
    await expect(wrong.credits()).rejects.toMatchObject({ failure: { cause: 'auth', meaning: 'nothingStarted' } });
    await expect(wrong.quota()).rejects.toMatchObject({ failure: { cause: 'auth' } });
  });

  it('does not help under another host name', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      const asked = request(`${sandbox.origin}/v1/credits`, {
        headers: { host: 'evil.example', authorization: `Bearer ${sandbox.key}` },
      });
      asked
        .on('response', (response) => resolve(response.statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });
});
