/** Stands between the app and a sandbox, passes on what is asked, and bends what is answered, by a seed; and notes when each task was asked about. */
import http, { type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AnswerKind, mutate, pick, type Random, type Reply } from './mutations.ts';

export interface LyingProxy {
  origin: string;
  /** Bent answers so far, by kind. */
  counts: ReadonlyMap<AnswerKind, number>;
  /** Two questions about one task, or two sendings of one order, within a second of the app's time. */
  hurries: string[];
  /** How often an answer is bent; 0: an honest provider, with nobody who always lies. */
  setShare(share: number): void;
  /** Only those who always lie still do. */
  onlyLiars(): void;
  close(): Promise<void>;
}

interface Options {
  sandbox: { origin: string };
  random: Random;
  now: () => number;
  /** Called for each lie, to be able to tell the story. */
  onLie: (text: string) => void;
}

const LEAST_GAP_MS = 1000;
/** Asked for often, and little hangs on them. */
const aside: ReadonlySet<AnswerKind> = new Set(['credits', 'quota', 'delete']);
/** One in so many tasks is never answered about as it should be. */
const LIAR_SHARE = 0.08;

type Row = Record<string, unknown>;
const liarKinds: readonly ((row: Row) => Row)[] = [
  (row) => ({ ...row, status: null }),
  (row) => ({ ...row, status: 'moonwalking', results: null, result_data: null }),
  (row) => ({ ...row, id: null }),
  (row) => (row.status === 'completed' ? { ...row, results: [], result_data: [] } : row),
  (row) => (row.status === 'completed' ? { ...row, results: ['http://r.example/x.mp4'], result_data: [{}] } : row),
  (row) => (row.status === 'completed' ? { ...row, results: [null], result_data: 'soon' } : row),
];

function kindOf(method: string, path: string): AnswerKind | null {
  if (path === '/api/v1/files/quota') return 'quota';
  if (path.startsWith('/api/v1/files')) return method === 'DELETE' ? 'delete' : 'upload';
  if (path === '/v1/videos/generations') return 'submit';
  if (path === '/v1/tasks/batch') return 'batch';
  if (path === '/v1/tasks') return 'list';
  if (path.startsWith('/v1/tasks/')) return 'task';
  if (path === '/v1/credits') return 'credits';
  return path.startsWith('/results/') ? 'download' : null;
}

export async function startLyingProxy({ sandbox, random, now, onLie }: Options): Promise<LyingProxy> {
  const counts = new Map<AnswerKind, number>();
  const hurries: string[] = [];
  const askedAt = new Map<string, number>();
  const liars = new Map<string, (row: Row) => Row>();
  let share = 0;
  let hasLiars = true;
  let honestEnds = 0;

  function asked(name: string): void {
    const atMs = now();
    const sinceMs = atMs - (askedAt.get(name) ?? Number.NEGATIVE_INFINITY);
    if (sinceMs < LEAST_GAP_MS) hurries.push(`${name} after ${sinceMs} ms`);
    askedAt.set(name, atMs);
  }

  function bendRows(kind: AnswerKind, reply: Reply): Reply {
    if (!hasLiars || (kind !== 'batch' && kind !== 'task') || reply.status !== 200) return reply;
    const answer = JSON.parse(reply.body.toString('utf8')) as Row & { data?: Row[] };
    let isBent = false;
    const bend = (row: Row): Row => {
      const lie = liars.get(String(row.id));
      if (lie) isBent = true;
      return lie ? lie(row) : row;
    };
    const bent = Array.isArray(answer.data) ? { ...answer, data: answer.data.map(bend) } : bend(answer);
    if (isBent) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return isBent ? { ...reply, body: Buffer.from(JSON.stringify(bent)) } : reply;
  }

  function bend(kind: AnswerKind, path: string, honest: Reply): Reply {
    if (kind === 'submit' && honest.status === 200 && share > 0 && random() < LIAR_SHARE) {
      const id = String((JSON.parse(honest.body.toString('utf8')) as Row).id);
      if (!liars.has(id)) liars.set(id, pick(random, liarKinds));
    }
    const reply = bendRows(kind, honest);
    honestEnds -= 1;
    if (random() >= share * (aside.has(kind) ? 0.3 : 1)) return reply;
    const mutation = mutate(kind, reply, random);
    if (mutation === null || (mutation.isFalseEnd && honestEnds > 0)) return reply;
    // No server takes a whole evening's endings back: after one false word come some true ones.
    if (mutation.isFalseEnd) honestEnds = 8;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    onLie(`${kind} ${path}: ${mutation.name}`);
    return mutation.reply;
  }

  const server = http.createServer((request, response) => {
    void answer(request).then(
      ({ status, headers, body }) => {
        response.writeHead(status, { ...headers, 'content-length': String(body.length) });
        response.end(body);
      },
      () => response.destroy(),
    );
  });

  async function answer(request: IncomingMessage): Promise<Reply> {
    const path = new URL(request.url ?? '/', sandbox.origin).pathname;
    const kind = kindOf(request.method ?? '', path);
    const body = await bytesOf(request);
    if (kind === 'batch') {
      for (const id of (JSON.parse(body.toString('utf8')) as { task_ids: string[] }).task_ids) asked(`task ${id}`);
    }
    if (kind === 'task') asked(`task ${path.slice('/v1/tasks/'.length)}`);
    if (kind === 'submit') asked(`order ${request.headers['idempotency-key']}`);
    const honest = await passOn(sandbox.origin, request, body);
    return kind === null ? honest : bend(kind, path, withOrigin(honest, sandbox.origin, origin));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    counts,
    hurries,
    setShare(next) {
      share = next;
      hasLiars = next > 0;
      if (next === 0) liars.clear();
    },
    onlyLiars() {
      share = 0;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The addresses that the sandbox hands out lead through the proxy. */
function withOrigin(reply: Reply, from: string, to: string): Reply {
  if (!(reply.headers['content-type'] ?? '').includes('json')) return reply;
  return { ...reply, body: Buffer.from(reply.body.toString('utf8').replaceAll(from, to)) };
}

function passOn(origin: string, request: IncomingMessage, body: Buffer): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { host: _host, connection: _connection, ...headers } = request.headers;
    const onward = http.request(
      new URL(request.url ?? '/', origin),
      { method: request.method, headers: { ...headers, 'content-length': String(body.length) }, agent: false },
      (response) => {
        bytesOf(response).then((bytes) => {
          const kept = ['content-type', 'content-range', 'retry-after', 'date', 'idempotency-replayed', 'x-request-id'];
          const pairs = kept.flatMap((name) =>
            response.headers[name] ? [[name, String(response.headers[name])]] : [],
          );
          resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(pairs), body: bytes });
        }, reject);
      },
    );
    onward.on('error', reject);
    onward.end(body);
  });
}
