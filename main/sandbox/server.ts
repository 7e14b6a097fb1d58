/** The sandbox process: one HTTP server on loopback for both hosts of the contract, its ledger, its worker, its end. */
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RestageError } from '../../shared/errors.ts';
import { pause, startTimer } from '../storage/clock.ts';
import { errnoOf } from '../storage/files.ts';
import type { SeenRequest } from './admin.ts';
import { type Context, defaultSwitches } from './context.ts';
import { answersAlone, createFaults, type FaultRule, faultReply, patched } from './faults.ts';
import { helloOf, lockPlace, type PortRecord, readPort, readSecrets, recordPort } from './place.ts';
import { respond } from './respond.ts';
import { createRouter, isFilesHost } from './router.ts';
import { openStore } from './store.ts';
import { createWorker } from './worker.ts';

export interface SandboxOptions {
  /** `<profile>/sandbox`. */
  dir: string;
  /** Undefined: the recorded one, else any free one. */
  port?: number;
  ffmpeg: string;
  ffprobe: string;
  /** It leaves by itself after so long without a request or a task. Default ten minutes. */
  idleMs?: number;
  taskSeconds?: number;
  /** Results made before are taken from here: tests only. */
  memoryDir?: string | undefined;
  /** The admin endpoint exists: test profiles only. */
  allowFaults?: boolean;
  onError?: (error: unknown) => void;
}

export interface Sandbox {
  origin: string;
  key: string;
  /** Resolves when it has left, by itself or by close(). */
  closed: Promise<void>;
  close(): Promise<void>;
}

const defaultIdleMs = 600_000;
const seenMax = 5000;
/** Five seconds: as long as a sandbox may take to come up or to leave. */
const PLACE_ATTEMPTS = 20;
/** So often the recorded port is tried before another one is taken, when nobody seems to be there. */
const LEAVING_ATTEMPTS = 3;

/** Null when another process serves this folder already. Throws RestageError when the wanted port is another program's. */
export async function runSandbox(options: SandboxOptions): Promise<Sandbox | null> {
  const secrets = readSecrets(options.dir);
  const server = http.createServer();
  // The answers come once the handler is set; connections made before that wait.
  const place = await takePlace(server, options, secrets.identity);
  if (place === null) return null;
  const { port, release } = place;

  const onError = options.onError ?? ((error) => console.error(error));
  const switches = { ...defaultSwitches, nextErrors: [], ...pickTaskSeconds(options) };
  const now = () => Date.now() + switches.skewMs;
  const store = openStore(options.dir, now);
  const origin = `http://127.0.0.1:${port}`;
  const context: Context = {
    store,
    switches,
    now,
    origin: () => origin,
    tools: { ffmpeg: options.ffmpeg, ffprobe: options.ffprobe },
    memoryDir: options.memoryDir,
    startTask: (taskId) => worker.start(taskId),
  };
  const worker = createWorker(context, onError);
  const faults = createFaults();
  const seen: SeenRequest[] = [];
  const route = createRouter({ context, faults, seen, allowFaults: options.allowFaults === true, ...secrets }, onError);

  const idleMs = options.idleMs ?? defaultIdleMs;
  const idle = startTimer(() => {
    if (worker.isBusy()) idle.refresh();
    else void close();
  }, idleMs);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    idle.refresh();
    const url = new URL(request.url ?? '/', origin);
    const isAdmin = url.pathname.startsWith('/__sandbox/');
    const rule = isAdmin ? null : faults.match(request.method ?? '', url.pathname);
    const entry = isAdmin || url.pathname === '/' ? null : note(seen, request, url);
    try {
      await answer(request, response, { url, rule, entry });
    } finally {
      if (entry) entry.isOver = true;
    }
  }

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    { url, rule, entry }: { url: URL; rule: FaultRule | null; entry: SeenRequest | null },
  ): Promise<void> {
    if (rule && rule.latencyMs > 0) await pause(rule.latencyMs);
    if (rule?.reset === 'before') return void request.socket.resetAndDestroy();
    const reply = await replyOf(request, url, rule);
    if (rule && rule.answerAfterMs > 0) await pause(rule.answerAfterMs);
    if (rule?.reset === 'after') return void request.socket.resetAndDestroy();
    if (entry) entry.status = reply.status;
    // A body that nobody read would stop the connection; one that was refused half way is not waited for.
    if (!request.complete) response.setHeader('connection', 'close');
    request.resume();
    response.setHeader('date', new Date(now()).toUTCString());
    await respond(request, response, reply, rule);
    idle.refresh();
  }

  async function replyOf(request: IncomingMessage, url: URL, rule: FaultRule | null) {
    if (rule && answersAlone(rule)) return faultReply(rule, isFilesHost(url.pathname));
    const reply = await route(request, url);
    if (!rule) return reply;
    if (rule.status !== undefined || rule.body !== undefined) return faultReply(rule, isFilesHost(url.pathname));
    return rule.patch || rule.creditsAs ? patched(reply, rule) : reply;
  }

  server.on('request', (request, response) => {
    if (!isOwnHost(request, port)) {
      response.writeHead(421).end();
      return;
    }
    handle(request, response).catch((error: unknown) => {
      onError(error);
      response.destroy();
    });
  });
  for (const { task, outcome } of store.tasks().reverse()) if (!outcome) worker.start(task.taskId);

  let ending: Promise<void> | null = null;
  const closed = new Promise<void>((resolve) => server.once('close', () => resolve()));
  function close(): Promise<void> {
    ending ??= (async () => {
      clearTimeout(idle);
      await worker.close();
      server.close();
      server.closeAllConnections();
      await closed;
      store.close();
      release();
    })();
    return ending;
  }
  return { origin, key: secrets.key, closed, close };
}

