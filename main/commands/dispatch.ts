/** The border of the contract: input is unknown until it is parsed here; answers are results, never exceptions. */
import { type Call, type CommandName, commands } from '../../shared/contract/index.ts';
import { RestageError, toErrorData } from '../../shared/errors.ts';
import { asRestageError, EvolinkError } from '../evolink/errors.ts';
import type { Logger } from '../services.ts';
import type { Handlers } from './types.ts';

export function createCall(handlers: Partial<Handlers>, logger: Logger): Call {
  const call = async (command: CommandName, input: unknown) => {
    try {
      const definition = Object.hasOwn(commands, command) ? commands[command] : undefined;
      const handler = handlers[command] as ((parsed: unknown) => unknown) | undefined;
      if (!definition || !handler) throw new RestageError('notFound', { detail: `no command ${String(command)}` });
      const parsed = definition.input.safeParse(input);
      if (!parsed.success) throw badInput(parsed.error.issues);
      return { ok: true, value: await handler(parsed.data) };
    } catch (error) {
      const data = toErrorData(error instanceof EvolinkError ? asRestageError(error) : error);
      if (data.code === 'internal')
        logger.error('command', {
          command,
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        });
      return { ok: false, error: data };
    }
  };
  return call as Call;
}

function badInput(issues: readonly { path: PropertyKey[]; message: string }[]): RestageError {
  return new RestageError('refused', {
    reasons: issues.map((issue) => ({
      field: issue.path.map(String).join('.') || 'input',
      rule: 'input.form',
      params: { message: issue.message },
    })),
  });
}
