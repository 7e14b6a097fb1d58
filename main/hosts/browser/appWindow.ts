/** Opens the page in a window of its own: a Chrome-family browser in app mode, with a profile that is ours alone. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { childEnvironment } from '../../childEnvironment.ts';

export interface AppWindow {
  /** Resolves when the browser process has ended; false when it never really started. */
  ended: Promise<{ hasStarted: boolean }>;
  close(): void;
}

/** A browser that ends sooner than this has shown nothing (or handed the window to one that runs already, with exit code 0). */
const shortestLifeMs = 3000;

export function openAppWindow(options: {
  browser: string;
  /** The page that takes the browser in: its own path may be seen by anybody, what stands in it by the owner alone. */
  handOff: string;
  profileDir: string;
  /** True for a second start: the window belongs to the running app, not to this process. */
  isDetached?: boolean;
}): AppWindow {
  const startedAt = performance.now();
  const child = spawn(options.browser, windowArguments(options.handOff, options.profileDir, process.getuid?.() === 0), {
    stdio: 'ignore', // its warnings about dbus and GPUs help nobody
    detached: options.isDetached ?? false,
    env: childEnvironment(process.env, 'desktop'),
  });
  return { ended: endOf(child, startedAt), close: () => void child.kill() };
}

/** Pure: the flags, and why. No secret is among them: every user of the machine can read a command line. */
export function windowArguments(handOff: string, profileDir: string, isRoot: boolean): string[] {
  return [
    `--app=${pathToFileURL(handOff).href}`,
    `--user-data-dir=${path.join(profileDir, 'browser')}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-mode', // or the process would outlive its last window
    '--disable-sync',
    '--window-size=1400,900',
    // As root the browser refuses its own sandbox; --test-type hides the bar that would cover the page.
    ...(isRoot ? ['--no-sandbox', '--test-type'] : []),
  ];
}

function endOf(child: ChildProcess, startedAt: number): Promise<{ hasStarted: boolean }> {
  return new Promise((resolve) => {
    child.once('error', () => resolve({ hasStarted: false }));
    child.once('exit', (code) => resolve({ hasStarted: code === 0 || performance.now() - startedAt > shortestLifeMs }));
  });
}
