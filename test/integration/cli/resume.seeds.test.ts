/** Jobs outlive the process that ordered them: killed, interrupted, detached, shared between two; nothing is paid twice. */
import { rename } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { inLongRun } from '../../fixtures/runs.ts';
import { makeClip, makeImage, openShell, type Shell } from './commandLine.ts';

/** What is killed, interrupted or waited for is a program of its own; the lines beside it run in this process, which is another one too. */
let shell: Shell;
beforeAll(async () => {
  shell = await openShell({ isHere: true });
  await makeImage(shell.path('Ada.png'));
});
afterAll(() => shell.remove());

/** A clip of its own for each test: nothing is prepared or uploaded already. */
let clip = '';
let clipCount = 0;
beforeEach(async () => {
  clipCount += 1;
  clip = await makeClip(shell.path(`clip-${clipCount}.mp4`), { seconds: 3 + clipCount * 0.2, isSlowToPrepare: true });
});

const generate = (more: readonly string[] = []) => [
  ...['generate', '--video', clip, '--image', 'Ada.png', '--orientation', 'image', '--quality', '720p', ...more],
];
const slowServer = { env: { RESTAGE_SANDBOX_TASK_SECONDS: '3' } };
const tasks = () => shell.ledger().filter((event) => event.kind === 'task');
const charges = () => shell.ledger().filter((event) => event.outcome?.status === 'completed');
const jobNamed = async (order: string) => {
  const { document } = await shell.json(['jobs', 'list']);
  return document.jobs.find((job) => job.order === order);
};

test('killed while the job runs: jobs watch completes it, with one charge', async () => {
  const running = shell.start(generate(['--order', 'killed']), slowServer);
  await running.said(/Running/);
  running.child.kill('SIGKILL');
  expect((await running.ended).signal).toBe('SIGKILL');
  expect(await jobNamed('killed')).toMatchObject({ state: 'running' });
  const { code, document } = await shell.json(['jobs', 'watch']);
  expect(code).toBe(0);
  expect(document.jobs).toMatchObject([{ order: 'killed', state: 'completed' }]);
  expect(tasks()).toHaveLength(1);
  expect(charges()).toHaveLength(1);
});

test('killed while it prepares: the same order again goes on with the same job', async () => {
  const before = tasks().length;
  const running = shell.start(generate(['--order', 'early']));
  await running.said(/Preparing/);
  running.child.kill('SIGKILL');
  await running.ended;
  const id = (await jobNamed('early'))?.id;
  const { code, document } = await shell.json(generate(['--order', 'early']));
  expect(code).toBe(0);
  expect(document.jobs[0]).toMatchObject({ id, state: 'completed' });
  expect(tasks().length - before).toBe(1);
});

test('interrupted: exit 130, one JSON document, the job stays and can be resumed', async () => {
  const running = shell.start(generate(['--order', 'interrupted', '--json']), slowServer);
  await running.said(/Running/);
  running.child.kill('SIGINT');
  const { code, stdout, stderr } = await running.ended;
  expect(code).toBe(130);
  expect(JSON.parse(stdout)).toMatchObject({ jobs: [{ order: 'interrupted', state: 'running' }] });
  expect(stderr).toContain('restage jobs watch');
  expect((await shell.json(['jobs', 'watch'])).code).toBe(0);
  expect(await jobNamed('interrupted')).toMatchObject({ state: 'completed' });
});

inLongRun(() => {
  test('detached: the order is on disk, the next watch runs it', async () => {
    const before = tasks().length;
    const { code } = await shell.json(generate(['--order', 'detached', '--detach']));
    expect(code).toBe(0);
    expect(await jobNamed('detached')).toMatchObject({ waitingFor: null });
    expect((await shell.json(['jobs', 'watch'])).code).toBe(0);
    expect(await jobNamed('detached')).toMatchObject({ state: 'completed' });
    expect(tasks().length - before).toBe(1);
  });
});

inLongRun(() => {
  test('a job whose source vanished waits for it: exit 3, then it goes on', async () => {
    await shell.json(generate(['--order', 'vanished', '--detach']), { env: { RESTAGE_SANDBOX_TASK_SECONDS: '0.3' } });
    await shell.run(['jobs', 'pause', (await jobNamed('vanished'))?.id ?? '']);
    await rename(clip, `${clip}.elsewhere`);
    const paused = await shell.json(['jobs', 'watch']);
    expect(paused.code).toBe(3);
    await shell.run(['jobs', 'resume', (await jobNamed('vanished'))?.id ?? '']);
    const { code, document } = await shell.json(['jobs', 'watch']);
    expect(code).toBe(3);
    expect(document.jobs).toMatchObject([{ order: 'vanished', waitingFor: 'source' }]);
    await rename(`${clip}.elsewhere`, clip);
    expect((await shell.json(['jobs', 'watch'])).code).toBe(0);
  });
});

test('a second process hands its order to the first, which stays until it is done', async () => {
  const first = shell.start(generate(['--order', 'holder', '--json']), slowServer);
  await first.said(/Preparing/);
  const second = await shell.json(generate(['--order', 'guest', '--detach']));
  expect(second.code).toBe(0);
  expect((await first.ended).code).toBe(0);
  expect(await jobNamed('guest')).toMatchObject({ state: 'completed' });
});

inLongRun(() => {
  test('when the first process is killed, the second takes over', async () => {
    const first = shell.start(generate(['--order', 'doomed']), slowServer);
    await first.said(/Preparing/);
    const second = shell.start(generate(['--order', 'heir', '--json']), slowServer);
    await second.said(/Ordered/);
    first.child.kill('SIGKILL');
    const { code, stdout } = await second.ended;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ jobs: [{ order: 'heir', state: 'completed' }] });
  });
});

inLongRun(() => {
  test('a failed job is history after a restart, and says so with exit 1', async () => {
    // Nothing left over may take the failure that is meant for this order.
    expect((await shell.run(['jobs', 'watch'])).code).toBe(0);
    await shell.json(['credits']);
    const { origin, key } = shell.sandboxPlace();
    await fetch(`${origin}/__sandbox/switches`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({ nextErrors: ['content_policy_violation'] }),
    });
    const { code, stdout } = await shell.run(generate(['--order', 'refused']));
    expect(code).toBe(1);
    expect(stdout).toContain('content check');
    const job = await jobNamed('refused');
    expect(job).toMatchObject({ state: 'failed', file: null });
    const shown = await shell.run(['jobs', 'show', job?.id.slice(0, 6) ?? '']);
    expect(shown.stdout).toContain('Failed');
    const states = (await shell.json(['jobs', 'list'])).document.jobs.map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(['completed', 'failed']));
  });
});