/** Null: our own sandbox is there already. Who holds the folder's lock and cannot listen has a foreign program on its port, and moves. */
async function takePlace(
  server: http.Server,
  options: SandboxOptions,
  identity: string,
): Promise<{ port: number; release(): void } | null> {
  let lock: ReturnType<typeof lockPlace> = null;
  const letGo = () => lock?.release();
  for (let attempt = 0; attempt < PLACE_ATTEMPTS; attempt++) {
    const record = readPort(options.dir);
    const who = record ? await helloOf(record.port, identity) : 'nobody';
    if (who === 'ours') {
      letGo();
      return null;
    }
    lock ??= lockPlace(options.dir);
    // Somebody has the folder who does not answer yet, or not any more.
    const isLastTry = who !== 'nobody' || attempt >= LEAVING_ATTEMPTS;
    if (!lock || !(await listenSomewhere(server, options, { record, isLastTry }))) {
      await pause(250);
      continue;
    }
    const { port } = server.address() as AddressInfo;
    if (record?.port !== port) recordPort(options.dir, { n: (record?.n ?? 0) + 1, port });
    return { port, release: letGo };
  }
  letGo();
  throw new RestageError('refused', { reasons: [{ field: 'port', rule: 'port.taken', params: { value: '' } }] });
}

/** False: nothing is decided yet, a process that was just killed may still be letting go of the port. */
async function listenSomewhere(
  server: http.Server,
  options: SandboxOptions,
  { record, isLastTry }: { record: PortRecord | null; isLastTry: boolean },
): Promise<boolean> {
  if (await listen(server, options.port ?? record?.port ?? 0)) return true;
  if (options.port !== undefined) {
    throw new RestageError('refused', {
      reasons: [{ field: 'port', rule: 'port.taken', params: { value: options.port } }],
    });
  }
  return isLastTry && (await listen(server, 0));
}

function listen(server: http.Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error) => {
      if (errnoOf(error) === 'EADDRINUSE' || errnoOf(error) === 'EACCES') resolve(false);
      else reject(error);
    };
    server.once('error', onError);
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', onError);
      resolve(true);
    });
  });
}

const pickTaskSeconds = ({ taskSeconds }: SandboxOptions) => (taskSeconds === undefined ? {} : { taskSeconds });

/** A page elsewhere that made its own name point here is not a client. */
function isOwnHost(request: IncomingMessage, port: number): boolean {
  const host = request.headers.host;
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

function note(seen: SeenRequest[], request: IncomingMessage, url: URL): SeenRequest {
  const key = request.headers['idempotency-key'];
  const entry: SeenRequest = {
    atMs: Date.now(),
    method: request.method ?? '',
    path: url.pathname,
    idempotencyKey: typeof key === 'string' ? key : null,
    status: null,
    isOver: false,
  };
  seen.push(entry);
  if (seen.length > seenMax) seen.shift();
  return entry;
}
