/** The border of the contract: input is unknown until it is parsed here; answers are results, never exceptions. */
import { type Call, type CommandName, commands } from '../../shared/contract/index.ts';
import { RestageError, toErrorData } from '../../shared/errors.ts';
import { asRestageError, EvolinkError } from '../evolink/errors.ts';
import type { Logger } from '../services.ts';
import { asFileError } from '../storage/files.ts';
import { publicError } from './publicError.ts';
import type { Handlers } from './types.ts';

/** Of 400 cells that are all wrong in the same way a person needs to read no more. */
const mostIssues = 20;

export function createCall(handlers: Partial<Handlers>, logger: Logger, place: { profileDir: string }): Call {
  const call = async (command: CommandName, input: unknown) => {
    try {
      const definition = Object.hasOwn(commands, command) ? commands[command] : undefined;
      const handler = handlers[command] as ((parsed: unknown) => unknown) | undefined;
      if (!definition || !handler) throw new RestageError('notFound', { detail: 'There is no such command.' });
      const parsed = definition.input.safeParse(input);
      if (!parsed.success) throw badInput(parsed.error.issues);
      return { ok: true, value: await handler(parsed.data) };
    } catch (error) {
      const data = toErrorData(asKnownError(error));
      if (data.code === 'internal')
        logger.error('command', {
          command: String(command).slice(0, 100),
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        });
      return { ok: false, error: publicError(data, place) };
    }
  };
  return call as Call;
}

/** What the disk or the provider said, in the codes of the contract. */
function asKnownError(error: unknown): unknown {
  return error instanceof EvolinkError ? asRestageError(error) : asFileError(error);
}

function badInput(issues: readonly { path: PropertyKey[]; message: string }[]): RestageError {
  return new RestageError('refused', {
    reasons: issues.slice(0, mostIssues).map((issue) => ({
      field: issue.path.map(String).join('.') || 'input',
      rule: 'input.form',
      params: { message: issue.message },
    })),
  });
}
