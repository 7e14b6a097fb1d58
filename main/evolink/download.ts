/** Fetches a result into its `.part` file: without the key, resumed where possible, counted against what was announced. */
import { type FileHandle, open, stat, truncate } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import type { EvolinkFailure, ProgressListener } from '../services.ts';
import { asFileError, errnoOf } from '../storage/files.ts';
import { requireSpace, withSpace } from '../storage/freeSpace.ts';
import { EvolinkError, failureOfAnswer, failureOfTransport } from './errors.ts';
import { isAllowedUrl, isLoopbackHost } from './origins.ts';
import { cutOff, type OpenAnswer, openExchange, readMaxBytes, TransportError } from './transport.ts';

export interface DownloadOptions {
  url: string;
  partPath: string;
  signal?: AbortSignal | undefined;
  onProgress?: ProgressListener | undefined;
  stallMs: number;
  nowMs: number;
}

const maxRedirects = 5;
/** One such buffer is filled while the other is written. */
const bufferBytes = 512 * 1024;

/** Throws EvolinkError (a dead link is `notFound`), or RestageError diskFull / outputNotWritable. */
export async function downloadFile(options: DownloadOptions): Promise<{ sizeBytes: number }> {
  const offset = await sizeOf(options.partPath);
  let answer = await openFollowing(options, offset);
  if (answer.status === 416) {
    // Nothing after our last byte: complete already, or of another file.
    const total = rangeTotal(answer);
    answer.close();
    if (total !== null && total === offset) return { sizeBytes: offset };
    await truncate(options.partPath, 0);
    answer = await openFollowing(options, 0);
  }
  try {
    return await receive(answer, { ...options, offset });
  } catch (error) {
    throw answer.failure() ? transportFailure(answer.failure() ?? cutOff(error)) : error;
  } finally {
    answer.close();
  }
}

async function receive(
  answer: OpenAnswer,
  options: DownloadOptions & { offset: number },
): Promise<{ sizeBytes: number }> {
  const isResumed = answer.status === 206 && rangeStart(answer) === options.offset;
  if (answer.status !== 200 && !isResumed) throw await refusal(answer, options.nowMs);
  if (/^text\/html/i.test(answer.headers['content-type'] ?? '')) {
    throw unreadable(answer, 'a web page instead of a video');
  }
  const start = isResumed ? options.offset : 0;
  const length = Number(answer.headers['content-length'] ?? Number.NaN);
  const announced = Number.isFinite(length) ? start + length : isResumed ? rangeTotal(answer) : null;
  const sizeBytes = await write(answer, { ...options, start, announced });
  if (announced !== null && sizeBytes !== announced) {
    throw transportFailure(
      new TransportError('network', { wasSent: true, message: `${sizeBytes} of ${announced} bytes arrived` }),
    );
  }
  return { sizeBytes };
}

async function write(
  answer: OpenAnswer,
  options: DownloadOptions & { start: number; announced: number | null },
): Promise<number> {
  const bytes = everyByte(answer.message);
  const neededBytes = Math.max(0, (options.announced ?? 0) - options.start);
  await requireSpace(path.dirname(options.partPath), neededBytes);
  const file = await openPart(options.partPath, options.start).catch((error: unknown) => {
    throw asFileError(error);
  });
  let position = options.start;
  try {
    for await (const chunk of bytes) {
      await writeAll(file, chunk, position);
      position += chunk.length;
      options.onProgress?.(options.announced ? Math.min(1, position / options.announced) : null);
    }
    await file.sync();
    return position;
  } catch (error) {
    if (error instanceof TransportError) throw transportFailure(error);
    // What the stream threw is the connection's; what has an errno of the disk is the disk's.
    const known = asFileError(error);
    if (known !== error) throw await withSpace(known, path.dirname(options.partPath), neededBytes);
    throw transportFailure(answer.failure() ?? cutOff(error));
  } finally {
    await file.close();
  }
}

/**
 * Unlike a stream's own iterator, which drops what it holds when the connection breaks: those bytes need not be fetched again.
 * Call it before anything is awaited after the answer came, or the break may be first. What it yields is valid until the next is asked for:
 * two buffers serve the whole download.
 */
