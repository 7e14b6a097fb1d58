/** Finds the profile's sandbox, or starts it as a process of its own: outliving this one in Node hosts, ending with it in Electron. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RestageError } from '../../shared/errors.ts';
import { type HelperRequest, type SelfStart, startHelper } from '../processes/helper.ts';
import type { Logger, SandboxLauncher } from '../services.ts';
import { pause } from '../storage/clock.ts';
import { keepSecret } from '../storage/redact.ts';
import { sandboxArgs } from './command.ts';
import { helloOf, readPort, readSecrets } from './place.ts';

export interface SandboxLauncherOptions {
  profileDir: string;
  selfCommand: SelfStart;
  logger: Logger;
  /** Null: none that runs. */
  tools: () => Promise<{ ffmpeg: string | null; ffprobe: string | null }>;
  /** RESTAGE_SANDBOX_TASK_SECONDS, RESTAGE_SANDBOX_IDLE_MS, RESTAGE_SANDBOX_MEMORY and RESTAGE_SANDBOX_FAULTS=1, for tests. */
  env: Readonly<Record<string, string | undefined>>;
}

const startDeadlineMs = 30_000;
/** An answer this young is believed without asking again. */
const freshMs = 1_000;

type Place = Awaited<ReturnType<SandboxLauncher['ensure']>>;

export function createSandboxLauncher(options: SandboxLauncherOptions): SandboxLauncher {
  const dir = path.join(options.profileDir, 'sandbox');
  let running: Promise<Place> | null = null;
  let last: { place: Place; atMs: number } | null = null;

  async function find(): Promise<Place | null> {
    const { key, identity } = readSecrets(dir);
    keepSecret(key);
    const record = readPort(dir);
    if (!record || (await helloOf(record.port, identity)) !== 'ours') return null;
    const origin = `http://127.0.0.1:${record.port}`;
    return { apiOrigin: origin, filesOrigin: origin, key };
  }

  async function start(): Promise<Place> {
    const { ffmpeg, ffprobe } = await options.tools();
    if (ffmpeg === null || ffprobe === null) {
      throw new RestageError('toolMissing', { detail: ffmpeg === null ? 'ffmpeg' : 'ffprobe' });
    }
    let hasFailed = false;
    startProcess(options, dir, { ffmpeg, ffprobe }, ({ code, detail }) => {
      // Exit 0: another one was first, and answers soon. Anything else does not come.
      hasFailed = code !== 0;
      options.logger.info('sandbox.end', { detail });
    });
    const deadline = performance.now() + startDeadlineMs;
    while (performance.now() < deadline) {
      const place = await find();
      if (place) return place;
      if (hasFailed) break;
      await pause(50);
    }
    throw new RestageError('toolFailed', { detail: `the sandbox did not start: ${logTail(dir)}` });
  }

  async function ensureNow(): Promise<Place> {
    const place = (await find()) ?? (await start());
    last = { place, atMs: performance.now() };
    return place;
  }

  return {
    async ensure() {
      if (last && performance.now() - last.atMs < freshMs) return last.place;
      running ??= ensureNow().finally(() => {
        running = null;
      });
      return await running;
    },
  };
}

const logPath = (dir: string) => path.join(dir, 'sandbox.log');

function startProcess(
  options: SandboxLauncherOptions,
  dir: string,
  tools: { ffmpeg: string; ffprobe: string },
  onEnd: HelperRequest['onEnd'],
) {
  const { selfCommand, env } = options;
  const number = (text: string | undefined) => (text ? Number(text) : undefined);
  const taskSeconds = number(env.RESTAGE_SANDBOX_TASK_SECONDS);
  const idleMs = number(env.RESTAGE_SANDBOX_IDLE_MS);
  const args = sandboxArgs({
    dir,
    ...tools,
    allowFaults: env.RESTAGE_SANDBOX_FAULTS === '1',
    memoryDir: env.RESTAGE_SANDBOX_MEMORY || undefined,
    ...(taskSeconds === undefined ? {} : { taskSeconds }),
    ...(idleMs === undefined ? {} : { idleMs }),
  });
  const helper = startHelper(selfCommand, {
    command: 'sandbox',
    args,
    env,
    serving: { folder: dir, logFile: logPath(dir) },
    onEnd,
  });
  options.logger.info('sandbox.start', { pid: helper.pid() });
}

function logTail(dir: string): string {
  try {
    return readFileSync(logPath(dir), 'utf8').trim().slice(-1000);
  } catch {
    return 'no log';
  }
}
