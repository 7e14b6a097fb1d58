/** Fetches a result into its `.part` file: without the key, resumed where possible, counted against what was announced. */
import { type FileHandle, open, truncate } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import type { LookupFunction } from 'node:net';
import path from 'node:path';
import { RestageError } from '../../shared/errors.ts';
import type { Line } from '../network/line.ts';
import type { EvolinkFailure, ProgressListener } from '../services.ts';
import { startTimer } from '../storage/clock.ts';
import { asFileError, errnoOf } from '../storage/files.ts';
import { requireSpace, withSpace } from '../storage/freeSpace.ts';
import { addressesFor, isUnfitForProxy, type Resolve } from './addresses.ts';
import { EvolinkError, failureOfAnswer, failureOfTransport } from './errors.ts';
import { isAllowedUrl } from './origins.ts';
import { routeOf } from './routeOf.ts';
import { type ResultTrouble, sniffResult } from './sniffResult.ts';
import { cutOff, type OpenAnswer, openExchange, readMaxBytes, TransportError } from './transport.ts';

export interface DownloadOptions {
  url: string;
  partPath: string;
  signal?: AbortSignal | undefined;
  onProgress?: ProgressListener | undefined;
  stallMs: number;
  /** The whole download, however lively it is. */
  totalMs: number;
  /** No result has more bytes. */
  maxBytes: number;
  nowMs: number;
  /** The account itself lives on loopback: its results may lie there. */
  allowsLoopback: boolean;
  resolve: Resolve;
  line: Line;
}

const maxRedirects = 5;
/** The first bytes of a file tell what it is. */
const SNIFF_BYTES = 64;
/** After so many bytes it is looked again whether the disk has room. */
const SPACE_LOOK_BYTES = 2_000_000;
/** One such buffer is filled while the other is written. */
const bufferBytes = 512 * 1024;

/** Throws EvolinkError (a dead link is `notFound`; what is no video has a `code` of its own), or RestageError diskFull / outputNotWritable. */
export async function downloadFile(options: DownloadOptions): Promise<{ sizeBytes: number }> {
  const deadline = new AbortController();
  const timer = startTimer(() => deadline.abort(), options.totalMs);
  const signal = options.signal ? AbortSignal.any([options.signal, deadline.signal]) : deadline.signal;
  try {
    return await fetchWhole({ ...options, signal });
  } catch (error) {
    // A trickle keeps the stall timer content; what came of it is kept, and the next try goes on from there.
    const isLate = deadline.signal.aborted && options.signal?.aborted !== true;
    if (!isLate || !(error instanceof EvolinkError) || error.failure.cause !== 'cancelled') throw error;
    const message = `not complete after ${Math.round(options.totalMs / 1000)} s`;
    throw transportFailure(new TransportError('timeout', { wasSent: true, message, cause: error }));
  } finally {
    clearTimeout(timer);
  }
}

async function fetchWhole(options: DownloadOptions): Promise<{ sizeBytes: number }> {
  const offset = await usableBytesOf(options.partPath);
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
  const start = isResumed ? options.offset : 0;
  const length = Number(answer.headers['content-length'] ?? Number.NaN);
  const announced = Number.isFinite(length) ? start + length : isResumed ? rangeTotal(answer) : null;
  if (announced !== null && announced > options.maxBytes) throw tooLarge(answer, options.maxBytes);
  const sizeBytes = await write(answer, { ...options, start, announced });
  if (announced !== null && sizeBytes !== announced) {
    throw transportFailure(
      new TransportError('network', { wasSent: true, message: `${sizeBytes} of ${announced} bytes arrived` }),
    );
  }
  if (sizeBytes === 0) throw noVideo(answer, 'resultEmpty', 'a file of 0 bytes instead of a video');
  return { sizeBytes };
}

async function write(
  answer: OpenAnswer,
  options: DownloadOptions & { start: number; announced: number | null },
): Promise<number> {
  const folder = path.dirname(options.partPath);
  const bytes = everyByte(answer.message);
  const neededBytes = Math.max(0, (options.announced ?? 0) - options.start);
  await requireSpace(folder, neededBytes);
  const file = await openPart(options.partPath, options.start).catch((error: unknown) => {
    throw asFileError(error);
  });
  let position = options.start;
  let isKnownVideo = options.start > 0;
  let lookedAt = position;
  try {
    for await (const chunk of headFirst(bytes, isKnownVideo ? 0 : SNIFF_BYTES)) {
      if (!isKnownVideo) {
        const seen = sniffResult(chunk);
        if (seen !== 'video') throw noVideo(answer, 'resultNotVideo', `${seen} instead of a video`);
        isKnownVideo = true;
      }
      if (position + chunk.length > options.maxBytes) throw tooLarge(answer, options.maxBytes);
      await writeAll(file, chunk, position);
      position += chunk.length;
      if (position - lookedAt >= SPACE_LOOK_BYTES) {
        // Others fill the disk as well, and what has no length may go on for long.
        await requireSpace(folder, Math.max(0, (options.announced ?? 0) - position));
        lookedAt = position;
      }
      options.onProgress?.(options.announced ? Math.min(1, position / options.announced) : null);
    }
    await file.sync();
    return position;
  } catch (error) {
    if (error instanceof EvolinkError) {
      // Of what is no video, or far too long, nothing is worth keeping.
      await file.truncate(0);
      throw error;
    }
    if (error instanceof TransportError) throw transportFailure(error);
    // What the stream threw is the connection's; what has an errno of the disk is the disk's.
    const known = asFileError(error);
    if (known !== error || known instanceof RestageError) throw await withSpace(known, folder, neededBytes);
    throw transportFailure(answer.failure() ?? cutOff(error));
  } finally {
    await file.close();
  }
}

