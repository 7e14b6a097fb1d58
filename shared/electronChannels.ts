/** The channels between preload and Electron's main process. The page itself reaches none of them: preload decides what passes. */

export const electronChannels = {
  call: 'restage:call',
  event: 'restage:event',
  intake: 'restage:intake',
  dragOut: 'restage:drag-out',
  prepareDrag: 'restage:prepare-drag',
  menu: 'restage:menu',
  /** The page listens to the host. */
  listening: 'restage:listening',
  host: 'restage:host',
} as const;

/**
 * What preload says on the intake channel: a path that Electron resolved from a real dropped `File`, or the bytes of a
 * `File` that has none, piece by piece.
 */
export type IntakeMessage =
  | { kind: 'path'; path: string }
  | { kind: 'begin'; name: string }
  | { kind: 'chunk'; id: number; bytes: Uint8Array }
  | { kind: 'end'; id: number }
  | { kind: 'abort'; id: number };
