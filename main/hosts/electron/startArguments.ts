/** Reads the few words that mean something to Restage out of a command line that Electron and Chromium read too. */

export interface StartArguments {
  /** What follows `--cli`, or null for the window. */
  cli: string[] | null;
  profileDir: string | null;
  libraryDir: string | null;
}

/** Lenient by need: debuggers, test drivers and the system add switches of their own. */
export function readStartArguments(argv: readonly string[]): StartArguments {
  const at = argv.indexOf('--cli');
  if (at >= 0) return { cli: argv.slice(at + 1), profileDir: flagValue(argv, '--profile'), libraryDir: null };
  return { cli: null, profileDir: flagValue(argv, '--profile'), libraryDir: flagValue(argv, '--library') };
}

function flagValue(argv: readonly string[], flag: string): string | null {
  const joined = argv.find((word) => word.startsWith(`${flag}=`));
  if (joined !== undefined) return joined.slice(flag.length + 1);
  const at = argv.indexOf(flag);
  return at >= 0 ? (argv[at + 1] ?? null) : null;
}
