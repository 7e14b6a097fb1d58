/** The client against a server that misbehaves: what it concludes, what it sends where, and that nothing hangs. */
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEvolinkClient } from '../../../main/evolink/client.ts';
import { EvolinkError } from '../../../main/evolink/errors.ts';
import { openUploadBody } from '../../../main/evolink/upload.ts';
import type { EvolinkClient, EvolinkFailure } from '../../../main/services.ts';
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

const key = 'sk-evo-test-0123456789';
const deadlines = { readMs: 400, submitMs: 400, stallMs: 400 };
const task = (id: string, status = 'pending') => ({ id, model: 'm', status, progress: 1 });
const submission = { body: '{"exact": "bytes "}', idempotencyKey: 'restage-0123456789' };

let server: MisbehavingServer;
let client: EvolinkClient;
let folder: string;

const clientAt = (origin: string): EvolinkClient =>
  createEvolinkClient({
    apiOrigin: origin,
    filesOrigin: origin,
    key,
    clock: systemClock,
    logger: silentLogger,
    deadlines,
  });

beforeEach(async () => {
  server = await startMisbehavingServer();
  client = clientAt(server.origin);
  folder = await mkdtemp(path.join(os.tmpdir(), 'restage-client-'));
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function failureOf(work: Promise<unknown>): Promise<EvolinkFailure> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof EvolinkError) return error.failure;
  throw new Error(`no EvolinkError but ${String(error)}`);
}

async function unusedOrigin(): Promise<string> {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as net.AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return `http://127.0.0.1:${port}`;
}

