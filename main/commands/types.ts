/** A handler per command: its input is parsed, its answer is the value itself, its trouble is thrown. */
import type { CommandName, CommandOutput, CommandParsed } from '../../shared/contract/index.ts';

export type Handler<C extends CommandName> = (input: CommandParsed<C>) => CommandOutput<C> | Promise<CommandOutput<C>>;
export type Handlers = { [C in CommandName]: Handler<C> };
