/** Fetching results from a server that cuts, stalls, lies about lengths and redirects: complete, or an error and a `.part` to go on from. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEvolinkClient } from '../../../main/evolink/client.ts';
import { EvolinkError } from '../../../main/evolink/errors.ts';
import type { EvolinkFailure } from '../../../main/services.ts';
import { systemClock } from '../../../main/storage/clock.ts';
import { silentLogger } from '../sandbox/harness.ts';
import {
  type MisbehavingServer,
  reply,
  reset,
  silence,
  startMisbehavingServer,
  whenAsked,
} from './misbehavingServer.ts';

/** What comes first in every MP4; the download looks at no more. */
const movie = (rest: Buffer) =>
  Buffer.concat([Buffer.from('\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41', 'latin1'), rest]);
const whole = movie(Buffer.from(Array.from({ length: 300_000 }, (_, n) => n % 251)));
const video = { 'content-type': 'video/mp4' };

let server: MisbehavingServer;
let folder: string;
let partPath: string;

beforeEach(async () => {
  server = await startMisbehavingServer();
  folder = await mkdtemp(path.join(os.tmpdir(), 'restage-download-'));
  partPath = path.join(folder, 'result.mp4.part');
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const download = (
  url = `${server.origin}/r.mp4?sig=1`,
  extra: { signal?: AbortSignal; onProgress?: (ratio: number | null) => void } = {},
) =>
  createEvolinkClient({
    apiOrigin: server.origin,
    filesOrigin: server.origin,
    key: 'sk-evo-secret-key',
    clock: systemClock,
    logger: silentLogger,
    deadlines: { stallMs: 300 },
  }).download({ url, partPath, ...extra });

async function failureOf(work: Promise<unknown>): Promise<EvolinkFailure> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof EvolinkError) return error.failure;
  throw new Error(`no EvolinkError but ${String(error)}`);
}

const range = (start: number, body: Buffer) =>
  reply(206, body, { ...video, 'content-range': `bytes ${start}-${start + body.length - 1}/${whole.length}` });

