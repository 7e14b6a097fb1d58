/** Which handler answers which request, and in which shape a refusal goes out. */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type AdminParts, admin } from './admin.ts';
import type { Context } from './context.ts';
import { deleteFile, fileBytes, listFiles, quota, uploadBase64, uploadStream, uploadUrl } from './files.ts';
import { createGeneration, type KeysInFlight } from './generations.ts';
import { apiError, filesError, json, Problem, type Reply } from './reply.ts';
import { sha256 } from './store.ts';
import { credits, listTasks, readBatch, readTask, resultBytes } from './tasks.ts';

export interface RouterParts extends Omit<AdminParts, 'context'> {
  context: Context;
  key: string;
  identity: string;
  allowFaults: boolean;
}

type Handler = (request: IncomingMessage, url: URL, id: string) => Reply | Promise<Reply>;

interface Route {
  method: string;
  /** One group at most: the id. */
  pattern: RegExp;
  isPublic?: boolean;
  handle: Handler;
}

export const isFilesHost = (path: string): boolean => path.startsWith('/api/v1/files');

export type Router = (request: IncomingMessage, url: URL) => Promise<Reply>;

/** Answers every request; never throws for what a client did. */
export function createRouter(parts: RouterParts, onError: (error: unknown) => void): Router {
  const routes = routesOf(parts);
  return async (request, url) => {
    try {
      return await answer(parts, routes, request, url);
    } catch (error) {
      const known =
        error instanceof Problem ? error : new Problem(500, 'service_error', 'the sandbox failed on this request');
      if (known !== error) onError(error);
      return isFilesHost(url.pathname)
        ? filesError(known.status, known.message)
        : apiError(known.status, known.code, known.message);
    }
  };
}

async function answer(parts: RouterParts, routes: Route[], request: IncomingMessage, url: URL): Promise<Reply> {
  const fitting = routes.filter((route) => route.pattern.test(url.pathname));
  const route = fitting.find((candidate) => candidate.method === request.method);
  // The key is asked for before anything is told about what exists.
  if (!route?.isPublic && !hasKey(request, parts.key)) {
    throw new Problem(401, 'invalid_api_key', 'the API key is missing or wrong');
  }
  if (route) return await route.handle(request, url, route.pattern.exec(url.pathname)?.[1] ?? '');
  if (parts.allowFaults && url.pathname.startsWith('/__sandbox/')) return await admin(parts, request, url.pathname);
  throw fitting.length > 0
    ? new Problem(405, 'method_not_allowed', `no ${request.method} on ${url.pathname}`)
    : new Problem(404, 'resource_not_found', `no ${url.pathname}`);
}

function routesOf({ context, identity }: RouterParts): Route[] {
  const inFlight: KeysInFlight = new Set();
  const files = '/api/v1/files';
  const at = (method: string, path: string, handle: Handler, isPublic = false): Route => ({
    method,
    pattern: new RegExp(`^${path}$`),
    handle,
    isPublic,
  });
  return [
    at('GET', '/', () => json(200, { sandbox: identity, pid: process.pid }), true),
    at('POST', '/v1/videos/generations', (request) => createGeneration(context, request, inFlight)),
    at('POST', '/v1/tasks/batch', (request) => readBatch(context, request)),
    at('GET', '/v1/tasks', (_request, url) => listTasks(context, url.searchParams)),
    at('GET', '/v1/tasks/([^/]+)', (_request, _url, id) => readTask(context, decodeURIComponent(id))),
    at('GET', '/v1/credits', () => credits(context)),
    at('POST', `${files}/upload/stream`, (request) => uploadStream(context, request)),
    at('POST', `${files}/upload/base64`, (request) => uploadBase64(context, request)),
    at('POST', `${files}/upload/url`, (request) => uploadUrl(context, request)),
    at('GET', `${files}/quota`, () => quota(context)),
    at('GET', `${files}/list`, (_request, url) => listFiles(context, url.searchParams)),
    at('DELETE', `${files}/([^/]+)`, (_request, _url, id) => deleteFile(context, decodeURIComponent(id))),
    at('GET', '/files/([^/]+)/[^/]*', (_request, _url, id) => fileBytes(context, id), true),
    at('GET', '/results/([^/]+)/[^/]*', (_request, _url, id) => resultBytes(context, id), true),
  ];
}

function hasKey(request: IncomingMessage, key: string): boolean {
  // The scheme's name has no case (RFC 9110).
  const given = /^Bearer +(.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(Buffer.from(sha256(Buffer.from(given))), Buffer.from(sha256(Buffer.from(key))));
}
