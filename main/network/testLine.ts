/** Tests the line to a place step by step, as a request would go, and says at which step it ends. Sends no key, costs nothing. */
import { lookup } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import net, { type Socket } from 'node:net';
import tls from 'node:tls';
import type { LinePlace, LineStep } from '../../shared/contract/line.ts';
import { exchange } from '../evolink/transport.ts';
import type { Line, Route } from './line.ts';
import { shownProxy } from './proxyRules.ts';

const stepMs = 10_000;

/** Never throws for trouble of the line. Steps after a failed one are `skipped`. Throws refused when what is set cannot be used. */
export async function testLine(line: Line, origins: readonly string[]): Promise<LinePlace[]> {
  return await Promise.all(origins.map((origin) => testPlace(line, new URL(origin))));
}

async function testPlace(line: Line, target: URL): Promise<LinePlace> {
  const route = await line.route(target);
  const first = route.proxy ?? target;
  const steps: LineStep[] = [];
  let isBroken = false;
  const step = async (name: LineStep['step'], isNeeded: boolean, work: () => Promise<string | null>) => {
    const startedMs = performance.now();
    const tookMs = () => Math.round(performance.now() - startedMs);
    if (!isNeeded || isBroken) {
      steps.push({ step: name, outcome: isBroken ? 'skipped' : 'notNeeded', detail: null, tookMs: 0 });
      return;
    }
    try {
      steps.push({ step: name, outcome: 'ok', detail: await work(), tookMs: tookMs() });
    } catch (error) {
      isBroken = true;
      steps.push({ step: name, outcome: 'failed', detail: wordsOf(error), tookMs: tookMs() });
    }
  };

  let socket: Socket | null = null;
  try {
    await step('name', net.isIP(bare(first)) === 0, async () => (await lookup(bare(first))).address);
    await step('connection', true, async () => {
      socket = await connect(first, route);
      return `${first.hostname}:${portOf(first)}`;
    });
    await step('proxy', route.proxy !== null, async () => {
      socket?.destroy();
      socket = await throughProxy(route.proxy ?? first, target);
      return null;
    });
    await step('tls', target.protocol === 'https:', async () => {
      if (socket === null) throw new Error('there is no connection');
      return await secure(socket, target, route);
    });
    await step('answer', true, async () => `HTTP ${await ask(target, route)}`);
  } finally {
    (socket as Socket | null)?.destroy();
  }
  return { host: target.host, proxy: route.proxy && shownProxy(route.proxy), steps };
}

const bare = (url: URL) => url.hostname.replace(/^\[|\]$/g, '');
const portOf = (url: URL) => Number(url.port || (url.protocol === 'https:' ? 443 : 80));

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, 300);
  const { code } = error as NodeJS.ErrnoException;
  return [code, error.message]
    .filter((text) => text)
    .join(': ')
    .slice(0, 300);
}

/** The socket once it is connected; it ends with an error after ten seconds without a byte. */
function connect(to: URL, route: Route): Promise<Socket> {
  const options = { host: bare(to), port: portOf(to) };
  const isSecureProxy = route.proxy !== null && to.protocol === 'https:';
  return settle((done, failed) => {
    const socket = isSecureProxy
      ? tls.connect({ ...options, servername: bare(to), ...(route.authorities && { ca: route.authorities }) }, () =>
          done(socket),
        )
      : net.connect(options, () => done(socket));
    socket.once('error', failed);
    return socket;
  });
}

function throughProxy(proxy: URL, target: URL): Promise<Socket> {
  const place = `${target.hostname}:${portOf(target)}`;
  const login = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  const authorization = { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` };
  return settle((done, failed) => {
    const request = (proxy.protocol === 'https:' ? https : http).request({
      method: 'CONNECT',
      host: bare(proxy),
      port: portOf(proxy),
      path: place,
      headers: { host: place, ...(proxy.username === '' ? {} : authorization) },
      agent: false,
    });
    request.once('connect', (answer, socket) => {
      if (answer.statusCode === 200) return done(socket as Socket);
      socket.destroy();
      failed(new Error(`HTTP ${answer.statusCode} ${answer.statusMessage ?? ''}`.trim()));
    });
    request.once('response', (answer) => {
      answer.destroy();
      failed(new Error(`HTTP ${answer.statusCode} ${answer.statusMessage ?? ''}`.trim()));
    });
    request.once('error', failed);
    request.end();
    return request;
  });
}

/** Who signed the server's certificate, in words. A refused one is asked once more without belief, for its issuer: that is what a person has to look for. */
async function secure(socket: Socket, target: URL, route: Route): Promise<string> {
  const issuer = { name: '' };
  const options = { socket, servername: net.isIP(bare(target)) ? '' : bare(target), host: bare(target) };
  return await settle<string>((done, failed) => {
    const secured = tls.connect({
      ...options,
      ...(route.authorities && { ca: route.authorities }),
      // Looked at below, not believed: nothing is sent over this connection.
      rejectUnauthorized: false,
    });
    secured.once('secureConnect', () => {
      const certificate = secured.getPeerCertificate();
      issuer.name = [certificate.issuer?.O, certificate.issuer?.CN].flat().filter(Boolean).join(', ');
      const trouble = secured.authorizationError ?? tls.checkServerIdentity(bare(target), certificate);
      secured.destroy();
      if (trouble)
        failed(new Error([String(trouble instanceof Error ? trouble.message : trouble), issuer.name].join(' · ')));
      else done(issuer.name);
    });
    secured.once('error', failed);
    return secured;
  });
}

/** The real way of a request: whatever the server says is an answer. */
async function ask(target: URL, { agent }: Route): Promise<number> {
  const answer = await exchange({
    url: new URL('/v1/credits', target),
    method: 'GET',
    headers: { accept: 'application/json' },
    deadlineMs: stepMs,
    stallMs: stepMs,
    agent,
  });
  return answer.status;
}

interface Ending {
  destroy(error?: Error): unknown;
}

/** One of the two, within the deadline; what was begun is ended when it is not. */
function settle<T>(begin: (done: (value: T) => void, failed: (error: Error) => void) => Ending): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      begun.destroy();
      reject(Object.assign(new Error(`no answer within ${stepMs / 1000} s`), { code: 'ETIMEDOUT' }));
    }, stepMs);
    const begun = begin(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
