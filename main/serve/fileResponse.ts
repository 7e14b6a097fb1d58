/** A file as a web-standard Response with byte ranges: without 206 every seek of a `<video>` snaps back to 0. */
import { open, stat } from 'node:fs/promises';
import { mediaHeaders } from './mediaHeaders.ts';

export interface ByteRange {
  start: number;
  /** Inclusive, as on the wire. */
  end: number;
}

/** RFC 9110 14.1.2, one range only. null: no range asked (or a form we may ignore); 'unsatisfiable': answer 416. */
export function parseRange(header: string | null, sizeBytes: number): ByteRange | null | 'unsatisfiable' {
  const match = header === null ? null : /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  if (!match || (match[1] === '' && match[2] === '')) return null;
  if (match[1] === '') {
    const length = Math.min(Number(match[2]), sizeBytes);
    return length === 0 ? 'unsatisfiable' : { start: sizeBytes - length, end: sizeBytes - 1 };
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? sizeBytes - 1 : Math.min(Number(match[2]), sizeBytes - 1);
  return start >= sizeBytes || start > end ? 'unsatisfiable' : { start, end };
}

export async function fileResponse(file: string, request: Request, contentType: string): Promise<Response> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) return new Response('not found', { status: 404 });
  const headers = new Headers({
    'content-type': contentType,
    'accept-ranges': 'bytes',
    'cache-control': 'no-cache',
    ...mediaHeaders,
    etag: `"${found.size}-${Math.round(found.mtimeMs)}"`,
  });
  if (request.headers.get('if-none-match') === headers.get('etag')) return new Response(null, { status: 304, headers });
  const range = parseRange(request.headers.get('range'), found.size);
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${found.size}`);
    return new Response(null, { status: 416, headers });
  }
  const { start, end } = range ?? { start: 0, end: found.size - 1 };
  headers.set('content-length', String(Math.max(0, end - start + 1)));
  if (range) headers.set('content-range', `bytes ${start}-${end}/${found.size}`);
  const status = range ? 206 : 200;
  if (request.method === 'HEAD' || found.size === 0) return new Response(null, { status, headers });
  return new Response(await streamOf(file, start, end), { status, headers });
}

const CHUNK_BYTES = 256 * 1024;

/** Read on demand, so that a player that stops listening costs no more than one chunk; the handle closes on every way out. */
async function streamOf(file: string, start: number, end: number): Promise<ReadableStream<Uint8Array>> {
  const handle = await open(file, 'r');
  let position = start;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const length = Math.min(CHUNK_BYTES, end - position + 1);
        const buffer = new Uint8Array(length);
        const { bytesRead } = await handle.read(buffer, 0, length, position);
        position += bytesRead;
        if (bytesRead > 0) controller.enqueue(buffer.subarray(0, bytesRead));
        if (bytesRead === 0 || position > end) {
          await handle.close();
          controller.close();
        }
      } catch (error) {
        await handle.close();
        controller.error(error);
      }
    },
    cancel: () => handle.close(),
  });
}
