/** The real loopback server, spoken to as a page, as an attacker and as a player would. */
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type BrowserServer, startServer } from '../../../main/hosts/browser/server.ts';
import { enter, type PageVisit } from '../../fixtures/pageVisit.ts';
import { type AppShape, createAppShape } from './appShape.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'restage-server-'));
const media = new Uint8Array(randomBytes(300_000));
let app: AppShape;
let server: BrowserServer;
let visit: PageVisit;
let origin = '';
let prefix = '';

beforeAll(async () => {
  fs.mkdirSync(path.join(folder, 'page', 'assets'), { recursive: true });
  const html = '<!doctype html><head><script type="module" crossorigin src="./assets/page.js"></script></head>';
  fs.writeFileSync(path.join(folder, 'page', 'index.html'), html);
  fs.writeFileSync(path.join(folder, 'page', 'assets', 'page.js'), 'export {};');
  fs.writeFileSync(path.join(folder, 'client.js'), 'window.restage = 1;');
  fs.writeFileSync(path.join(folder, 'secret.js'), 'secret');
  fs.writeFileSync(path.join(folder, 'clip.mp4'), media);
  app = createAppShape(path.join(folder, 'clip.mp4'));
  server = await startServer({
    backend: app.backend,
    pageFolder: path.join(folder, 'page'),
    bridgeFile: path.join(folder, 'client.js'),
    profileDir: folder,
  });
  visit = await enter(server.issueAddress());
  origin = visit.origin;
  prefix = new URL(visit.page).pathname;
});
afterAll(async () => {
  await server.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** fetch would normalise paths and hide headers that an attacker can send. */
function raw(options: { path: string; method?: string; headers?: http.OutgoingHttpHeaders }) {
  return new Promise<{ status: number; headers: http.IncomingHttpHeaders; body: string }>((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const headers = { cookie: visit.cookie, ...options.headers };
    const request = http.request({ hostname, port, ...options, headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += String(chunk);
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.on('error', reject);
    request.end();
  });
}

/** A request of the page itself. */
const ask = (place: string, init: RequestInit = {}) =>
  fetch(`${visit.page}${place}`, { ...init, headers: { cookie: visit.cookie, ...init.headers } });

async function openSocket(headers: Record<string, string> = {}, place = `${visit.page}socket`) {
  const socket = new WebSocket(place.replace('http:', 'ws:'), { headers: { ...visit.headers, ...headers } });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return socket;
}
const nextMessage = (socket: WebSocket) =>
  new Promise<unknown>((resolve) => socket.once('message', (data) => resolve(JSON.parse(String(data)))));

describe('the page', () => {
  it('lies under a prefix of 128 random bits that changes with every run', async () => {
    expect(prefix).toMatch(/^\/[0-9a-f]{32}\/$/);
    expect(new URL(server.origin).hostname).toBe('127.0.0.1');
    const options = { backend: app.backend, pageFolder: folder, bridgeFile: folder, profileDir: folder };
    const second = await startServer(options);
    const other = await enter(second.issueAddress());
    await second.close();
    expect(new URL(other.page).pathname).not.toBe(prefix);
    expect(other.cookie).not.toBe(visit.cookie);
  });

  it('comes with the bridge before its own module, and a policy that lets nothing else in', async () => {
    const answer = await ask('');
    const html = await answer.text();
    expect(html.indexOf('<script src="client.js" defer>')).toBeGreaterThan(0);
    expect(html.indexOf('<script src="client.js" defer>')).toBeLessThan(html.indexOf('page.js'));
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
        "media-src 'self' blob:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; " +
        "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default",
    );
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(await (await ask('client.js')).text()).toBe('window.restage = 1;');
    const module = await ask('assets/page.js');
    expect(module.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  it.each([
    '../secret.js',
    '..%2fsecret.js',
    '%2e%2e/secret.js',
    'assets/../../secret.js',
    'assets/%2e%2e%2f..%2fsecret.js',
    '/etc/passwd',
    '..\\secret.js',
    'assets',
    'secret.js%00',
    '%',
  ])('is all that lies there: %s is not', async (name) => {
    const answer = await raw({ path: `${prefix}${name}` });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('secret');
  });

  it('refuses who does not belong here, without a word about what is here', async () => {
    const refused = [
      await raw({ path: '/' }),
      await raw({ path: '/assets/page.js' }),
      await raw({ path: prefix, headers: { host: 'evil.example' } }),
      await raw({ path: prefix, headers: { 'sec-fetch-site': 'cross-site' } }),
      await raw({ path: `${prefix}intake`, method: 'POST', headers: { origin: 'https://evil.example' } }),
      await raw({ path: prefix, method: 'DELETE' }),
    ];
    expect(refused.map((answer) => answer.status)).toEqual([404, 404, 421, 403, 403, 405]);
    for (const { body } of refused) expect(body.length).toBeLessThan(40);
  });
});

describe('media', () => {
  it('answer a range with 206, whole with 200, unknown with 404, all under the policy', async () => {
    const part = await ask('media/asset/known', { headers: { range: 'bytes=100-199' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe('bytes 100-199/300000');
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(media.subarray(100, 200));
    const whole = await ask('media/asset/known');
    expect(Buffer.from(await whole.arrayBuffer()).equals(media)).toBe(true);
    const unknown = await ask('media/asset/unknown');
    expect(unknown.status).toBe(404);
    expect(unknown.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});

describe('intake', () => {
  it('streams the bytes with a name in any script', async () => {
    const answer = await ask('intake', {
      method: 'POST',
      body: media,
      headers: { origin, 'x-restage-name': encodeURIComponent('踊り 🕺 -x.mp4') },
    });
    expect(await answer.json()).toMatchObject({ ok: false, error: { code: 'refused' } });
    const sha256 = createHash('sha256').update(media).digest('hex');
    expect(app.intakes).toEqual([{ name: '踊り 🕺 -x.mp4', sha256, sizeBytes: media.length }]);
  });

  it('says what is wrong with a name that is missing or broken', async () => {
    const attempts: Record<string, string>[] = [{ origin }, { origin, 'x-restage-name': '%E3%81' }];
    for (const headers of attempts) {
      const answer = await ask('intake', { method: 'POST', body: 'x', headers });
      expect(answer.status).toBe(400);
    }
  });
});

describe('the socket', () => {
  it('carries calls and their answers', async () => {
    const socket = await openSocket();
    socket.send(JSON.stringify({ id: 7, command: 'settings.get', input: {} }));
    expect(await nextMessage(socket)).toMatchObject({ id: 7, result: { ok: true, value: { theme: 'dark' } } });
    socket.send(JSON.stringify({ id: 8, command: 'app.info', input: {} }));
    expect(await nextMessage(socket)).toMatchObject({ id: 8, result: { ok: false, error: { code: 'internal' } } });
    socket.close();
  });

  it.each(['constructor', '__proto__', 'rm -rf', 'intakePaths'])('knows no command %s', async (command) => {
    const before = app.calls.length;
    const socket = await openSocket();
    socket.send(JSON.stringify({ id: 1, command, input: {} }));
    expect(await nextMessage(socket)).toMatchObject({ result: { ok: false, error: { code: 'notFound' } } });
    expect(app.calls.length).toBe(before);
    socket.close();
  });

  it('brings events to every page', async () => {
    const [one, two] = [await openSocket(), await openSocket()];
    const heard = Promise.all([nextMessage(one), nextMessage(two)]);
    app.emit('library.changed', {});
    expect(await heard).toEqual(Array(2).fill({ event: 'library.changed', payload: {} }));
    one.close();
    two.close();
  });

  it('ends for who does not speak its language, and only for them', async () => {
    const other = await openSocket();
    for (const text of ['{', '{"id":"1"}', '[]']) {
      const socket = await openSocket();
      const closed = new Promise<number>((resolve) => socket.once('close', resolve));
      socket.send(text);
      expect(await closed).toBe(1003);
    }
    other.send(JSON.stringify({ id: 1, command: 'settings.get', input: {} }));
    expect(await nextMessage(other)).toMatchObject({ id: 1 });
    other.close();
  });

  it.each<[string, Record<string, string>, string | undefined, RegExp]>([
    ['another site', { origin: 'https://evil.example' }, undefined, /403/],
    ['another host name', { host: 'evil.example' }, undefined, /421/],
    ['no prefix', {}, '/socket', /404/],
    ['another path', {}, 'other', /404/],
  ])('does not open for %s', async (_who, headers, place, message) => {
    const url = place === undefined ? undefined : new URL(place, visit.page).href;
    await expect(openSocket(headers, url)).rejects.toThrow(message);
  });
});

describe('closing', () => {
  it('ends with a page connected, and lets go of the app', async () => {
    const own = createAppShape(path.join(folder, 'clip.mp4'));
    const counts: number[] = [];
    const closing = await startServer({
      backend: own.backend,
      pageFolder: folder,
      bridgeFile: folder,
      profileDir: folder,
      onPageCountChanged: (count) => counts.push(count),
    });
    const inside = await enter(closing.issueAddress());
    const socket = await openSocket(inside.headers, `${inside.page}socket`);
    const gone = new Promise((resolve) => socket.once('close', resolve));
    expect(own.listenerCount()).toBeGreaterThan(0);
    await closing.close();
    await gone;
    expect(own.listenerCount()).toBe(0);
    expect(counts).toEqual([1, 0]);
  });
});
