/** Puts a Reply on the wire: ranges for files, and whatever a fault rule does to the bytes. */
import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FaultRule } from './faults.ts';
import { newRequestId, type Reply } from './reply.ts';

export async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  rule: FaultRule | null,
): Promise<void> {
  const { status, headers, start, end } = rangeOf(request, reply, sizeOf(reply) - (rule?.missingBytes ?? 0));
  response.writeHead(status, {
    'x-request-id': newRequestId(),
    ...headers,
    'content-length': String(Math.max(0, end - start)),
  });
  const cutAt = rule?.truncateTo === undefined ? end : start + Math.floor((end - start) * rule.truncateTo);
  try {
    if (cutAt > start) {
      const bytes = Readable.from(pieces(reply, { start, end: cutAt, isCorrupt: rule?.corrupt === true }));
      await pipeline(bytes, response, { end: cutAt === end });
    }
    if (cutAt === end) response.end();
    // What was written is let out first: a reset would throw it away on this side already.
    else setTimeout(() => response.destroy(), 20);
  } catch {
    response.destroy(); // the client left
  }
}

const sizeOf = (reply: Reply) => (Buffer.isBuffer(reply.body) ? reply.body.length : reply.body.end - reply.body.start);

function rangeOf(request: IncomingMessage, reply: Reply, size: number) {
  const whole = { status: reply.status, headers: reply.headers, start: 0, end: Math.max(0, size) };
  const isFile = !Buffer.isBuffer(reply.body);
  if (!isFile) return whole;
  const headers = { ...reply.headers, 'accept-ranges': 'bytes' };
  const match = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  if (!match) return { ...whole, headers };
  const start = Number(match[1]);
  if (start >= size) {
    return { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` }, start: 0, end: 0 };
  }
  const end = match[2] ? Math.min(size, Number(match[2]) + 1) : size;
  return { status: 206, headers: { ...headers, 'content-range': `bytes ${start}-${end - 1}/${size}` }, start, end };
}

async function* pieces(
  reply: Reply,
  options: { start: number; end: number; isCorrupt: boolean },
): AsyncGenerator<Buffer> {
  const { start, end } = options;
  const size = sizeOf(reply);
  let position = start;
  const source = Buffer.isBuffer(reply.body)
    ? [reply.body.subarray(start, end)]
    : createReadStream(reply.body.file, { start, end: end - 1 });
  for await (const piece of source as AsyncIterable<Buffer>) {
    yield options.isCorrupt ? zeroed(piece, position, { from: size * 0.1, to: size * 0.9 }) : piece;
    position += piece.length;
  }
}

function zeroed(piece: Buffer, position: number, hole: { from: number; to: number }): Buffer {
  const from = Math.max(0, Math.floor(hole.from) - position);
  const to = Math.min(piece.length, Math.floor(hole.to) - position);
  return to > from ? Buffer.from(piece).fill(0, from, to) : piece;
}
