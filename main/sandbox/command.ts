/** `sandbox --dir …`: the process that the launcher starts, and what its arguments mean. */
import { parseArgs } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import { RestageError } from '../../shared/errors.ts';
import { runSandbox, type Sandbox, type SandboxOptions } from './server.ts';

export function sandboxArgs(options: Omit<SandboxOptions, 'onError'>): string[] {
  return [
    ...['--dir', options.dir, '--ffmpeg', options.ffmpeg, '--ffprobe', options.ffprobe],
    ...(options.port === undefined ? [] : ['--port', String(options.port)]),
    ...(options.idleMs === undefined ? [] : ['--idle-ms', String(options.idleMs)]),
    ...(options.taskSeconds === undefined ? [] : ['--task-seconds', String(options.taskSeconds)]),
    ...(options.memoryDir === undefined ? [] : ['--memory', options.memoryDir]),
    ...(options.allowFaults ? ['--allow-faults'] : []),
  ];
}

function readSandboxArgs(args: readonly string[]): SandboxOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      dir: { type: 'string' },
      ffmpeg: { type: 'string' },
      ffprobe: { type: 'string' },
      port: { type: 'string' },
      'idle-ms': { type: 'string' },
      'task-seconds': { type: 'string' },
      memory: { type: 'string' },
      'allow-faults': { type: 'boolean' },
    },
  });
  const { dir, ffmpeg, ffprobe } = values;
  if (dir === undefined || ffmpeg === undefined || ffprobe === undefined) {
    throw new RestageError('refused', {
      reasons: [{ field: 'dir', rule: 'input.form', params: { message: '--dir' } }],
      detail: args.join(' '),
    });
  }
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  const port = number(values.port);
  const idleMs = number(values['idle-ms']);
  const taskSeconds = number(values['task-seconds']);
  return {
    dir,
    ffmpeg,
    ffprobe,
    allowFaults: values['allow-faults'] === true,
    memoryDir: values.memory,
    ...(port === undefined ? {} : { port }),
    ...(idleMs === undefined ? {} : { idleMs }),
    ...(taskSeconds === undefined ? {} : { taskSeconds }),
  };
}

/** Serves until it is idle or told to stop; answers the exit code. */
export async function runSandboxProcess(args: readonly string[]): Promise<number> {
  // It writes into its own folder alone, ffmpeg's results too. (Node has no such call for threads beside the main one.)
  if (isMainThread) process.umask(0o077);
  const sandbox = await runSandbox(readSandboxArgs(args));
  if (sandbox) await untilClosed(sandbox);
  return 0;
}

/** Stops on the signals by which systems and people end programs. */
async function untilClosed(sandbox: Sandbox): Promise<void> {
  const stop = () => void sandbox.close();
  const signals = ['SIGTERM', 'SIGINT'] as const;
  for (const signal of signals) process.on(signal, stop);
  try {
    await sandbox.closed;
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}
