/**
 * Takes files from preload, on a channel that the page cannot reach: paths come only from Electron's own `getPathForFile`.
 * Stops a page from reading files that nobody dropped.
 */
import { ipcMain } from 'electron';
import { z } from 'zod';
import { pathSchema } from '../../../shared/contract/ids.ts';
import { electronChannels, type IntakeMessage } from '../../../shared/electronChannels.ts';
import { RestageError, toErrorData } from '../../../shared/errors.ts';
import type { PageBackend } from '../pageBackend.ts';
import { isFromOurPage } from './senderGuard.ts';

/** A page streams one file after the other; pieces are what a reader hands out at once. */
const bounds = { openStreams: 16, chunkBytes: 64_000_000 };

const streamId = z.int();
const messageSchema: z.ZodType<IntakeMessage> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('path'), path: pathSchema }),
  z.object({ kind: z.literal('begin'), name: z.string().max(1000) }),
  z.object({
    kind: z.literal('chunk'),
    id: streamId,
    bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= bounds.chunkBytes),
  }),
  z.object({ kind: z.literal('end'), id: streamId }),
  z.object({ kind: z.literal('abort'), id: streamId }),
]);

type Intake = Pick<PageBackend, 'intakePaths' | 'intakeStream'>;
interface OpenStream {
  writer: WritableStreamDefaultWriter<Uint8Array>;
  result: ReturnType<Intake['intakeStream']>;
}

export function installIntake(backend: Intake): void {
  const streams = new Map<number, OpenStream>();
  let lastId = 0;

  function begin(name: string): number {
    if (streams.size >= bounds.openStreams) throw new Error('Too many streams are open.');
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const result = backend.intakeStream(name, readable).catch((error: unknown) => ({
      ok: false as const,
      error: toErrorData(error),
    }));
    lastId += 1;
    const writer = writable.getWriter();
    writer.closed.catch(() => {}); // the result says what went wrong with it
    streams.set(lastId, { writer, result });
    return lastId;
  }

  async function proceed(message: Extract<IntakeMessage, { id: number }>): Promise<unknown> {
    const stream = streams.get(message.id);
    if (stream === undefined) throw new Error('There is no such stream.');
    if (message.kind === 'chunk') {
      // A refusal may come before the last byte; the rest is then thrown away, and `end` brings the refusal.
      return Promise.race([stream.writer.write(message.bytes).catch(() => {}), stream.result.then(() => {})]);
    }
    streams.delete(message.id);
    if (message.kind === 'abort') return stream.writer.abort(new RestageError('cancelled'));
    void stream.writer.close().catch(() => {}); // fails only when nobody reads any more: the result says why
    return stream.result;
  }

  ipcMain.handle(electronChannels.intake, async (event, raw: unknown) => {
    if (!isFromOurPage(event)) throw new Error('refused');
    const parsed = messageSchema.safeParse(raw);
    if (!parsed.success) throw new Error('This is no message of the intake.');
    const message = parsed.data;
    if (message.kind === 'path') return (await backend.intakePaths([message.path]))[0];
    return message.kind === 'begin' ? begin(message.name) : proceed(message);
  });
}
