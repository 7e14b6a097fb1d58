/** Whether a name from outside is a command of the contract; own names only, so that `constructor` is none. */
import { type CommandName, commands } from '../../shared/contract/index.ts';

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}
