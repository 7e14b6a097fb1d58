/** The contract between any page or CLI and the app: commands, events, and the shape of `window.restage`. All else derives from it. */
import type { z } from 'zod';
import type { Result } from '../errors.ts';
import { appCommands, appEvents } from './app.ts';
import { conformCommands, conformEvents } from './conform.ts';
import { handoffCommands } from './handoff.ts';
import type { HostMessage, MenuCommand } from './hostMessages.ts';
import { jobsCommands, jobsEvents } from './jobs.ts';
import { libraryCommands, libraryEvents } from './libraryCommands.ts';
import { type Asset, mediaCommands, mediaEvents } from './media.ts';
import { performanceCommands, performanceEvents } from './performance.ts';
import { spendCommands } from './spend.ts';
import { webHookCommands } from './webHook.ts';

export const commands = {
  ...appCommands,
  ...mediaCommands,
  ...jobsCommands,
  ...performanceCommands,
  ...libraryCommands,
  ...conformCommands,
  ...spendCommands,
  ...handoffCommands,
  ...webHookCommands,
} as const;
export const events = {
  ...appEvents,
  ...mediaEvents,
  ...jobsEvents,
  ...libraryEvents,
  ...conformEvents,
  ...performanceEvents,
} as const;

export type CommandName = keyof typeof commands;
export type EventName = keyof typeof events;
/** What a caller writes (defaults may be left out). */
export type CommandInput<C extends CommandName> = z.input<(typeof commands)[C]['input']>;
/** What a handler receives (defaults filled in). */
export type CommandParsed<C extends CommandName> = z.output<(typeof commands)[C]['input']>;
export type CommandOutput<C extends CommandName> = z.output<(typeof commands)[C]['output']>;
export type EventPayload<E extends EventName> = z.output<(typeof events)[E]>;

export type Call = <C extends CommandName>(command: C, input: CommandInput<C>) => Promise<Result<CommandOutput<C>>>;
export type Subscribe = <E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void) => () => void;

/** What the page sees in every host. `FileLike` is the page's `File` (this folder knows no DOM). */
export interface RestageBridge<FileLike = unknown> {
  call: Call;
  on: Subscribe;
  /** Dropped, chosen or pasted files become assets. One result per file, in order. */
  intake(files: FileLike[]): Promise<Result<Asset>[]>;
  /**
   * Capability `nativeDragOut`: hands results of the library to the system as real files. Call it in `dragstart`, after
   * `preventDefault()`; the drag is then the system's. Absent where the host cannot.
   */
  dragOut?(itemIds: string[]): void;
  /** Prepares such a drag: to be called when the pointer goes down on a result, as the drag itself may wait for nothing. */
  prepareDrag?(itemIds: string[]): void;
  /** Hosts with menus of their own: what they show, whenever it changes. */
  setMenu?(commands: MenuCommand[]): void;
  /** Hosts with menus of their own: hears what was chosen, opened or clicked outside the page, also what waited for a listener. */
  onHost?(listener: (message: HostMessage) => void): () => void;
}
