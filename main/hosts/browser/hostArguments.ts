/** Reads the browser host's few flags; what it does not know it refuses. */
import { parseArgs } from 'node:util';

export interface HostArguments {
  profileDir: string | undefined;
  libraryDir: string | undefined;
  /** Print the address even where a window could be opened. */
  isPrint: boolean;
  isHelp: boolean;
  isVersion: boolean;
}

export function parseHostArguments(argv: readonly string[]): HostArguments {
  const { values } = parseArgs({
    args: [...argv],
    strict: true,
    allowPositionals: false,
    options: {
      profile: { type: 'string' },
      library: { type: 'string' },
      print: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      version: { type: 'boolean', default: false },
    },
  });
  return {
    profileDir: values.profile,
    libraryDir: values.library,
    isPrint: values.print,
    isHelp: values.help,
    isVersion: values.version,
  };
}
