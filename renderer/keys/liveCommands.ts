/** Which commands can be run now: those of the components that are there. The palette runs them as their keys would. */
import type { CommandId } from './commands.ts';

export type CommandHandlers = Partial<Record<CommandId, () => unknown>>;

/** Asked each time: what a command does changes with every drawing. */
type Source = () => CommandHandlers;

const sources: Source[] = [];

const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};

/** Until the answer is called. */
export function addLiveCommands(source: Source): () => void {
  sources.push(source);
  tell();
  return () => {
    sources.splice(sources.indexOf(source), 1);
    tell();
  };
}

/** Calls back when other components begin or end to listen; answers its own end. */
export function onLiveCommandsChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Of several places that know a command, the one that came last; null: nobody can run it now. */
export function liveCommand(id: CommandId): (() => unknown) | null {
  for (const source of [...sources].reverse()) {
    const handler = source()[id];
    if (handler) return handler;
  }
  return null;
}
