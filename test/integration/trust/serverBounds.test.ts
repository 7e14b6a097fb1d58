/** The loopback server against requests that no browser sends: none ends it, none fills it, none gets in without the cookie. */
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BrowserServer, startServer } from '../../../main/hosts/browser/server.ts';
import { enter, type PageVisit } from '../../fixtures/pageVisit.ts';
import { createAppShape } from '../hosts/appShape.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'restage-bounds-'));
const errors: unknown[] = [];
let server: BrowserServer;
let visit: PageVisit;
let port = 0;
let place = '';

beforeAll(async () => {
  fs.writeFileSync(path.join(folder, 'index.html'), '<!doctype html><script type="module" src="x.js"></script>');
  fs.writeFileSync(path.join(folder, 'client.js'), '');
  fs.writeFileSync(path.join(folder, 'clip.mp4'), 'clip');
  server = await startServer({
    backend: createAppShape(path.join(folder, 'clip.mp4')).backend,
    pageFolder: folder,
    bridgeFile: path.join(folder, 'client.js'),
    profileDir: folder,
    onError: (error) => errors.push(error),
  });
  visit = await enter(server.issueAddress());
  port = Number(new URL(server.origin).port);
  place = new URL(visit.page).pathname;
});
afterAll(async () => {
  await server.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

interface Spoken {
  text: string;
  sentBytes: number;
}

/** Says it on a connection of its own, goes on with `more` as long as anybody listens, and hears the answer to its end. */
function say(head: string, more?: Buffer): Promise<Spoken> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    let [text, sentBytes, isOver] = ['', 0, false];
    const pour = () => {
      while (more && !isOver && socket.write(more)) sentBytes += more.length;
    };
    socket.on('connect', () => {
      socket.write(head);
      pour();
    });
    socket.on('drain', pour);
    socket.on('data', (data) => {
      text += String(data);
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      isOver = true;
      resolve({ text, sentBytes });
    });
  });
}
const statusOf = ({ text }: Spoken) => Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0);
const get = (target: string, ...headers: string[]) =>
  say([`GET ${target} HTTP/1.1`, `Host: 127.0.0.1:${port}`, 'Connection: close', ...headers, '', ''].join('\r\n'));
const upgrade = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
];

const strange = [
  '//',
  '///',
  '//[',
  '//%',
  '/\\',
  'http://[',
  'http://127.0.0.1/',
  '*',
  '/%00',
  '/%',
  '/\u0080',
  `/${'a'.repeat(9000)}`,
];

it.each(strange)('trust 2: GET and an upgrade on %j get an answer, and the next request one, too', async (target) => {
  for (const headers of [[], upgrade]) {
    const [first = '', ...rest] = headers;
    const head = [`GET ${target} HTTP/1.1`, `Host: 127.0.0.1:${port}`, first || 'Connection: close', ...rest, '', ''];
    const spoken = await say(head.join('\r\n'));
    expect([400, 403, 404, 431]).toContain(statusOf(spoken));
  }
  const page = await fetch(visit.page, { headers: visit.headers });
  expect(page.status).toBe(200);
  expect(errors).toEqual([]);
});

