/** Lines of JSON over the profile's local socket: what may be said, how long a line may be, and how lines are read and written. */
import type { Socket } from 'node:net';
import { z } from 'zod';
import { conformInputSchema } from '../../shared/contract/conform.ts';
import { idSchema, pathSchema } from '../../shared/contract/ids.ts';
import { type EventName, events } from '../../shared/contract/index.ts';

const idOfRequest = z.int().min(0);

/** Folders and programs by their paths, and the way through the network: only a host names them, never a page. Empty: the default. */
export const placesSchema = z
  .strictObject({
    libraryDir: pathSchema.or(z.literal('')),
    ffmpegPath: pathSchema.or(z.literal('')),
    ffprobePath: pathSchema.or(z.literal('')),
    proxyUrl: z.string().max(500),
    caFile: pathSchema.or(z.literal('')),
  })
  .partial();
export type Places = z.infer<typeof placesSchema>;

export const wireRequestSchema = z.discriminatedUnion('kind', [
  z.object({ id: idOfRequest, kind: z.literal('call'), command: z.string().max(100), input: z.unknown() }),
  z.object({ id: idOfRequest, kind: z.literal('intake'), paths: z.array(pathSchema).max(10_000) }),
  z.object({ id: idOfRequest, kind: z.literal('copyPrepared'), preparedId: idSchema, toPath: pathSchema }),
  z.object({ id: idOfRequest, kind: z.literal('setPlaces'), places: placesSchema }),
  z.object({ id: idOfRequest, kind: z.literal('conform'), folder: pathSchema, input: conformInputSchema }),
  z.object({ id: idOfRequest, kind: z.literal('importFolder'), folder: pathSchema, copy: z.boolean() }),
  /** Said by a window: it takes over when the holder goes, so a command that has done its work need not stay for it. */
  z.object({ id: idOfRequest, kind: z.literal('window') }),
]);
export type WireRequest = z.infer<typeof wireRequestSchema>;

const eventNames = Object.keys(events) as [EventName, ...EventName[]];
export const wireMessageSchema = z.union([
  z.object({ event: z.enum(eventNames), payload: z.unknown() }),
  z.object({ id: idOfRequest, result: z.unknown() }),
]);
export type WireMessage = z.infer<typeof wireMessageSchema>;

/** Just the number of a request that is otherwise wrong, so that its sender hears of it. */
export const numberedSchema = z.object({ id: idOfRequest });

/** Requests: orders of 400 cells are the largest. Answers: a library of many thousands may be listed in one. */
export const maxRequestBytes = 8_000_000;
export const maxAnswerBytes = 256_000_000;

/** Who does not read what was sent would fill the memory of the app. */
const maxWaitingBytes = 64_000_000;

export function sendLine(socket: Socket, message: WireRequest | WireMessage): void {
  if (socket.destroyed) return;
  socket.write(`${JSON.stringify(message)}\n`);
  if (socket.writableLength > maxWaitingBytes) socket.destroy();
}

/** Calls back with each line as JSON. A line that is none, or longer than `maxBytes`, ends the connection. */
export function readLines(socket: Socket, maxBytes: number, onMessage: (message: unknown) => void): void {
  let pieces: Buffer[] = [];
  let length = 0;
  const take = (piece: Buffer) => {
    pieces.push(piece);
    length += piece.length;
    if (length > maxBytes) socket.destroy();
  };
  const finish = () => {
    const line = Buffer.concat(pieces).toString('utf8');
    pieces = [];
    length = 0;
    onMessage(JSON.parse(line));
  };
  socket.on('data', (chunk: Buffer) => {
    let from = 0;
    try {
      for (let at = chunk.indexOf(10); at >= 0 && !socket.destroyed; at = chunk.indexOf(10, from)) {
        take(chunk.subarray(from, at));
        from = at + 1;
        if (!socket.destroyed) finish();
      }
    } catch {
      socket.destroy(); // not JSON, or what it said could not be taken
    }
    if (from < chunk.length && !socket.destroyed) take(Buffer.from(chunk.subarray(from)));
  });
}
