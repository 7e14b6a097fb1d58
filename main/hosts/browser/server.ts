/** The loopback server of the browser host: page, media, intake and calls, under a path that only this run knows. */
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { toErrorData } from '../../../shared/errors.ts';
import { asMediaAnswer } from '../../serve/mediaHeaders.ts';
import { securityHeaders } from '../contentSecurityPolicy.ts';
import type { PageBackend } from '../pageBackend.ts';
import { createPageFiles, lookOf, type PageFiles, plain } from '../pageFiles.ts';
import { type OwnPlace, refusalOf } from './requestGuard.ts';
import { createPageSockets, type PageSockets } from './socket.ts';
import { alivePath, bridgeScript, intakePath, nameHeader, socketPath } from './wire.ts';

export interface BrowserServer {
  /** 'http://127.0.0.1:41234/<prefix>/' */
  address: string;
  close(): Promise<void>;
}

export async function startServer(options: {
  backend: PageBackend;
  /** `out/renderer` */
  pageFolder: string;
  /** The built bridge, `out/browser-client/client.js`. */
  bridgeFile: string;
  onPageCountChanged?: (count: number) => void;
}): Promise<BrowserServer> {
  const { backend } = options;
  const page = createPageFiles({
    folder: options.pageFolder,
    bridge: { name: bridgeScript, file: options.bridgeFile },
    look: () => lookOf(backend),
  });
  const sockets = createPageSockets(backend, options.onPageCountChanged ?? (() => {}));
  const own: OwnPlace = { host: '', prefix: `/${randomBytes(16).toString('hex')}/` };

  const server = http.createServer((request, response) => {
    const asked = refuseOrRoute(request, own);
    const answered = asked instanceof Response ? Promise.resolve(asked) : answer(asked, request, backend, page);
    void answered
      .catch((error: unknown) => plain(500, toErrorData(error).code))
      .then((answer) => send(answer, request, response));
  });
  server.requestTimeout = 0; // a long clip may take longer to copy in than the default five minutes
  server.on('upgrade', (request, socket, head) => acceptUpgrade({ request, socket, head, own, sockets }));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  own.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    address: `http://${own.host}${own.prefix}`,
    async close() {
      sockets.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections(); // a playing video holds its connection open
      await closed;
    },
  };
}

/** The path below the prefix, or the refusal. */
function refuseOrRoute(request: http.IncomingMessage, own: OwnPlace): URL | Response {
  const url = new URL(request.url ?? '/', 'http://page.invalid');
  const method = request.method ?? 'GET';
  const refusal = refusalOf({ method, path: url.pathname, headers: request.headers, isUpgrade: false }, own);
  if (refusal) return plain(refusal.status, http.STATUS_CODES[refusal.status] ?? 'Refused');
  url.pathname = url.pathname.slice(own.prefix.length - 1);
  return url;
}

async function answer(url: URL, request: http.IncomingMessage, backend: PageBackend, page: PageFiles) {
  const route = url.pathname.slice(1);
  if (request.method === 'POST') {
    return route === intakePath ? takeIn(request, backend) : plain(405, 'Method not allowed', { allow: 'GET, HEAD' });
  }
  if (route === alivePath) return new Response('restage\n', { headers: securityHeaders });
  if (route.startsWith('media/')) return serveMedia(url, request, backend);
  return page.respond(route);
}

async function takeIn(request: http.IncomingMessage, backend: PageBackend): Promise<Response> {
  const name = fileName(request.headers[nameHeader]);
  if (name === null) return plain(400, `The header ${nameHeader} must hold the file's name, percent-encoded.`);
  const result = await backend.intakeStream(name, Readable.toWeb(request) as ReadableStream<Uint8Array>);
  request.resume(); // a refusal may come before the last byte: what is left must not block the connection
  return Response.json(result, { headers: securityHeaders });
}

function fileName(header: string | string[] | undefined): string | null {
  if (typeof header !== 'string' || header === '') return null;
  try {
    return decodeURIComponent(header);
  } catch {
    return null;
  }
}

async function serveMedia(url: URL, request: http.IncomingMessage, backend: PageBackend): Promise<Response> {
  const headers = new Headers();
  for (const name of ['range', 'if-range', 'if-none-match', 'if-modified-since']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  const gone = new AbortController();
  request.once('close', () => gone.abort());
  const method = request.method === 'HEAD' ? 'HEAD' : 'GET';
  return asMediaAnswer(await backend.fetch(new Request(url, { method, headers, signal: gone.signal })));
}

async function send(answer: Response, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  response.writeHead(answer.status, { ...securityHeaders, ...Object.fromEntries(answer.headers) });
  if (answer.body === null || request.method === 'HEAD') {
    await answer.body?.cancel();
    response.end();
    return;
  }
  // A player that seeks drops its connection in the middle: that ends the reading, and is no error.
  await pipeline(Readable.fromWeb(answer.body as never), response).catch(() => response.destroy());
}

function acceptUpgrade(options: {
  request: http.IncomingMessage;
  socket: import('node:stream').Duplex;
  head: Buffer;
  own: OwnPlace;
  sockets: PageSockets;
}): void {
  const { request, socket, own } = options;
  const { pathname } = new URL(request.url ?? '/', 'http://page.invalid');
  const refusal = refusalOf({ method: 'GET', path: pathname, headers: request.headers, isUpgrade: true }, own);
  const status = refusal?.status ?? (pathname === `${own.prefix}${socketPath}` ? null : 404);
  if (status === null) options.sockets.accept(request, socket, options.head);
  else socket.end(`HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
