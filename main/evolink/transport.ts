/** One HTTP exchange over node:http(s): deadlines, abort, no redirects, and whether any byte of the request left. */
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction, OnReadOpts } from 'node:net';
import { TLSSocket } from 'node:tls';
import { startTimer } from '../storage/clock.ts';

export type TransportKind = 'network' | 'timeout' | 'cancelled' | 'tooLong';

/** No usable answer came. `wasSent` false: the server cannot have seen anything of the request. */
export class TransportError extends Error {
  readonly kind: TransportKind;
  readonly wasSent: boolean;

  constructor(kind: TransportKind, options: { wasSent: boolean; message: string; cause?: unknown }) {
    super(options.message, { cause: options.cause });
    this.name = 'TransportError';
    this.kind = kind;
    this.wasSent = options.wasSent;
  }
}

export interface ExchangeOptions {
  url: URL;
  method: 'GET' | 'POST' | 'DELETE';
  headers: Record<string, string>;
  /** Each part is on its way before the next is asked for: one buffer can serve them all. */
  body?: string | { parts: AsyncIterable<Buffer>; lengthBytes: number };
  /** The whole exchange. Null: only the stall deadline counts (long transfers). */
  deadlineMs: number | null;
  /** The longest time without a byte moving in either direction. */
  stallMs: number;
  signal?: AbortSignal | undefined;
  /** The way through a studio's network, see main/network/line.ts; undefined: straight. */
  agent?: http.Agent | undefined;
  /** In place of the system's: answers with addresses that were checked. */
  lookup?: LookupFunction;
  /** For long answers: the connection is read through one buffer. */
  isReadInPlace?: boolean;
}

export interface OpenAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  message: http.IncomingMessage;
  /** Why the exchange broke off while the body was read; null when it did not. */
  failure(): TransportError | null;
  /** Ends timers and the connection; call it always. */
  close(): void;
}

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** JSON answers are small; more than this is not one. */
const maxAnswerBytes = 8_000_000;
/** One reading of a connection brings no more. */
export const readMaxBytes = 64 * 1024;

