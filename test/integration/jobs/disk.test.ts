/** Disks that are full or away, a profile that cannot be written, a clock that went back: a clear state, nothing lost, recovery. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { systemClock } from '../../../main/storage/clock.ts';
import { traceFileSteps } from '../../../main/storage/files.ts';
import { canMount, mount, unmount } from '../../fixtures/smallDisk.ts';
import { addSources, isOver, motion, openTestProfile, order, type TestProfile, waitsFor } from '../app/harness.ts';

let profile: TestProfile;
const closers: (() => void)[] = [];
afterEach(async () => {
  await profile?.remove();
  for (const close of closers.splice(0).reverse()) close();
});

const isRoot = process.getuid?.() === 0;

const open = async (more: Parameters<typeof openTestProfile>[0] = {}) => {
  profile = await openTestProfile({ watchIntervalMs: 50, retryBaseMs: 20, ...more });
  await profile.admin('POST', 'switches', { taskSeconds: 0 });
  return profile;
};

it(`waits for room in the library folder and says how much (${canMount ? 'a small tmpfs' : 'injected ENOSPC'})`, async () => {
  const library = mkdtempSync(path.join(tmpdir(), 'restage-full-'));
  closers.push(() => rmSync(library, { recursive: true, force: true }));
  let isFull = true;
  if (canMount) {
    mount(library, 1);
    closers.push(() => unmount(library));
    // All but a few kilobytes are taken.
    writeFileSync(path.join(library, 'filler.bin'), Buffer.alloc(1_040_000));
  } else {
    const off = traceFileSteps((step, file) => {
      if (isFull && step === 'write' && file.startsWith(library))
        throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    });
    closers.push(() => void off());
  }
  await open({ libraryDir: library });
  const job = await order(profile, motion(await addSources(profile)));
  const waiting = await profile.until(job.id, waitsFor('disk'));
  expect(waiting.state).toBe('downloading');
  expect(waiting.space?.neededBytes).toBeGreaterThan(10_000);
  if (canMount) expect(waiting.space?.freeBytes).toBeLessThan(waiting.space?.neededBytes ?? 0);
  // Paid for and fetched: it is safe in the profile, also over a restart.
  expect(readdirSync(path.join(profile.profileDir, 'incoming'))).toEqual([`${job.id}.mp4`]);
  await profile.restart();
  await profile.until(job.id, waitsFor('disk'));
  isFull = false;
  rmSync(path.join(library, 'filler.bin'), { force: true });
  await profile.call('jobs.retry', { id: job.id });
  const done = await profile.until(job.id, isOver);
  expect([done.state, done.space, existsSync(done.file ?? '')]).toEqual(['completed', null, true]);
  expect(readdirSync(library).sort()).toEqual([path.basename(done.file ?? ''), path.basename(done.sidecar ?? '')]);
  expect(await profile.ledger()).toHaveLength(1);
});

it.skipIf(!canMount)('waits for room for the download itself (a small tmpfs; needs root and mount)', async () => {
  await open();
  const incoming = path.join(profile.profileDir, 'incoming');
  mkdirSync(incoming, { recursive: true });
  mount(incoming, 1);
  closers.push(() => {
    if (existsSync(incoming)) unmount(incoming);
  });
  const job = await order(profile, motion(await addSources(profile)));
  const waiting = await profile.until(job.id, waitsFor('disk'));
  expect(waiting.space?.freeBytes).toBeLessThanOrEqual(1_048_576);
  expect(readdirSync(incoming)).toEqual([]);
  mount(incoming, 60, true);
  await profile.call('app.wake', {});
  expect((await profile.until(job.id, isOver)).state).toBe('completed');
  unmount(incoming);
});

it('waits while the library folder is away, and moves the result when it is back', async () => {
  await open();
  const away = `${profile.libraryDir} unplugged`;
  await profile.admin('POST', 'switches', { taskSeconds: 1 });
  const job = await order(profile, motion(await addSources(profile)));
  await profile.until(job.id, ({ state }) => state === 'running');
  renameSync(profile.libraryDir, away);
  expect((await profile.until(job.id, waitsFor('folder'))).state).toBe('downloading');
  // A folder of the same name is not made in its place.
  expect(existsSync(profile.libraryDir)).toBe(false);
  renameSync(away, profile.libraryDir);
  await profile.call('app.wake', {});
  const done = await profile.until(job.id, isOver);
  expect([done.state, existsSync(done.file ?? '')]).toEqual(['completed', true]);
});

it.skipIf(process.platform === 'win32')(
  `says so when the profile cannot be written (${isRoot ? 'as the user nobody' : 'as this user'}), and works again when it can`,
  async () => {
    await open();
    const done = await profile.until((await order(profile, motion(await addSources(profile)))).id, isOver);
    await profile.connection.close();
    const program = path.join(import.meta.dirname, 'openAsNobody.ts');
    const run = (dir: string) =>
      spawnSync(process.execPath, [program, dir, isRoot ? '65534' : ''], { encoding: 'utf8' });
    execFileSync('chmod', ['-R', 'a+rX,a-w', path.dirname(profile.profileDir)]);
    const refusal = JSON.parse(run(profile.profileDir).stdout);
    execFileSync('chmod', ['-R', 'u+w', path.dirname(profile.profileDir)]);
    expect(refusal).toMatchObject({ code: 'outputNotWritable', reasons: [{ rule: 'profile.folder' }] });
    const fresh = JSON.parse(run(path.join(profile.profileDir, 'new')).stdout);
    expect(isRoot ? fresh.code : 'outputNotWritable').toBe('outputNotWritable');
    await profile.restart();
    expect(await profile.call('jobs.get', { id: done.id })).toMatchObject({ state: 'completed' });
  },
);

it('survives a clock that goes back a day between two orders', async () => {
  let offsetMs = 0;
  await open({ clock: { ...systemClock, now: () => Date.now() + offsetMs } });
  const sources = await addSources(profile);
  const first = await profile.until((await order(profile, motion(sources))).id, isOver);
  offsetMs = -86_400_000;
  const second = await profile.until((await order(profile, motion(sources, { prompt: 'yesterday' }))).id, isOver);
  expect([first.state, second.state]).toEqual(['completed', 'completed']);
  // Whether the earlier upload still lives cannot be told: it went up again.
  expect(second.uploads.video).not.toBe(first.uploads.video);
  await profile.restart();
  const third = await profile.until((await order(profile, motion(sources, { prompt: 'restarted' }))).id, isOver);
  expect(third.state).toBe('completed');
  expect(await profile.ledger()).toHaveLength(3);
  // The backup of the last clean end is the newest, whatever the clock says.
  await profile.connection.close();
  const numbers = readdirSync(path.join(profile.profileDir, 'backups')).map((name) =>
    Number(path.extname(name).slice(1)),
  );
  expect(new Set(numbers).size).toBe(numbers.length);
  await profile.restart();
  expect(await profile.call('jobs.list', {})).toHaveLength(3);
});