/** The same bytes, the first so many of them together: a server may send them one by one. */
async function* headFirst(bytes: AsyncGenerator<Buffer>, headBytes: number): AsyncGenerator<Buffer> {
  let head: Buffer | null = headBytes === 0 ? null : Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (head === null) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < headBytes) continue;
    yield head;
    head = null;
  }
  if (head !== null && head.length > 0) yield head;
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

/** The first answer that is no redirect; each hop is https at a public address, or on loopback where the account itself lives there. */
async function openFollowing(options: DownloadOptions, offset: number): Promise<OpenAnswer> {
  let url = parseLink(options.url, null);
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const { proxy, agent } = await routeOf(options.line, url).catch((error: TransportError) => {
      throw transportFailure(error);
    });
    // A proxy makes the connection, and looks the name up itself: ours is then the address of the proxy.
    const pinned =
      proxy === null ? { lookup: await pin(url, options), isReadInPlace: true } : await checkForProxy(url, options);
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
      agent,
      ...pinned,
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

/** What can still be held behind a proxy, see `isUnfitForProxy`. */
async function checkForProxy(url: URL, { resolve }: DownloadOptions): Promise<object> {
  if (await isUnfitForProxy(url, resolve)) throw linkError('an address that is not public', 'resultAddress');
  return {};
}

/** The connection is made to an address that was checked, not to what the name says a moment later. */
async function pin(url: URL, { allowsLoopback, resolve }: DownloadOptions): Promise<LookupFunction> {
  const addresses = await addressesFor(url, { allowsLoopback, resolve }).catch((error: unknown) => {
    const message = `${url.hostname} has no address (${errnoOf(error) ?? String(error)})`;
    throw transportFailure(new TransportError('network', { wasSent: false, message, cause: error }));
  });
  const [first] = addresses ?? [];
  if (!addresses || !first) throw linkError(`${url.hostname} is no public address`, 'resultAddress');
  return (_hostname, { all }, callback) =>
    all === true ? callback(null, addresses) : callback(null, first.address, first.family);
}

function parseLink(text: string, base: URL | null): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base?.href) : null;
  if (!url || !isAllowedUrl(url)) throw linkError('a link that is not https');
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
  if (!isDead) return new EvolinkError({ ...failure, meaning: 'unknown' });
  const code: ResultTrouble = 'resultGone';
  return new EvolinkError({ ...failure, meaning: 'unknown', cause: 'notFound', code });
}

function noVideo(answer: OpenAnswer, code: ResultTrouble, message: string): EvolinkError {
  const failure = failureOfAnswer({ status: answer.status, headers: answer.headers, body: '', nowMs: 0 });
  return new EvolinkError({ ...failure, meaning: 'unknown', cause: 'unreadable', code, message });
}

const tooLarge = (answer: OpenAnswer, maxBytes: number) =>
  noVideo(answer, 'resultTooLarge', `more than ${maxBytes} bytes, which no such result has`);

function linkError(message: string, code: ResultTrouble = 'resultLink'): EvolinkError {
  const failure: EvolinkFailure = failureOfTransport(new TransportError('network', { wasSent: false, message }));
  return new EvolinkError({ ...failure, cause: 'unreadable', code });
}

const transportFailure = (error: TransportError) => new EvolinkError(failureOfTransport(error), { cause: error });

/** How much of an earlier try can be gone on from: nothing where its first bytes are no video's. */
async function usableBytesOf(partPath: string): Promise<number> {
  const file = await open(partPath, 'r').catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return null;
    throw asFileError(error);
  });
  if (file === null) return 0;
  try {
    const head = Buffer.alloc(SNIFF_BYTES);
    const { bytesRead } = await file.read(head, 0, SNIFF_BYTES, 0);
    return sniffResult(head.subarray(0, bytesRead)) === 'video' ? (await file.stat()).size : 0;
  } finally {
    await file.close();
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