/** Sends the request and answers as soon as the status line and headers are there. Throws TransportError. */
export function openExchange(options: ExchangeOptions): Promise<OpenAnswer> {
  const { url, signal } = options;
  return new Promise((resolve, reject) => {
    let wasSent = false;
    let hasAnswer = false;
    let broken: TransportError | null = null;
    if (signal?.aborted) {
      reject(new TransportError('cancelled', { wasSent: false, message: 'cancelled before it was sent' }));
      return;
    }
    const requestOptions: http.RequestOptions & { onread?: OnReadOpts } = {
      method: options.method,
      headers: headersWithLength(options),
      // A connection of its own: a kept one may be closed by the server just then, which looks like a lost reply.
      agent: options.agent ?? false,
      ...(options.lookup && { lookup: options.lookup }),
      ...(options.isReadInPlace && { onread: readInPlace(() => request) }),
    };
    const request = (url.protocol === 'https:' ? https : http).request(url, requestOptions);
    const fail = (kind: TransportKind, message: string, cause?: unknown) => {
      broken ??= new TransportError(kind, { wasSent, message, cause });
      request.destroy();
      finish();
      reject(broken);
    };
    const onAbort = () => fail('cancelled', 'cancelled');
    const deadline =
      options.deadlineMs === null
        ? null
        : startTimer(() => fail('timeout', `no answer within ${options.deadlineMs} ms`), options.deadlineMs);
    const stall = startTimer(() => fail('timeout', `nothing moved for ${options.stallMs} ms`), options.stallMs);
    const touch = () => {
      if (!broken) stall.refresh();
    };
    const finish = () => {
      if (deadline) clearTimeout(deadline);
      clearTimeout(stall);
      signal?.removeEventListener('abort', onAbort);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    request.on('socket', (socket) => {
      // From here on the request is written: to be safe it counts as seen by the server.
      const begin = () => {
        wasSent = true;
        touch();
      };
      // Through a proxy it may be there already.
      if (socket instanceof TLSSocket && isSecured(socket)) begin();
      else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', begin);
    });
    // A server may answer early and close (413): the answer counts, not the bytes it did not take.
    const failUnlessAnswered = (error: Error) => {
      if (!hasAnswer) fail('network', describe(error), error);
    };
    request.on('error', failUnlessAnswered);
    request.on('response', (message) => {
      hasAnswer = true;
      touch();
      message.on('data', touch);
      message.on('error', (error) => fail('network', describe(error), error));
      message.pause();
      resolve({
        status: message.statusCode ?? 0,
        headers: message.headers,
        message,
        failure: () => broken,
        close: () => {
          finish();
          request.destroy();
        },
      });
    });
    sendBody(request, options, touch, (error) => {
      request.destroy();
      finish();
      reject(error);
    });
  });
}

/** Its handshake is over: only then there is a cipher. */
const isSecured = (socket: TLSSocket): boolean => socket.getCipher()?.name !== undefined && !socket.connecting;

/**
 * Left alone, Node reads every 64 kB into memory of their own, which lies outside the heap and is given back late: tens of megabytes in the
 * course of one download. One buffer is enough, for the parser copies what it finds there.
 */
function readInPlace(requestOf: () => http.ClientRequest): OnReadOpts {
  return {
    buffer: Buffer.allocUnsafeSlow(readMaxBytes),
    // What the socket itself would do with memory of its own; the parser of the answer listens.
    callback(length, bytes) {
      requestOf().socket?.emit('data', Buffer.from(bytes.buffer, bytes.byteOffset, length));
      return true;
    },
  };
}

/** The whole exchange with a small text answer. Throws TransportError, or what the body's own stream threw. */
export async function exchange(options: ExchangeOptions): Promise<Answer> {
  const answer = await openExchange(options);
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of answer.message as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxAnswerBytes) {
        throw new TransportError('tooLong', { wasSent: true, message: `an answer over ${maxAnswerBytes} bytes` });
      }
      chunks.push(chunk);
    }
    return { status: answer.status, headers: answer.headers, body: Buffer.concat(chunks).toString('utf8') };
  } catch (error) {
    throw answer.failure() ?? (error instanceof TransportError ? error : cutOff(error));
  } finally {
    answer.close();
  }
}

export function cutOff(cause?: unknown): TransportError {
  return new TransportError('network', { wasSent: true, message: 'the answer was cut off', cause });
}

function headersWithLength(options: ExchangeOptions): Record<string, string> {
  const { body } = options;
  if (body === undefined) return options.headers;
  const lengthBytes = typeof body === 'string' ? Buffer.byteLength(body) : body.lengthBytes;
  return { ...options.headers, 'content-length': String(lengthBytes) };
}

function sendBody(
  request: http.ClientRequest,
  options: ExchangeOptions,
  touch: () => void,
  onSourceError: (error: unknown) => void,
): void {
  const { body } = options;
  if (body === undefined) request.end();
  else if (typeof body === 'string') request.end(body);
  else sendParts(request, body.parts, touch).catch(onSourceError);
}

/** Rejects for what the source threw; a lost connection ends it silently, the request's own events tell of that. */
async function sendParts(request: http.ClientRequest, parts: AsyncIterable<Buffer>, touch: () => void): Promise<void> {
  for await (const part of parts) {
    const isTaken = await new Promise<boolean>((resolve) => {
      const onClose = () => resolve(false);
      request.once('close', onClose);
      request.write(part, (error) => {
        request.off('close', onClose);
        resolve(!error);
      });
    });
    if (!isTaken || request.destroyed) return;
    touch();
  }
  request.end();
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as NodeJS.ErrnoException).code;
  // With several addresses tried, Node's message is empty and the code says all.
  return error.message || code || error.name;
}
