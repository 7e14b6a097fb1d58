/** `restage sandbox`: the profile's EvoLink-compatible server in the foreground; with `--dir` the process that the launcher starts. */
import path from 'node:path';
import { createTools } from '../../../media/tools.ts';
import { runSandboxProcess, sandboxArgs } from '../../../sandbox/command.ts';
import { readPort, readSecrets } from '../../../sandbox/place.ts';
import { runSandbox } from '../../../sandbox/server.ts';
import { readSettings } from '../../../settings/settingsFile.ts';
import type { CommandContext, Outcome } from '../context.ts';
import { exitCodes } from '../exitCodes.ts';
import { ensureWritableFolder } from '../inputs.ts';

export async function sandbox(context: CommandContext): Promise<Outcome | null> {
  const { flags } = context;
  const dir = flags.one('dir');
  if (dir === undefined) return serveForPerson(context);
  const number = (name: string) => (flags.has(name) ? { value: Number(flags.required(name)) } : null);
  const port = number('port');
  const idleMs = number('idle-ms');
  const taskSeconds = number('task-seconds');
  const memoryDir = flags.one('memory');
  await runSandboxProcess(
    sandboxArgs({
      dir,
      ffmpeg: flags.one('ffmpeg') ?? '',
      ffprobe: flags.one('ffprobe') ?? '',
      allowFaults: flags.has('allow-faults'),
      ...(port ? { port: port.value } : {}),
      ...(idleMs ? { idleMs: idleMs.value } : {}),
      ...(taskSeconds ? { taskSeconds: taskSeconds.value } : {}),
      ...(memoryDir === undefined ? {} : { memoryDir }),
    }),
  );
  return null;
}

/** A person who looks at it does not want it to leave after ten idle minutes. */
const foregroundIdleMs = 2_000_000_000;

async function serveForPerson(context: CommandContext): Promise<Outcome> {
  const { io, t, flags, profileDir, signal, progress } = context;
  await ensureWritableFolder(profileDir, 'profile');
  const dir = path.join(profileDir, 'sandbox');
  const settings = readSettings(profileDir);
  const tools = createTools({
    ffmpegPath: () => settings.ffmpegPath,
    ffprobePath: () => settings.ffprobePath,
    env: io.env,
    logger: { info: () => {}, warn: () => {}, error: () => {} },
  });
  const [ffmpeg, ffprobe] = await Promise.all([tools.ffmpeg(), tools.ffprobe()]);
  const port = flags.one('port');
  const server = await runSandbox({
    dir,
    ffmpeg: ffmpeg.path,
    ffprobe: ffprobe.path,
    idleMs: foregroundIdleMs,
    ...(port === undefined ? {} : { port: Number(port) }),
  });
  const origin = server?.origin ?? `http://127.0.0.1:${readPort(dir)?.port ?? 0}`;
  const key = server?.key ?? readSecrets(dir).key;
  progress.note(t(server ? 'cli.sandbox.serving' : 'cli.sandbox.runsAlready', { origin, key }));
  if (server) {
    const stop = () => void server.close();
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    await server.closed;
  }
  return { exitCode: exitCodes.done, json: { origin, isServedHere: server !== null }, text: '' };
}
