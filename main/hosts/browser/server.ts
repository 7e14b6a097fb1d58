/** The loopback server of the browser host: page, media, intake and calls, for pages that were let in, and for nobody else. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { toErrorData } from '../../../shared/errors.ts';
import { asMediaAnswer } from '../../serve/mediaHeaders.ts';
import { securityHeaders } from '../contentSecurityPolicy.ts';
import type { PageBackend } from '../pageBackend.ts';
import { createPageFiles, lookOf, type PageFiles, plain } from '../pageFiles.ts';
import { type Access, createAccess } from './access.ts';
import { createEntrance, type Entrance } from './entrance.ts';
import { type AskedFor, pathOf, refusalOf, wrongPlace } from './requestGuard.ts';
import { createPageSockets, type PageSockets } from './socket.ts';
import { bridgeScript, intakePath, nameHeader, socketPath } from './wire.ts';

/**
 * A browser holds six connections to a place and a socket per window. The rest are slow or idle ones of somebody else: they
 * are cut off before they fill the house. A long clip may take hours to copy in, but never a minute without a byte.
 */
const bounds = { connections: 128, headersMs: 10_000, requestMs: 6 * 3600_000, checkMs: 2_000, stallMs: 60_000 };

export interface BrowserServer extends Pick<Entrance, 'issueAddress' | 'issueHandOff'> {
  /** 'http://127.0.0.1:41234' */
  origin: string;
  /** For the owner-only record that a second start reads. */
  controlSecret: string;
  close(): Promise<void>;
}

interface House {
  backend: PageBackend;
  page: PageFiles;
  sockets: PageSockets;
  access: Access;
  entrance: Entrance;
  /** '127.0.0.1:41234' */
  host: string;
  onError: (error: unknown) => void;
}