it('trust 2: a connection that is reset in the middle of an upgrade harms nobody', async () => {
  for (const wait of [0, 5]) {
    const socket = net.connect(port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.on('error', () => {});
    socket.write(['GET //socket HTTP/1.1', `Host: 127.0.0.1:${port}`, ...upgrade, '', ''].join('\r\n'));
    await new Promise((resolve) => setTimeout(resolve, wait));
    socket.resetAndDestroy();
  }
  expect((await fetch(visit.page, { headers: visit.headers })).status).toBe(200);
});

it('trust 13: the body of a refused request is not read', async () => {
  const megabyte = Buffer.alloc(1_000_000, 0x20);
  for (const [target, cookie] of [
    [`${place}intake`, 'restage=guess'],
    ['/', ''],
    [place, visit.cookie],
    ['/address', ''],
  ] as const) {
    const head = `POST ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${server.origin}\r\nCookie: ${cookie}\r\nContent-Length: 900000000\r\n\r\n`;
    const spoken = await say(head, megabyte);
    expect([0, 403, 404, 405]).toContain(statusOf(spoken));
    // What the system buffers on both sides, and no more.
    expect(spoken.sentBytes).toBeLessThan(20_000_000);
  }
});

it('trust 13: who asks whether to go on is told no before a byte of the body', async () => {
  const spoken = await say(
    `POST ${place}intake HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n`,
  );
  expect(spoken.text).toMatch(/^HTTP\/1\.1 403/);
});

it('trust 13: two Hosts are refused, whatever they say', async () => {
  const own = `Host: 127.0.0.1:${port}`;
  for (const second of ['Host: evil.example', own]) {
    const lines = [`GET ${place} HTTP/1.1`, own, second, `Cookie: ${visit.cookie}`, 'Connection: close', '', ''];
    expect(statusOf(await say(lines.join('\r\n')))).toBe(421);
  }
});

/** It takes the server's patience: begun first, looked at last. */
let dawdlers: Promise<[slow: Spoken, silent: Spoken]>;
beforeAll(() => {
  dawdlers = Promise.all([say(`GET ${place} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Slow: `), say('')]);
});

it('trust 13: connections beyond a bound are dropped, and there is room again when they go', async () => {
  const idle = Array.from({ length: 300 }, () => net.connect(port, '127.0.0.1').on('error', () => {}));
  const closed = await Promise.all(
    idle.map((socket, index) =>
      index < 128 ? null : new Promise((resolve) => socket.once('close', () => resolve('dropped'))),
    ),
  );
  expect(closed.filter((what) => what === 'dropped').length).toBeGreaterThan(100);
  for (const socket of idle) socket.destroy();
  await expect
    .poll(() =>
      fetch(visit.page, { headers: visit.headers }).then(
        (answer) => answer.status,
        () => 0,
      ),
    )
    .toBe(200);
});

it('trust 13: nothing is kept on a disk of the browser’s', async () => {
  for (const below of ['', 'client.js', 'media/asset/known', 'media/asset/none', 'none']) {
    const answer = await fetch(`${visit.page}${below}`, { headers: visit.headers });
    expect(answer.headers.get('cache-control'), below).toBe('no-store');
  }
  expect((await get('/')).text).toMatch(/cache-control: no-store/i);
});

it('trust 1: without the cookie nothing is let in, with the right path and Origin', async () => {
  const rightOrigin = `Origin: ${server.origin}`;
  const cookies = [
    '',
    'Cookie: restage=',
    'Cookie: restage=undefined',
    `Cookie: x${visit.cookie}`,
    `Cookie: ${visit.cookie}0`,
  ];
  for (const cookie of cookies) {
    const headers = [rightOrigin, ...(cookie ? [cookie] : [])];
    for (const below of ['', 'client.js', 'media/asset/known']) {
      expect(statusOf(await get(`${place}${below}`, ...headers))).toBe(403);
    }
    const head = [`GET ${place}socket HTTP/1.1`, `Host: 127.0.0.1:${port}`, ...upgrade, ...headers, '', ''].join(
      '\r\n',
    );
    expect(statusOf(await say(head))).toBe(403);
  }
});

it('trust 1: a ticket is good once, by form or by address, and only as long as it lives', async () => {
  const ticket = server.issueAddress().split('/').at(-1) ?? '';
  const form = (given: string) =>
    fetch(`${server.origin}/open`, {
      method: 'POST',
      body: new URLSearchParams({ ticket: given }),
      redirect: 'manual',
    });
  expect((await form('0'.repeat(64))).status).toBe(403);
  const first = await form(ticket);
  expect(first.status).toBe(200);
  expect(first.headers.get('set-cookie')).toMatch(
    /^restage=[0-9a-f]{64}; Path=\/[0-9a-f]{32}\/; HttpOnly; SameSite=Strict$/,
  );
  expect(await first.text()).toContain(place);
  expect((await form(ticket)).status).toBe(403);
  expect((await fetch(`${server.origin}/open/${ticket}`)).status).toBe(410);

  const file = server.issueHandOff();
  expect(fs.statSync(file).mode & 0o077).toBe(0);
  const handed = /value="([0-9a-f]{64})"/.exec(fs.readFileSync(file, 'utf8'))?.[1] ?? '';
  expect((await form(handed)).status).toBe(200);
  expect(fs.existsSync(file), 'gone with its ticket').toBe(false);
  expect((await form(handed)).status).toBe(403);

  // Another site's page cannot spend one that it does not know, nor send somebody through the door.
  const other = await fetch(server.issueAddress(), {
    headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
  });
  expect(other.status).toBe(403);
});

it('trust 1: a second start’s door opens to nobody without the record', async () => {
  for (const route of ['address', 'hand-off']) {
    for (const headers of [
      {},
      { authorization: `Bearer ${server.controlSecret}` },
      { 'x-restage-nonce': 'a'.repeat(32) },
    ]) {
      const answer = await fetch(`${server.origin}/${route}`, {
        method: 'POST',
        headers: headers as Record<string, string>,
      });
      expect(answer.status).toBe(403);
    }
  }
});

it('trust 13: headers that never end, and silence, are cut off', async () => {
  const [slow, silent] = await dawdlers;
  // 408 or nothing at all: what matters is that the connection ended by the server's doing.
  expect([0, 408]).toContain(statusOf(slow));
  expect([0, 408]).toContain(statusOf(silent));
}, 60_000);