describe('download', () => {
  it('fetches without the key, and reports progress to the end', async () => {
    server.play(reply(200, whole, video));
    const ratios: (number | null)[] = [];
    expect(await download(undefined, { onProgress: (ratio) => ratios.push(ratio) })).toEqual({
      sizeBytes: whole.length,
    });
    expect(await readFile(partPath)).toEqual(whole);
    expect(server.connections[0]?.text).not.toMatch(/authorization|sk-evo/i);
    expect(ratios.at(-1)).toBe(1);
  });

  it('has time as long as something comes', async () => {
    server.play(
      whenAsked((socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 85\r\nconnection: close\r\n\r\n');
        const bytes = whole.subarray(0, 85);
        for (let n = 0; n < 5; n++) setTimeout(() => socket.write(bytes.subarray(n * 17, n * 17 + 17)), 150 * (n + 1));
      }),
    );
    expect(await download()).toEqual({ sizeBytes: 85 }); // 750 ms, with a stall deadline of 300
  });

  it('keeps every byte of an answer that comes in chunks of all sizes', async () => {
    const large = movie(randomBytes(12_000_000));
    server.play(
      whenAsked((socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-type: video/mp4\r\ntransfer-encoding: chunked\r\n\r\n');
        for (let at = 0, n = 1; at < large.length; n += 1) {
          const piece = large.subarray(at, at + ((n * 7919) % 90_000) + 1);
          socket.write(`${piece.length.toString(16)}\r\n`);
          socket.write(piece);
          socket.write('\r\n');
          at += piece.length;
        }
        socket.end('0\r\n\r\n');
      }),
    );
    expect(await download()).toEqual({ sizeBytes: large.length });
    expect(large.equals(await readFile(partPath))).toBe(true);
  });

  it('reads through the same memory however long the answer is', async () => {
    const large = movie(randomBytes(64_000_000));
    server.play(reply(200, large, video));
    const before = process.memoryUsage().arrayBuffers;
    let most = Number.NEGATIVE_INFINITY;
    const onProgress = () => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    };
    expect(await download(undefined, { onProgress })).toEqual({ sizeBytes: large.length });
    expect(most).toBeGreaterThan(Number.NEGATIVE_INFINITY);
    expect(most).toBeLessThan(4_000_000);
    expect(large.equals(await readFile(partPath))).toBe(true);
  });

  it('goes on where it was cut off', async () => {
    server.play(
      reply(200, whole.subarray(0, 100_000), video, { announced: whole.length }),
      range(100_000, whole.subarray(100_000)),
    );
    expect(await failureOf(download())).toMatchObject({ cause: 'network' });
    expect((await stat(partPath)).size).toBe(100_000);
    expect(await download()).toEqual({ sizeBytes: whole.length });
    expect(server.connections[1]?.text).toMatch(/range: bytes=100000-/i);
    expect(await readFile(partPath)).toEqual(whole);
  });

  it('starts over where the server does not know ranges', async () => {
    await writeFile(partPath, 'stale bytes of an older try');
    server.play(reply(200, whole, video));
    expect(await download()).toEqual({ sizeBytes: whole.length });
    expect(await readFile(partPath)).toEqual(whole);
  });

  it('refuses a range that it did not ask for', async () => {
    await writeFile(partPath, whole.subarray(0, 1000));
    server.play(range(500, whole.subarray(500)));
    await failureOf(download());
    expect(await readFile(partPath)).toEqual(whole.subarray(0, 1000));
  });

  it('knows a part that is complete already', async () => {
    await writeFile(partPath, whole);
    server.play(reply(416, '', { 'content-range': `bytes */${whole.length}` }));
    expect(await download()).toEqual({ sizeBytes: whole.length });
  });

  it('starts over when the part is longer than the file', async () => {
    await writeFile(partPath, Buffer.concat([whole, whole]));
    server.play(reply(416, '', { 'content-range': `bytes */${whole.length}` }), reply(200, whole, video));
    expect(await download()).toEqual({ sizeBytes: whole.length });
    expect(await readFile(partPath)).toEqual(whole);
  });

  it.each([401, 403, 404, 410])('a dead link (%i) is notFound, whatever it says', async (status) => {
    server.play(reply(status, '<Error><Code>AccessDenied</Code></Error>'));
    expect(await failureOf(download())).toMatchObject({ meaning: 'unknown', cause: 'notFound', status });
  });

  it.each([
    ['a reset', reset, 'network'],
    [
      'a reset right after the head',
      whenAsked((s) => s.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n', () => s.resetAndDestroy())),
      'network',
    ],
    [
      'a cut where no length was announced',
      whenAsked((s) => s.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n')),
      'network',
    ],
    ['silence', silence, 'timeout'],
    [
      'a stall in the middle',
      whenAsked((s) => void s.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc')),
      'timeout',
    ],
    ['a web page', reply(200, '<html>', { 'content-type': 'text/html; charset=utf-8' }), 'unreadable'],
    ['a broken gateway', reply(502, ''), 'server'],
  ] as const)('%s ends with an error', async (_what, script, cause) => {
    server.play(script);
    expect(await failureOf(download())).toMatchObject({ cause });
  });

  it('follows redirects on loopback, without end it does not', async () => {
    server.play(reply(302, '', { location: '/elsewhere.mp4' }), reply(200, whole, video));
    expect(await download()).toEqual({ sizeBytes: whole.length });
    server.play(reply(302, '', { location: '/again.mp4' }));
    expect((await failureOf(download())).message).toBe('too many redirects');
  });

  it.each(['http://example.com/r.mp4', 'file:///etc/passwd', 'nonsense'])('does not fetch %s', async (url) => {
    expect(await failureOf(download(url))).toMatchObject({ meaning: 'nothingStarted', cause: 'unreadable' });
    server.play(reply(302, '', { location: url.includes(':') ? url : 'http://' }));
    expect(await failureOf(download())).toMatchObject({ cause: 'unreadable' });
  });

  it('can be cancelled, and keeps what it has', async () => {
    const controller = new AbortController();
    const first = whole.subarray(0, 100);
    server.play(
      whenAsked((socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n');
        socket.write(first);
      }),
    );
    const work = failureOf(download(undefined, { signal: controller.signal, onProgress: () => controller.abort() }));
    expect(await work).toMatchObject({ cause: 'cancelled' });
    expect(await readFile(partPath)).toEqual(first);
  });

  it('a folder that is gone is a file error, not the network', async () => {
    server.play(reply(200, whole, video));
    await rm(folder, { recursive: true });
    await expect(download()).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
