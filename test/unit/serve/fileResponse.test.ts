import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileResponse, parseRange } from '../../../main/serve/fileResponse.ts';

describe('byte ranges', () => {
  it.each([
    [null, null],
    ['bytes=0-9', { start: 0, end: 9 }],
    ['bytes=90-', { start: 90, end: 99 }],
    ['bytes=-5', { start: 95, end: 99 }],
    ['bytes=-500', { start: 0, end: 99 }],
    ['bytes=95-500', { start: 95, end: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=9-3', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=-', null],
    ['bytes=0-1,3-4', null],
    ['lines=0-1', null],
  ])('%s of 100 bytes', (header, expected) => {
    expect(parseRange(header, 100)).toEqual(expected);
  });
});

describe('a file as a response', () => {
  const bytes = Uint8Array.from({ length: 700_000 }, (_, n) => n % 251);
  const setUp = async () => {
    const file = path.join(await mkdtemp(path.join(tmpdir(), 'restage-serve-')), 'a.mp4');
    await writeFile(file, bytes);
    return file;
  };
  const ask = (headers: Record<string, string>, method = 'GET') =>
    new Request('http://localhost/media/asset/x', { headers, method });

  it('answers whole, in part, not satisfiable, unchanged, and without body for HEAD', async () => {
    const file = await setUp();
    const whole = await fileResponse(file, ask({}), 'video/mp4');
    expect([whole.status, whole.headers.get('content-length')]).toEqual([200, '700000']);
    expect(new Uint8Array(await whole.arrayBuffer())).toEqual(bytes);
    const part = await fileResponse(file, ask({ range: 'bytes=300000-600001' }), 'video/mp4');
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 300000-600001/700000']);
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes.subarray(300_000, 600_002));
    expect((await fileResponse(file, ask({ range: 'bytes=700000-' }), 'video/mp4')).status).toBe(416);
    const tag = whole.headers.get('etag') ?? '';
    expect((await fileResponse(file, ask({ 'if-none-match': tag }), 'video/mp4')).status).toBe(304);
    const head = await fileResponse(file, ask({}, 'HEAD'), 'video/mp4');
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await fileResponse(`${file}.gone`, ask({}), 'video/mp4')).status).toBe(404);
  });

  it.skipIf(process.platform !== 'linux')('closes its file when the player stops listening', async () => {
    const file = await setUp();
    const open = async () => {
      const { readlink } = await import('node:fs/promises');
      const names = await Promise.all(
        (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
      );
      return names.filter((name) => name === file).length;
    };
    const response = await fileResponse(file, ask({}), 'video/mp4');
    const reader = response.body?.getReader();
    await reader?.read();
    expect(await open()).toBe(1);
    await reader?.cancel();
    expect(await open()).toBe(0);
  });
});
