/**
 * The seam behind which Restage starts further processes of itself. Node hosts start a program (`nodeHelper.ts`), Electron a utility process
 * (`hosts/electron/utilityHelper.ts`): there stdin is at its end on Windows, and a second start of the program would be a second Electron.
 */
import type { SelfCommand } from '../services.ts';
import { nodeHelpers } from './nodeHelper.ts';

export interface HelperRequest {
  command: 'image-worker' | 'sandbox';
  args: readonly string[];
  /** Of the app: the helper gets what `childEnvironment` allows of it. */
  env: Readonly<Record<string, string | undefined>>;
  /** Given: it answers lines with lines, and ends with this process. */
  onLine?: (line: string) => void;
  /** Given: it serves by itself from this folder, and what it says goes to the file. In Node hosts it outlives this process. */
  serving?: { folder: string; logFile: string };
  /** Once, however it ended. `code`: null when it never ran or a signal ended it. */
  onEnd(end: { code: number | null; detail: string }): void;
}

export interface Helper {
  /** Null until the system has started it. */
  pid(): number | null;
  /** One line, without its end; lost when the helper is gone: `onEnd` tells. */
  say(line: string): void;
  /** Ends it at once, and resolves when it is gone. */
  end(): Promise<void>;
}

export type StartHelper = (request: HelperRequest) => Helper;

/** How a host starts further processes of this program: a command line, or a way of its own. */
export type SelfStart = SelfCommand | StartHelper;

export function startHelper(self: SelfStart, request: HelperRequest): Helper {
  return typeof self === 'function' ? self(request) : nodeHelpers(self)(request);
}
