/** `utilityProcess`: a real Node process with a `parentPort`, without stdin and without `electron`, that ends with this one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { app } from './application.ts';
import { onlyWhenReady, record } from './record.ts';

type Held = Partial<Omit<Electron.UtilityProcess, keyof NodeJS.EventEmitter>>;

class UtilityProcess extends EventEmitter implements Held {
  #child: ChildProcess;
  /** Unknown until the system has started it, as in Electron. */
  pid: number | undefined = undefined;

  constructor(entry: string, args: string[], { env, cwd, stdio, serviceName }: Electron.ForkOptions) {
    super();
    const allowed = Object.fromEntries(Object.entries(env ?? process.env).filter(([name]) => name !== 'NODE_OPTIONS'));
    record.forked.push({ command: args[0] ?? '', serviceName, env: Object.keys(allowed) });
    const out = stdio === 'pipe' ? 'pipe' : 'inherit';
    const world = new URL('./utilityWorld.mjs', import.meta.url).href;
    this.#child = spawn(process.execPath, ['--import', world, entry, ...args], {
      env: allowed as NodeJS.ProcessEnv,
      cwd,
      stdio: ['ignore', out, out, 'ipc'],
    });
    this.#child.on('spawn', () => {
      this.pid = this.#child.pid;
      this.emit('spawn');
    });
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.on('exit', (code) => {
      this.pid = undefined;
      this.emit('exit', code ?? 1);
      app.emit(
        'child-process-gone',
        {},
        { type: 'Utility', reason: code === 0 ? 'clean-exit' : 'crashed', exitCode: code, name: serviceName },
      );
    });
  }
  get stdout() {
    return this.#child.stdout;
  }
  get stderr() {
    return this.#child.stderr;
  }
  postMessage(message: unknown) {
    this.#child.send(message as object, () => undefined);
  }
  kill() {
    return this.#child.kill('SIGTERM');
  }
}

export const utilityProcess = {
  fork(entry: string, args: string[] = [], options: Electron.ForkOptions = {}) {
    onlyWhenReady('utilityProcess.fork');
    return new UtilityProcess(entry, args, options);
  },
};
