/** The first signal ends the program, whatever the program is stuck in, and the exit code says which it was. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { constants as system } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeClip, openShell, type Running, type Shell } from './commandLine.ts';

/** What is stuck stays stuck: a failure here is an end that never comes. */
const patienceMs = 60_000;
const isLinux = process.platform === 'linux';
const isPosix = process.platform !== 'win32';

let shell: Shell;
beforeAll(async () => {
  shell = await openShell();
  await mkdir(shell.profileDir, { recursive: true });
});
afterAll(() => shell.remove());

/** As a shell sees it: the code, or 128 and the number of the signal that ended it. */
async function endOf({ ended }: Running): Promise<number> {
  const { code, signal } = await ended;
  return code ?? 128 + (signal === null ? 0 : system.signals[signal]);
}

/** A named pipe in place of a file: whoever opens it stands in the system call. Answers once somebody does. */
async function pipeInPlaceOf(name: string) {
  const file = shell.path(name);
  expect(spawnSync('mkfifo', [file]).status).toBe(0);
  return {
    async opened() {
      for (;;) {
        const writer = await open(file, constants.O_WRONLY | constants.O_NONBLOCK).catch(() => null);
        if (writer) return writer;
        await delay(20);
      }
    },
    remove: () => rm(file),
  };
}

describe.skipIf(!isPosix)(`signals${isPosix ? '' : ' (needs signals)'}`, () => {
  test(
    'C1: SIGTERM ends a command that stands in a read of the profile that never returns',
    async () => {
      const pipe = await pipeInPlaceOf('profile/secrets.json');
      const running = shell.start(['jobs', 'watch']);
      const writer = await pipe.opened();
      running.child.kill('SIGTERM');
      expect(await endOf(running)).toBe(143);
      await writer.close();
      await pipe.remove();
    },
    patienceMs,
  );

  test(
    'C1: SIGTERM ends a command whose answer nobody reads',
    async () => {
      // More than any pipe holds.
      const names = Array.from({ length: 300 }, (_, index) => `${index}-${'x'.repeat(4000)}.mp4`);
      const running = shell.start(['check', '--json', ...names.flatMap((name) => ['--video', name])], {
        isUnread: true,
      });
      const { stdout } = running.child;
      if (!stdout) throw new Error('no pipe');
      await once(stdout, 'readable');
      running.child.kill('SIGTERM');
      expect(await endOf(running)).toBe(143);
    },
    patienceMs,
  );

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('C5: %s ends in order, with %i', async (signal, code) => {
    const clip = await makeClip(shell.path(`${signal}.mp4`), { seconds: 10, isSlowToPrepare: true });
    const running = shell.start(['prepare', '--video', clip, '--from', '1', '--output', `${signal}-out.mp4`, '--json']);
    await running.said(/\d%/);
    running.child.kill(signal);
    const ended = await running.ended;
    expect([ended.code, ended.signal]).toEqual([code, null]);
    expect(JSON.parse(ended.stdout)).toMatchObject({ error: { code: 'cancelled' } });
  });
});

test.skipIf(!isLinux)(
  `C1: a home in which no folder can be made is refused${isLinux ? '' : ' (needs /proc)'}`,
  async () => {
    for (const command of [
      ['jobs', 'list'],
      ['jobs', 'watch'],
    ]) {
      const { code, document } = await shell.json(command, { isBare: true, env: { HOME: '/proc' } });
      expect(code).toBe(2);
      expect(document.error.reasons).toMatchObject([{ field: 'profile', value: '/proc/.config/Restage' }]);
    }
  },
  patienceMs,
);
