/** The sandbox as a process: one per profile, outliving its starter, remembering after a crash, leaving when idle. */
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { elementBody } from '../../../main/evolink/requests.ts';
import { helloOf, readPort, recordPort } from '../../../main/sandbox/place.ts';
import { systemClock } from '../../../main/storage/clock.ts';
import { identityIn, launcherIn, makeClip, startSandbox, type TestSandbox, untilDone } from './harness.ts';

const open: TestSandbox[] = [];
const start = async (env?: Record<string, string>) => {
  const sandbox = await startSandbox(env);
  open.push(sandbox);
  return sandbox;
};
afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.stop();
});

/** A status line of which a byte comes now and then: an answer that is never whole. */
function dawdle(socket: net.Socket): void {
  const bytes = 'HTTP/1.1 200 OK\r\nx-patience: '.split('');
  const timer = setInterval(() => socket.write(bytes.shift() ?? '.'), 100);
  socket.resume().on('close', () => clearInterval(timer));
}

/** A program of somebody else on a port of ours. */
async function squat(port: number, treat: (socket: net.Socket) => void): Promise<{ close(): Promise<void> }> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    treat(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

const pidAt = async (origin: string) => ((await (await fetch(origin)).json()) as { pid: number }).pid;

describe('one per profile', () => {
  it('is found again, by this launcher and by others', async () => {
    const sandbox = await start();
    const pid = await sandbox.pid();
    expect(pid).not.toBe(process.pid);
    const other = await launcherIn(sandbox.profileDir).ensure();
    expect(other).toEqual({ apiOrigin: sandbox.origin, filesOrigin: sandbox.origin, key: sandbox.key });
    expect(await pidAt(other.apiOrigin)).toBe(pid);
  });

  it('two launchers at once end with one', async () => {
    const profileDir = await mkdtemp(path.join(os.tmpdir(), 'restage-race-'));
    try {
      const places = await Promise.all([1, 2, 3].map(() => launcherIn(profileDir).ensure()));
      expect(new Set(places.map((place) => place.apiOrigin)).size).toBe(1);
      const origin = places[0]?.apiOrigin ?? '';
      const pid = await pidAt(origin);
      await systemClock.sleep(300);
      expect(await pidAt(origin)).toBe(pid);
      process.kill(pid);
      while ((await helloOf(Number(new URL(origin).port), identityIn(path.join(profileDir, 'sandbox')))) === 'ours');
    } finally {
      await rm(profileDir, { recursive: true, force: true });
    }
  });

  it.each<[string, (socket: net.Socket) => void]>([
    ['speaks HTTP', (socket) => socket.resume().end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi')],
    ['says nothing', (socket) => socket.resume()],
    ['hangs up', (socket) => socket.resetAndDestroy()],
    ['dawdles over an answer', dawdle],
  ])('moves when a foreign program that %s sits on its port, and keeps key and ledger', async (_name, treat) => {
    const sandbox = await start();
    await sandbox.admin('POST', 'credits', { total: '77' });
    await sandbox.kill();
    const { port = 0, n = 0 } = readPort(sandbox.dir) ?? {};
    const squatter = await squat(port, treat);
    try {
      const place = await launcherIn(sandbox.profileDir).ensure();
      expect(place.key).toBe(sandbox.key);
      expect(place.apiOrigin).not.toBe(sandbox.origin);
      expect(readPort(sandbox.dir)).toEqual({ n: n + 1, port: Number(new URL(place.apiOrigin).port) });
      const credits = await sandbox.clientWith({ apiOrigin: place.apiOrigin, filesOrigin: place.apiOrigin }).credits();
      expect(credits.remaining).toBe('77');
      process.kill(await pidAt(place.apiOrigin));
    } finally {
      await squatter.close();
    }
  });

  it('does not move while its own process is only slow to answer', async () => {
    const sandbox = await start();
    const pid = await sandbox.pid();
    process.kill(pid, 'SIGSTOP');
    const resumed = systemClock.sleep(3500).then(() => process.kill(pid, 'SIGCONT'));
    const place = await launcherIn(sandbox.profileDir).ensure();
    await resumed;
    expect([place.apiOrigin, await pidAt(place.apiOrigin)]).toEqual([sandbox.origin, pid]);
  });

  it('a port record is written once', async () => {
    const dir = await mkdtemp(path.join(os.tmpdir(), 'restage-port-'));
    expect(recordPort(dir, { n: 1, port: 1111 })).toBe(true);
    expect(recordPort(dir, { n: 1, port: 2222 })).toBe(false);
    expect(readPort(dir)).toEqual({ n: 1, port: 1111 });
    expect(recordPort(dir, { n: 2, port: 2222 })).toBe(true);
    expect(readPort(dir)).toEqual({ n: 2, port: 2222 });
    await rm(dir, { recursive: true });
  });
});

describe('a crash', () => {
  it('loses no task and no charge, at the same port; a half written line is cut off', async () => {
    const sandbox = await start({ RESTAGE_SANDBOX_TASK_SECONDS: '1' });
    const clip = await makeClip(sandbox.profileDir, 'face', { seconds: 3, size: '720x720' });
    const { fileUrl } = await sandbox.client.uploadFile({ path: clip, fileName: 'face.mp4', mimeType: 'video/mp4' });
    const body = elementBody({ videoUrl: fileUrl, name: 'Mika', description: 'A dancer' });
    const submission = { body, idempotencyKey: 'restage-crash-000001' };
    const { task } = await sandbox.client.submit(submission);
    await sandbox.kill();
    await appendFile(path.join(sandbox.dir, 'ledger.jsonl'), '{"kind":"finished","outc');
    const place = await launcherIn(sandbox.profileDir).ensure();
    expect(place.apiOrigin).toBe(sandbox.origin);
    expect(await sandbox.client.submit(submission)).toMatchObject({ isReplayed: true, task: { id: task.id } });
    expect(await untilDone(sandbox.client, task.id)).toMatchObject({ status: 'completed', creditsUsed: '1' });
    expect(await sandbox.client.credits()).toEqual({ remaining: '9999', used: '1' });
  });
});

describe('leaving', () => {
  it('goes by itself when idle, and is started again when needed', async () => {
    const sandbox = await start({ RESTAGE_SANDBOX_IDLE_MS: '400' });
    const pid = await sandbox.pid();
    await systemClock.sleep(1500);
    await expect(fetch(sandbox.origin)).rejects.toThrow();
    const place = await sandbox.launcher.ensure();
    expect(place.apiOrigin).toBe(sandbox.origin);
    expect(await pidAt(place.apiOrigin)).not.toBe(pid);
  });

  it('has no admin endpoint unless a test profile asks for it', async () => {
    const sandbox = await start({ RESTAGE_SANDBOX_FAULTS: '' });
    await expect(sandbox.admin('GET', 'ledger')).rejects.toThrow(/404/);
  });

  it('is said when no ffmpeg runs', async () => {
    const { createSandboxLauncher } = await import('../../../main/sandbox/launcher.ts');
    const { silentLogger } = await import('./harness.ts');
    const profileDir = await mkdtemp(path.join(os.tmpdir(), 'restage-tools-'));
    const launcher = createSandboxLauncher({
      profileDir,
      selfCommand: { command: process.execPath, args: [] },
      logger: silentLogger,
      tools: async () => ({ ffmpeg: null, ffprobe: '/usr/bin/ffprobe' }),
      env: {},
    });
    await expect(launcher.ensure()).rejects.toMatchObject({ code: 'toolMissing' });
    await rm(profileDir, { recursive: true });
  });

  it('says what happened when its process does not come up', async () => {
    const { createSandboxLauncher } = await import('../../../main/sandbox/launcher.ts');
    const { silentLogger, toolPaths } = await import('./harness.ts');
    const profileDir = await mkdtemp(path.join(os.tmpdir(), 'restage-dead-'));
    const launcher = createSandboxLauncher({
      profileDir,
      selfCommand: { command: process.execPath, args: ['-e', 'throw new Error("no such program")', '--'] },
      logger: silentLogger,
      tools: async () => toolPaths(),
      env: { ...process.env },
    });
    await expect(launcher.ensure()).rejects.toMatchObject({ detail: expect.stringContaining('no such program') });
    await rm(profileDir, { recursive: true });
  });
});