function everyByte(message: IncomingMessage): AsyncGenerator<Buffer> {
  let filling = Buffer.allocUnsafeSlow(bufferBytes);
  let spare = Buffer.allocUnsafeSlow(bufferBytes);
  let filledBytes = 0;
  let isOver = message.closed;
  let wake = () => {};
  message.on('data', (chunk: Buffer) => {
    const isFitting = filledBytes + chunk.length <= filling.length;
    if (isFitting) chunk.copy(filling, filledBytes);
    else filling = Buffer.concat([filling.subarray(0, filledBytes), chunk]);
    filledBytes += chunk.length;
    giveBack(chunk);
    if (filling.length - filledBytes < readMaxBytes) message.pause();
    wake();
  });
  // `close` comes last, after `end` or `error`.
  message.once('close', () => {
    isOver = true;
    wake();
  });
  message.resume();

  async function* drain(): AsyncGenerator<Buffer> {
    while (!isOver || filledBytes > 0) {
      if (filledBytes > 0) {
        const full = filling.subarray(0, filledBytes);
        [filling, spare] = [spare, filling];
        filledBytes = 0;
        message.resume();
        yield full;
        continue;
      }
      message.resume();
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (!message.complete) throw cutOff();
  }
  return drain();
}

/** The parser copies every part of an answer into memory of its own. It is given back at once, not when the garbage collector comes by. */
function giveBack({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

async function openPart(partPath: string, start: number): Promise<FileHandle> {
  if (start === 0) return await open(partPath, 'w', 0o600);
  return await open(partPath, 'r+');
}

async function writeAll(file: FileHandle, chunk: Buffer, position: number): Promise<void> {
  let done = 0;
  while (done < chunk.length) {
    const { bytesWritten } = await file.write(chunk, done, chunk.length - done, position + done);
    done += bytesWritten;
  }
}

/** The first answer that is no redirect; each hop is https, or loopback when the link itself was. */
async function openFollowing(options: DownloadOptions, offset: number): Promise<OpenAnswer> {
  let url = parseLink(options.url, null);
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const answer = await openExchange({
      url,
      method: 'GET',
      headers: {
        accept: '*/*',
        'accept-encoding': 'identity',
        ...(offset > 0 ? { range: `bytes=${offset}-` } : {}),
      },
      deadlineMs: null,
      stallMs: options.stallMs,
      signal: options.signal,
      isReadInPlace: true,
    }).catch((error: unknown) => {
      throw error instanceof TransportError ? transportFailure(error) : error;
    });
    const location = answer.headers.location;
    if (answer.status < 300 || answer.status >= 400 || location === undefined) return answer;
    answer.close();
    url = parseLink(location, url);
  }
  throw linkError('too many redirects');
}

function parseLink(text: string, base: URL | null): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base?.href) : null;
  if (!url || !isAllowedUrl(url)) throw linkError('a link that is not https');
  // A public server must not be able to send us to services of this machine.
  if (base && isLoopbackHost(url.hostname) && !isLoopbackHost(base.hostname)) {
    throw linkError('a redirect to this machine');
  }
  return url;
}

async function refusal(answer: OpenAnswer, nowMs: number): Promise<EvolinkError> {
  let body = '';
  for await (const chunk of answer.message as AsyncIterable<Buffer>) {
    body += chunk.toString('utf8');
    if (body.length > 4000) break;
  }
  const failure = failureOfAnswer({ status: answer.status, headers: answer.headers, body, nowMs });
  // Storage hosts say 403 or 410 for a link that has run out.
  const isDead = [401, 403, 404, 410].includes(answer.status);
  return new EvolinkError({ ...failure, meaning: 'unknown', cause: isDead ? 'notFound' : failure.cause });
}

function unreadable(answer: OpenAnswer, message: string): EvolinkError {
  const failure = failureOfAnswer({ status: answer.status, headers: answer.headers, body: '', nowMs: 0 });
  return new EvolinkError({ ...failure, meaning: 'unknown', cause: 'unreadable', message });
}

function linkError(message: string): EvolinkError {
  const failure: EvolinkFailure = failureOfTransport(new TransportError('network', { wasSent: false, message }));
  return new EvolinkError({ ...failure, cause: 'unreadable' });
}

const transportFailure = (error: TransportError) => new EvolinkError(failureOfTransport(error), { cause: error });

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return 0;
    throw asFileError(error);
  }
}

function rangeStart(answer: OpenAnswer): number | null {
  const match = /^bytes (\d+)-/.exec(answer.headers['content-range'] ?? '');
  return match ? Number(match[1]) : null;
}

function rangeTotal(answer: OpenAnswer): number | null {
  const match = /\/(\d+)$/.exec(answer.headers['content-range'] ?? '');
  return match ? Number(match[1]) : null;
}
