/** Starts the CLI of a checkout on its own Node, after making ready what is missing; what bin/restage does. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { inRoot, node24 } from './setup/paths.mjs';
import { setupOrExit } from './setup.mjs';

/** Passes stdio, arguments, signals and the way it ended through. */
export async function runRestage(args) {
  await setupOrExit({ build: true, quiet: true });
  passThrough(node24, [inRoot('out/node/cli.js'), ...args], { cwd: callerFolder() });
}

/** `npm run` moves to the project; relative paths mean the folder where the person stands. */
function callerFolder() {
  const { npm_lifecycle_event: event, INIT_CWD: folder } = process.env;
  return event === 'restage' && folder ? folder : process.cwd();
}

/** This process becomes a thin shell around the child: same streams, same signals, same exit. */
export function passThrough(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  const isTerminal = process.stdin.isTTY === true;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // A terminal sends Ctrl+C to the child as well; a second one would mean "at once".
    process.on(name, () => (name === 'SIGINT' && isTerminal ? undefined : child.kill(name)));
  }
  child.on('error', (error) => {
    process.stderr.write(`restage: ${command} does not start: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 0)));
}
