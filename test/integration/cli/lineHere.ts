/** A command line run in this process: the program's own runCli, words in, answer and exit code out. What only a process shows (signals, pipes, its end) it does not show. */

import { checkoutProgram } from '../../../main/hosts/cli/program.ts';
import { runCli } from '../../../main/hosts/cli/runCli.ts';

export interface LineAnswer {
  code: number;
  signal: null;
  stdout: string;
  stderr: string;
}

interface LineWorld {
  cwd: string;
  env: Readonly<Record<string, string>>;
  /** What the app starts for itself: the built program. */
  entry: string;
}

export async function runLineHere(argv: readonly string[], { cwd, env, entry }: LineWorld): Promise<LineAnswer> {
  const said = { stdout: '', stderr: '' };
  const output = (name: keyof typeof said) => ({
    write: (text: string) => {
      said[name] += text;
    },
    isTerminal: false,
    columns: Number.POSITIVE_INFINITY,
    failure: () => null,
  });
  const code = await runCli(argv, {
    ...{ stdout: output('stdout'), stderr: output('stderr'), ask: null, env, cwd },
    ...{ platform: process.platform, onInterrupt: () => () => {}, program: checkoutProgram(entry) },
  });
  return { code, signal: null, ...said };
}
