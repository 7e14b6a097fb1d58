/** What the two threads of a command line say to each other: the one that hears signals, and the one that works. */
import type { EndSignal } from './endBySignal.ts';

/** How the streams stood at the start; what is no terminal is written by the working thread itself. */
export interface Terminals {
  stdout: { columns: number } | null;
  stderr: { columns: number } | null;
  /** Whether a person can be asked. */
  canAsk: boolean;
}

export type ToWork =
  | { kind: 'signal'; signal: EndSignal }
  | { kind: 'columns'; stdout: number; stderr: number }
  | { kind: 'answered'; id: number; text: string }
  | { kind: 'ping' };

export type FromWork =
  | { kind: 'write'; to: 'stdout' | 'stderr'; text: string }
  | { kind: 'ask'; id: number; question: string }
  | { kind: 'askNoMore'; id: number }
  | { kind: 'pong' }
  | { kind: 'end'; code: number };