export async function startServer(options: {
  backend: PageBackend;
  /** `out/renderer` */
  pageFolder: string;
  /** The built bridge, `out/browser-client/client.js`. */
  bridgeFile: string;
  /** Where a page for the browser to start from is laid down, owner-only. */
  profileDir: string;
  onPageCountChanged?: (count: number) => void;
  onError?: (error: unknown) => void;
}): Promise<BrowserServer> {
  const { backend } = options;
  const access = createAccess();
  const page = createPageFiles({
    folder: options.pageFolder,
    bridge: { name: bridgeScript, file: options.bridgeFile },
    look: () => lookOf(backend),
  });
  const sockets = createPageSockets(backend, options.onPageCountChanged ?? (() => {}));
  const entrance = createEntrance({ access, origin: () => `http://${house.host}`, profileDir: options.profileDir });
  const house: House = { backend, page, sockets, access, entrance, host: '', onError: options.onError ?? (() => {}) };

  const server = http.createServer({
    headersTimeout: bounds.headersMs,
    requestTimeout: bounds.requestMs,
    connectionsCheckingInterval: bounds.checkMs,
  });
  server.maxConnections = bounds.connections;
  server.on('request', (request, response) => void respond(house, request, response, { isAwaited: false }));
  // Nobody is told to go on sending before it is known who it is.
  server.on('checkContinue', (request, response) => void respond(house, request, response, { isAwaited: true }));
  server.on('upgrade', (request, socket, head) => acceptUpgrade(house, request, socket, head));
  server.on('connect', (_request, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  server.on('error', house.onError);
  house.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    origin: `http://${house.host}`,
    controlSecret: access.controlSecret,
    issueAddress: entrance.issueAddress,
    issueHandOff: entrance.issueHandOff,
    async close() {
      sockets.close();
      entrance.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections(); // a playing video holds its connection open
      await closed;
    },
  };
}

/** The outermost guard of HTTP: whatever a request holds, it becomes an answer, and a refused one is not read to its end. */
async function respond(
  house: House,
  request: http.IncomingMessage,
  response: http.ServerResponse,
  { isAwaited }: { isAwaited: boolean },
): Promise<void> {
  try {
    request.on('error', () => {}); // it broke off: what was being done with it hears so itself
    const own = ownPath(house, request);
    const isIntake = own instanceof URL && request.method === 'POST' && own.pathname === `/${intakePath}`;
    if (isAwaited && isIntake) response.writeContinue();
    if (!isIntake && hasBody(request)) response.setHeader('connection', 'close');
    await send(own instanceof URL ? await answer(house, own, request) : await own, request, response);
  } catch (error) {
    house.onError(error);
    if (response.headersSent) response.destroy();
    else await send(plain(500, toErrorData(error).code), request, response).catch(() => response.destroy());
  }
}

const hasBody = ({ headers }: http.IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

/** The path below the page's own, for a page that was let in; else the answer: a way in, or a refusal. */
function ownPath(house: House, request: http.IncomingMessage): URL | Promise<Response> {
  const { access, entrance } = house;
  const url = pathOf(request.url);
  if (url === null) return Promise.resolve(plain(400, 'Bad request'));
  const asked = askedFor(request, url, false);
  const own = { host: house.host, ...access };
  const misplaced = wrongPlace(asked, own);
  const refusal = refusalOf(asked, own);
  const refuse = (status: number) => plain(status, http.STATUS_CODES[status] ?? 'Refused');
  if (!access.isBelowPrefix(url.pathname) && misplaced === null) {
    return entrance.answer(url, request).then((answer) => answer ?? refuse(404));
  }
  if (refusal) return Promise.resolve(refuse(refusal.status));
  url.pathname = url.pathname.slice(access.prefix.length - 1);
  return url;
}

function askedFor(request: http.IncomingMessage, url: URL, isUpgrade: boolean): AskedFor {
  const { rawHeaders, headers, method = 'GET' } = request;
  const hostCount = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
  return { method, path: url.pathname, headers, hostCount, isUpgrade };
}

async function answer({ backend, page }: House, url: URL, request: http.IncomingMessage): Promise<Response> {
  const route = url.pathname.slice(1);
  if (request.method === 'POST') {
    return route === intakePath ? takeIn(request, backend) : plain(405, 'Method not allowed', { allow: 'GET, HEAD' });
  }
  if (route.startsWith('media/')) return serveMedia(url, request, backend);
  return page.respond(route);
}

async function takeIn(request: http.IncomingMessage, backend: PageBackend): Promise<Response> {
  const name = fileName(request.headers[nameHeader]);
  if (name === null) return plain(400, `The header ${nameHeader} must hold the file's name, percent-encoded.`);
  request.setTimeout(bounds.stallMs, () => request.destroy(new Error('The upload stalled.')));
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
  // A browser keeps nothing of a person's pictures, and no address, on its own disk.
  const headers = { ...securityHeaders, ...Object.fromEntries(answer.headers), 'cache-control': 'no-store' };
  response.writeHead(answer.status, headers);
  if (answer.body === null || request.method === 'HEAD') {
    await answer.body?.cancel();
    response.end();
    return;
  }
  // A player that seeks drops its connection in the middle: that ends the reading, and is no error.
  await pipeline(Readable.fromWeb(answer.body as never), response).catch(() => response.destroy());
}

/** The outermost guard of upgrades; from here on the socket is ours, and its errors are, too. */
function acceptUpgrade(house: House, request: http.IncomingMessage, socket: Duplex, head: Buffer): void {
  socket.on('error', () => socket.destroy());
  try {
    const url = pathOf(request.url);
    const own = { host: house.host, ...house.access };
    const refusal = url === null ? { status: 400 } : refusalOf(askedFor(request, url, true), own);
    const isSocket = url?.pathname === `${house.access.prefix}${socketPath}`;
    const status = refusal?.status ?? (isSocket && house.sockets.hasRoom() ? null : isSocket ? 503 : 404);
    if (status === null) house.sockets.accept(request, socket, head);
    else refuseUpgrade(socket, status);
  } catch (error) {
    house.onError(error);
    socket.destroy();
  }
}

function refuseUpgrade(socket: Duplex, status: number): void {
  const head = `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}`;
  socket.end(`${head}\r\nConnection: close\r\nContent-Length: 0\r\nCache-Control: no-store\r\n\r\n`);
  socket.once('finish', () => socket.destroy()); // what it still sends is nobody's to read
}
