/** The web hook: off at first, signed, few tries, never in a job's way; its secret in no answer and no log. */
import { createHmac } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHookSecret } from '../../../main/hooks/hookSecret.ts';
import { createWebHook, type WebHookTeller } from '../../../main/hooks/webHook.ts';
import { noSecretBox } from '../../../main/settings/apiKey.ts';
import { systemClock } from '../../../main/storage/clock.ts';
import { createLogger } from '../../../main/storage/logger.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import type { WebHook } from '../../../shared/contract/webHook.ts';
import { job as sandboxJob } from '../../unit/renderer/samples.ts';
import { addSources, isOver, motion, openTestProfile, order } from '../app/harness.ts';

const job = (patch: Partial<Job>) => sandboxJob({ isSandbox: false, ...patch });

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

let folder: string;
let server: Server;
let received: Received[];
/** What the server answers, one after the other; then 204. */
let answers: number[];
let hook: WebHook | null;
let teller: WebHookTeller;
let secret: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'restage-hook-'));
  received = [];
  answers = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(answers.shift() ?? 204, { location: 'http://127.0.0.1:1/' }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  hook = { url: `http://127.0.0.1:${port}/jobs?token=abcdef123456`, events: ['done', 'failed', 'needsYou'] };
  const box = createHookSecret({ profileDir: folder, box: noSecretBox });
  secret = await box.make();
  teller = createWebHook({
    ...{ settings: () => ({ webHook: hook }), secret: box, clock: systemClock, allowsLoopback: true },
    ...{ logger: createLogger(path.join(folder, 'logs'), 'restage'), pausesMs: [10, 10] },
  });
});
afterEach(async () => {
  await teller.close();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const events = () => received.map(({ headers }) => headers['x-restage-event']);
const logs = async () =>
  (
    await Promise.all(
      (
        await readdir(path.join(folder, 'logs')).catch(() => [])
      ).map((name) => readFile(path.join(folder, 'logs', name), 'utf8')),
    )
  ).join('');

describe('10: the web hook', () => {
  it('tells of results, failures and questions, once each, with a signature that the server can check', async () => {
    const running = job({ id: 'a', state: 'running' });
    teller.know([running, job({ id: 'old', state: 'completed' })]);
    teller.changed([
      { ...running, state: 'completed', resultItemId: 'a' },
      job({
        id: 'b',
        state: 'failed',
        problem: { code: 'content', message: '/home/me', mayRetry: false, field: null },
      }),
      job({ id: 'c', state: 'submitting', waitingFor: 'outcome' }),
      job({ id: 'old', state: 'completed' }),
      // What is done in the sandbox does not leave this computer.
      sandboxJob({ id: 'test', state: 'completed' }),
    ]);
    teller.changed([{ ...running, state: 'completed', resultItemId: 'a' }]);
    await expect.poll(() => received.length, { timeout: 20_000 }).toBe(3);
    expect(events().sort()).toEqual(['done', 'failed', 'needsYou']);
    for (const { headers, body } of received) {
      const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-restage-signature'])) ?? [];
      expect(v1).toBe(createHmac('sha256', secret).update(`${t}.${body}`).digest('hex'));
      expect(JSON.parse(body).id).toBe(headers['x-restage-delivery']);
      expect(body).not.toContain('/home/me');
    }
    const done = received.find(({ headers }) => headers['x-restage-event'] === 'done');
    expect(JSON.parse(done?.body ?? '{}')).toMatchObject({ event: 'done', jobs: [{ id: 'a', libraryItem: 'a' }] });
    expect(received.some(({ body }) => body.includes('"test"'))).toBe(false);
  });

  it('what is not wished for is not told, and nothing at all while it is off', async () => {
    hook = { url: hook?.url ?? '', events: ['failed'] };
    teller.changed([job({ id: 'a', state: 'completed' }), job({ id: 'b', state: 'failed' })]);
    await expect.poll(events, { timeout: 20_000 }).toEqual(['failed']);
    hook = null;
    await expect(teller.test()).rejects.toMatchObject({ code: 'refused', reasons: [{ rule: 'webHook.none' }] });
    expect(events()).toEqual(['failed']);
  });

  it('a server that is ill is tried a few times with the same delivery; one that says no for good is tried once', async () => {
    answers = [500, 503, 500];
    teller.changed([job({ id: 'a', state: 'completed' })]);
    await expect.poll(() => received.length, { timeout: 20_000 }).toBe(3);
    expect(new Set(received.map(({ headers }) => headers['x-restage-delivery'])).size).toBe(1);
    await expect.poll(async () => (await logs()).match(/hook\.failed/g)?.length, { timeout: 20_000 }).toBe(3);
    answers = [410, 500];
    teller.changed([job({ id: 'b', state: 'completed' })]);
    await expect.poll(async () => (await logs()).match(/hook\.failed/g)?.length, { timeout: 20_000 }).toBe(4);
    expect(received).toHaveLength(4);
    // Neither the secret nor the token of the address, and a redirect is not followed.
    expect(await logs()).not.toMatch(/whs_|abcdef123456/);
    answers = [302];
    await expect(teller.test()).rejects.toMatchObject({ code: 'server', detail: 'HTTP 302' });
  });

  it('the secret is its owner’s alone', async () => {
    expect(secret).toMatch(/^whs_[\w-]{32}$/);
    expect((await stat(path.join(folder, 'hook.json'))).mode & 0o777).toBe(0o600);
  });

  it('in the app: off at first, no address inside a house, the secret told once, and a job is not held up by it', async () => {
    const profile = await openTestProfile();
    try {
      expect((await profile.call('settings.get', {})).webHook).toBeNull();
      const set = (url: string) => profile.call('webHook.set', { hook: { url, events: ['done'] } });
      for (const url of ['http://hook.example.com/', 'https://127.0.0.1/', 'https://studio.local/', 'https://a@b.com/'])
        await expect(set(url)).rejects.toMatchObject({ data: { code: 'refused' } });
      // A name that leads nowhere: each delivery fails, and nobody waits for it.
      const first = await set('https://nowhere.example.com/hook');
      expect(first.secret).toMatch(/^whs_/);
      expect((await set('https://nowhere.example.com/hook')).secret).toBeNull();
      expect(JSON.stringify(await profile.call('settings.get', {}))).not.toContain(first.secret);
      const placed = await order(profile, motion(await addSources(profile)));
      expect((await profile.until(placed.id, isOver)).state).toBe('completed');
      await profile.call('webHook.set', { hook: null });
      await expect(profile.call('webHook.test', {})).rejects.toMatchObject({ data: { code: 'refused' } });
    } finally {
      await profile.remove();
    }
  });
});
