/** What every command gets: its flags, the app, the words to speak in, and the way it answers. */
import type { Call, CommandInput, CommandName, CommandOutput } from '../../../shared/contract/index.ts';
import { type ErrorData, RestageError, type Result } from '../../../shared/errors.ts';
import type { Translate } from '../../../shared/i18n/index.ts';
import type { ProfileConnection } from '../../hostTypes.ts';
import type { CliIo } from './cliIo.ts';
import type { CommandSpec } from './commandSpec.ts';
import type { Flags } from './flags.ts';
import type { Progress } from './progress.ts';
import type { Style } from './style.ts';

/** What commands use of a connection. */
export type CliConnection = Pick<
  ProfileConnection,
  'call' | 'on' | 'intakePaths' | 'copyPrepared' | 'setPlaces' | 'conformInto' | 'importFolder'
>;

export interface CommandContext {
  io: CliIo;
  t: Translate;
  /** For numbers and dates. */
  locale: string;
  command: CommandSpec;
  flags: Flags;
  positionals: readonly string[];
  /** Absolute. */
  profileDir: string;
  libraryDir: string | undefined;
  /** Fires when the person interrupts. */
  signal: AbortSignal;
  progress: Progress;
  /** Of stdout. */
  style: Style;
  /** For commands that act: this process holds the profile, or forwards to the one that does. One per run; closed at the end. */
  connect(): Promise<CliConnection>;
  /** For commands that only read: works beside a running app. */
  read(): Promise<{ call: Call }>;
}

/** What a command leaves behind: `json` with `--json`, else `text`. */
export interface Outcome {
  exitCode: number;
  json: unknown;
  text: string;
}

/** Null: the command spoke for itself (a server in the foreground, a worker). */
export type CommandRun = (context: CommandContext) => Promise<Outcome | null>;

export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw errorFromData(result.error);
}

export function errorFromData({ code, ...rest }: ErrorData): RestageError {
  return new RestageError(code, rest);
}

/** Calls and throws what went wrong: inside the CLI errors travel as errors. */
export async function callOrThrow<C extends CommandName>(
  connection: { call: Call },
  command: C,
  input: CommandInput<C>,
): Promise<CommandOutput<C>> {
  return unwrap(await connection.call(command, input));
}
