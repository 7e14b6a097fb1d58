/** The messages between the page's bridge and the browser host, over one WebSocket; no schema library, for the page's sake. */

/** A call from the page. `input` is anything until the app has parsed it. */
export interface AskMessage {
  id: number;
  command: string;
  input?: unknown;
}

/** An answer to an ask, or an event for every page. */
export type HostMessage = { id: number; result: unknown } | { event: string; payload: unknown };

/** Below the page's own path. */
export const socketPath = 'socket';
export const intakePath = 'intake';
export const bridgeScript = 'client.js';
/** The file's name, percent-encoded: header values are Latin-1 only. */
export const nameHeader = 'x-restage-name';

/** Beside it: where a ticket is traded, and where a second start of the profile asks for one. */
export const openRoute = 'open';
export const addressRoute = 'address';
export const handOffRoute = 'hand-off';
