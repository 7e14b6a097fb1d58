/**
 * Helpers of the Electron host: utility processes. They have no dock icon, no GPU process and no part in the single-instance lock, take over this
 * process's sandbox switches, work with the RunAsNode fuse off, and end with the app: Chromium ends them when their channel to it is gone.
 */
import { createWriteStream } from 'node:fs';
import { app, utilityProcess } from 'electron';
import { childEnvironment } from '../../childEnvironment.ts';
import type { HelperRequest, StartHelper } from '../../processes/helper.ts';

const names = { 'image-worker': 'Restage pictures', sandbox: 'Restage sandbox' } as const;

/** `entry`: the built `helperMain.ts`. */
export function utilityHelpers(entry: string): StartHelper {
  return (request) => {
    let child: Electron.UtilityProcess | null = null;
    let isOver = false;
    const untold: string[] = [];
    const { promise: gone, resolve: setGone } = Promise.withResolvers<void>();
    const over = (code: number | null, detail: string) => {
      if (isOver) return;
      isOver = true;
      setGone();
      request.onEnd({ code, detail });
    };
    const start = () => {
      if (isOver) return;
      child = fork(entry, request);
      child.on('exit', (code) => over(code, `exit ${code}`));
      child.on('message', (line: unknown) => request.onLine?.(String(line)));
      for (const line of untold.splice(0)) child.postMessage(line);
    };
    // The command line asks before Chromium is ready; nothing can be forked until then.
    if (app.isReady()) start();
    else app.whenReady().then(start, (error: unknown) => over(null, String(error)));
    return {
      pid: () => child?.pid ?? null,
      say: (line) => (child ? child.postMessage(line) : void untold.push(line)),
      end() {
        if (child) kill(child);
        else over(null, 'not started');
        return gone;
      },
    };
  };
}

function fork(entry: string, { command, args, env, serving }: HelperRequest): Electron.UtilityProcess {
  const child = utilityProcess.fork(entry, [command, ...args], {
    env: childEnvironment(env, 'self'),
    serviceName: names[command],
    stdio: serving ? 'pipe' : 'inherit',
    ...(serving ? { cwd: serving.folder } : {}),
  });
  if (serving) {
    const log = createWriteStream(serving.logFile, { mode: 0o600 });
    log.on('error', () => undefined); // what it says is lost then, and nothing else
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    child.once('exit', () => log.end());
  }
  return child;
}

/** SIGKILL, as `kill()` asks only politely, and a picture that is being decoded does not listen. */
function kill(child: Electron.UtilityProcess): void {
  if (child.pid === undefined) {
    child.once('spawn', () => kill(child));
    return;
  }
  try {
    process.kill(child.pid, 'SIGKILL');
  } catch {
    // It ended meanwhile: `exit` says so.
  }
}