describe('submit', () => {
  it('sends exactly the bytes and the key it was given, and reads the task', async () => {
    server.play(reply(200, JSON.stringify(task('t-1')), { 'idempotency-replayed': 'true' }));
    const answer = await client.submit(submission);
    expect(answer).toMatchObject({ isReplayed: true, task: { id: 't-1', status: 'pending' } });
    const sent = server.connections[0]?.text ?? '';
    expect(sent).toMatch(/^POST \/v1\/videos\/generations HTTP\/1\.1\r\n/);
    expect(sent.toLowerCase()).toContain('idempotency-key: restage-0123456789');
    expect(sent).toContain(`Bearer ${key}`);
    expect(sent.endsWith(`\r\n\r\n${submission.body}`)).toBe(true);
  });

  it('knows that nothing was started when nobody listens', async () => {
    const failure = await failureOf(clientAt(await unusedOrigin()).submit(submission));
    expect(failure).toMatchObject({ meaning: 'nothingStarted', cause: 'network', status: null });
  });

  it('knows that nothing was started when it was cancelled before', async () => {
    const failure = await failureOf(client.submit({ ...submission, signal: AbortSignal.abort() }));
    expect(failure).toMatchObject({ meaning: 'nothingStarted', cause: 'cancelled' });
    expect(server.connections).toHaveLength(0);
  });

  it.each([
    ['a reset', reset, 'network'],
    ['silence', silence, 'timeout'],
    ['an answer cut in its body', reply(200, '{"id":', {}, { announced: 100 }), 'network'],
    ['an answer cut in its head', whenAsked((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-')), 'network'],
    ['no HTTP at all', whenAsked((socket) => socket.end('SSH-2.0-OpenSSH_9\r\n')), 'network'],
    ['JSON that ends early', reply(200, '{"id": "task-'), 'unreadable'],
    ['JSON of another shape', reply(200, '{"hello": 1}'), 'unreadable'],
    ['a task without an id', reply(200, '{"status": "pending"}'), 'unreadable'],
    ['HTML under 200', reply(200, '<html></html>', { 'content-type': 'text/html' }), 'unreadable'],
    ['nothing under 200', reply(200, ''), 'unreadable'],
    ['an endless answer', reply(200, `[${'1,'.repeat(4_500_000)}1]`), 'unreadable'],
    ['a gateway', reply(502, '<html><title>Bad gateway</title></html>'), 'server'],
    ['a redirect', reply(307, '', { location: 'http://127.0.0.1:9/' }), 'unreadable'],
  ] as const)('an unknown outcome: %s', async (_what, script, cause) => {
    server.play(script);
    expect(await failureOf(client.submit(submission))).toMatchObject({ meaning: 'unknown', cause });
    expect(server.connections).toHaveLength(1);
  });

  it('an abort after the request left is unknown, and immediate', async () => {
    server.play(silence);
    const controller = new AbortController();
    const work = failureOf(client.submit({ ...submission, signal: controller.signal }));
    while (!server.connections[0]?.text.includes(submission.body)) await systemClock.sleep(5);
    controller.abort();
    expect(await work).toMatchObject({ meaning: 'unknown', cause: 'cancelled' });
  });

  it('never shows the key in a message', async () => {
    server.play(reply(401, JSON.stringify({ error: { code: 'x', message: `bad key ${key}`, type: 'y' } })));
    const failure = await failureOf(client.submit(submission));
    expect(failure).toMatchObject({ meaning: 'nothingStarted', cause: 'auth' });
    expect(failure.message).not.toContain(key);
  });
});

describe('the key', () => {
  it('does not follow a redirect', async () => {
    const other = await startMisbehavingServer();
    try {
      other.play(reply(200, '{}'));
      server.play(reply(302, '', { location: `${other.origin}/v1/credits` }));
      expect(await failureOf(client.credits())).toMatchObject({ cause: 'unreadable', status: 302 });
      expect(other.connections).toHaveLength(0);
    } finally {
      await other.close();
    }
  });

  it.each(['http://example.com', 'http://10.0.0.1', 'ftp://example.com', 'https://user:pw@example.com', 'x'])(
    'is not sent to %s',
    (origin) => {
      expect(() => clientAt(origin)).toThrow(/origin/);
    },
  );
});

describe('tasks', () => {
  const answer = (path: RegExp, status: number, body: unknown) =>
    whenAsked((socket, received) => {
      if (!path.test(received.text)) throw new Error(`unexpected ${received.text.split('\r\n')[0]}`);
      const text = JSON.stringify(body);
      socket.end(
        `HTTP/1.1 ${status} X\r\ncontent-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`,
      );
    });

  it('asks in groups of fifty', async () => {
    const ids = Array.from({ length: 120 }, (_, n) => `t-${n}`);
    server.play(
      answer(/batch/, 200, { data: ids.slice(0, 50).map((id) => task(id)) }),
      answer(/batch/, 200, { data: ids.slice(50, 100).map((id) => task(id)) }),
      answer(/batch/, 200, { data: [task('t-119')] }),
    );
    const found = await client.tasks(ids);
    expect(server.connections).toHaveLength(3);
    expect(found.size).toBe(101);
    expect(found.has('t-118')).toBe(false);
  });

  it.each([404, 405])('reads one by one where there is no batch (%i), and remembers', async (status) => {
    server.play(
      reply(status, '{}'),
      whenAsked((socket, received) => {
        const id = /GET \/v1\/tasks\/(\S+)/.exec(received.text)?.[1] ?? '';
        const [code, body] = id === 'gone' ? [404, '{}'] : [200, JSON.stringify(task(id))];
        socket.end(`HTTP/1.1 ${code} X\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`);
      }),
    );
    expect([...(await client.tasks(['a', 'b', 'gone'])).keys()].sort()).toEqual(['a', 'b']);
    expect(server.connections).toHaveLength(4);
    await client.tasks(['a']);
    expect(server.connections.at(-1)?.text).toMatch(/^GET \/v1\/tasks\/a /);
  });

  it('one id that the server refuses hides no other task: neither in a batch nor by itself', async () => {
    const refusal = (code: string) => JSON.stringify({ error: { code, message: 'no', type: 'invalid_request_error' } });
    server.play(
      reply(400, refusal('invalid_task_id')),
      whenAsked((socket, received) => {
        const id = /GET \/v1\/tasks\/(\S+)/.exec(received.text)?.[1] ?? '';
        const refusals: Record<string, string> = { odd: refusal('invalid_task_id'), other: refusal('invalid_request') };
        const body = refusals[id] ?? JSON.stringify(task(id));
        const code = refusals[id] ? 400 : 200;
        socket.end(`HTTP/1.1 ${code} X\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`);
      }),
    );
    const found = await client.tasks(['odd', 'a', 'other', 'b']);
    expect([...found.keys()].sort()).toEqual(['a', 'b', 'other']);
    expect(found.get('a')).toMatchObject({ isReadable: true, status: 'pending' });
    expect(found.get('other')?.isReadable).toBe(false);
  });

  it('does not take a failing server for a missing endpoint', async () => {
    server.play(reply(503, '{}', { 'retry-after': '3' }));
    expect(await failureOf(client.tasks(['a']))).toMatchObject({ cause: 'server', retryAfterMs: 3000 });
    expect(server.connections).toHaveLength(1);
  });

  it('one odd row neither hides the others nor counts as vanished', async () => {
    server.play(answer(/batch/, 200, { data: [task('a'), { id: 'b', status: 7 }, 'nonsense'] }));
    const found = await client.tasks(['a', 'b']);
    expect(found.get('a')?.status).toBe('pending');
    expect(found.get('b')?.status).toBe('running');
  });
});

describe('uploadFile', () => {
  const uploaded = JSON.stringify({
    success: true,
    data: { file_id: 'f', file_url: 'https://cdn.example/f', file_size: 3, expires_at: '2030-01-01T00:00:00Z' },
  });
  const upload = (file: string, signal?: AbortSignal) =>
    client.uploadFile({ path: file, fileName: 'a "b" 踊.mp4', mimeType: 'video/mp4', ...(signal ? { signal } : {}) });

  it('is asked for its quota when it is refused, and says so when that is full', async () => {
    const file = path.join(folder, 'a.mp4');
    await writeFile(file, 'abc');
    const quota = (remain: number) =>
      JSON.stringify({ data: { used_files: 100, max_files: 100, remain_files: remain } });
    server.play(reply(200, '{"success":false,"code":400,"msg":"no"}'), reply(200, quota(0)));
    expect(await failureOf(upload(file))).toMatchObject({ meaning: 'nothingStarted', cause: 'quota', message: 'no' });
    server.play(reply(400, '{"success":false,"code":400,"msg":"bad type"}'), reply(200, quota(7)));
    expect(await failureOf(upload(file))).toMatchObject({ cause: 'invalid', message: 'bad type' });
  });

  it('sends the announced number of bytes, the name escaped', async () => {
    const file = path.join(folder, 'a.mp4');
    const bytes = Buffer.alloc(700_001, 'x');
    await writeFile(file, bytes);
    const ratios: (number | null)[] = [];
    server.play((socket, received) => {
      socket.on('data', () => {
        if (received.text.endsWith('--\r\n')) {
          socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${uploaded.length}\r\nconnection: close\r\n\r\n${uploaded}`);
        }
      });
    });
    const result = await client.uploadFile({
      path: file,
      fileName: 'a "b" 踊.mp4',
      mimeType: 'video/mp4',
      onProgress: (ratio) => ratios.push(ratio),
    });
    expect(result).toEqual({
      fileId: 'f',
      fileUrl: 'https://cdn.example/f',
      expiresAt: '2030-01-01T00:00:00.000Z',
      sizeBytes: 3,
    });
    const text = server.connections[0]?.text ?? '';
    const [head = '', ...rest] = text.split('\r\n\r\n');
    expect(Number(/content-length: (\d+)/i.exec(head)?.[1])).toBe(rest.join('\r\n\r\n').length);
    expect(Buffer.from(text, 'latin1').toString('utf8')).toContain('filename="a %22b%22 踊.mp4"');
    expect(ratios.at(-1)).toBe(1);
    expect([...ratios].sort()).toEqual(ratios);
  });

  it('takes an early refusal as the answer, without the rest of the bytes', async () => {
    const file = path.join(folder, 'big.mp4');
    await writeFile(file, '');
    await truncate(file, 50_000_000);
    server.play(reply(413, '{"success":false,"code":413,"msg":"too big"}'));
    const failure = await failureOf(upload(file));
    // The reset may overtake the answer: then it is the network, and it is tried again.
    expect(['tooLarge', 'network']).toContain(failure.cause);
  });

  it('gives up on a server that stops reading', async () => {
    const file = path.join(folder, 'big.mp4');
    await writeFile(file, '');
    await truncate(file, 50_000_000);
    server.play((socket) => void socket.pause());
    expect(await failureOf(upload(file))).toMatchObject({ cause: 'timeout' });
  });

  it('says that the source is missing, or changed while it was sent', async () => {
    await expect(upload(path.join(folder, 'none.mp4'))).rejects.toMatchObject({ code: 'sourceMissing' });
    const file = path.join(folder, 'shrinks.mp4');
    await writeFile(file, Buffer.alloc(100_000));
    const body = await openUploadBody({ path: file, fileName: 'x', mimeType: 'video/mp4' });
    await truncate(file, 10);
    const read = async () => {
      for await (const _ of body.parts);
    };
    await expect(read()).rejects.toMatchObject({ code: 'sourceUnreadable' });
    await body.close();
  });

  it('can be cancelled', async () => {
    const file = path.join(folder, 'big.mp4');
    await writeFile(file, '');
    await truncate(file, 50_000_000);
    server.play((socket) => void socket.pause());
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    expect(await failureOf(upload(file, controller.signal))).toMatchObject({ cause: 'cancelled' });
  });
});
