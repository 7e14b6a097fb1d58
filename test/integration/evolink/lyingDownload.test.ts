/** A provider that lies about its results: no length, no end, no video, no public address. Nothing of it fills the disk, hangs, or reaches this network. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, statfs } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isPublicAddress, type PinnedAddress } from '../../../main/evolink/addresses.ts';
import { createEvolinkClient, type EvolinkClientOptions } from '../../../main/evolink/client.ts';
import { EvolinkError } from '../../../main/evolink/errors.ts';
import { sniffResult } from '../../../main/evolink/sniffResult.ts';
import type { EvolinkFailure } from '../../../main/services.ts';
import { systemClock } from '../../../main/storage/clock.ts';
import { canMount, mount, unmount } from '../../fixtures/smallDisk.ts';
import { silentLogger } from '../sandbox/harness.ts';
import { type MisbehavingServer, reply, startMisbehavingServer, whenAsked } from './misbehavingServer.ts';

const head = Buffer.from('\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41', 'latin1');
const maxBytes = 3_000_000;

let server: MisbehavingServer;
let folder: string;
let partPath: string;

beforeEach(async () => {
  server = await startMisbehavingServer();
  folder = await mkdtemp(path.join(os.tmpdir(), 'restage-lies-'));
  partPath = path.join(folder, 'result.part');
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function clientOf(more: Partial<EvolinkClientOptions> = {}) {
  const origins = { apiOrigin: server.origin, filesOrigin: server.origin };
  const deadlines = { stallMs: 4000 };
  return createEvolinkClient({ ...origins, key: 'k', clock: systemClock, logger: silentLogger, deadlines, ...more });
}

const real = { apiOrigin: 'https://api.evolink.ai', filesOrigin: 'https://files-api.evolink.ai' };

async function failureOf(work: Promise<unknown>): Promise<EvolinkFailure> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof EvolinkError) return error.failure;
  throw new Error(`no EvolinkError but ${String(error)}`);
}

const partBytes = async () => (existsSync(partPath) ? (await stat(partPath)).size : 0);

/** Chunks without a length, one after the other, until the other side has had enough. */
const endless = (pieceBytes: number, pauseMs: number, counted: (bytes: number) => void) =>
  whenAsked((socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: video/mp4\r\ntransfer-encoding: chunked\r\n\r\n');
    const send = (piece: Buffer) => {
      if (socket.destroyed) return;
      counted(piece.length);
      socket.write(Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]), () =>
        setTimeout(() => send(Buffer.alloc(pieceBytes, 7)), pauseMs),
      );
    };
    send(Buffer.concat([head, Buffer.alloc(64)]));
  });

describe('trust 7: lengths', () => {
  it('trust 7: a body without an end is left after the bound, and nothing of it is kept', async () => {
    server.play(endless(100_000, 0, () => {}));
    const failure = await failureOf(clientOf().download({ url: `${server.origin}/r.mp4`, partPath, maxBytes }));
    expect(failure).toMatchObject({ cause: 'unreadable', code: 'resultTooLarge' });
    expect(await partBytes()).toBe(0);
  });

  it('trust 7: a length over the bound is refused before a byte is written', async () => {
    server.play(reply(200, head, { 'content-type': 'video/mp4' }, { announced: maxBytes + 1 }));
    const failure = await failureOf(clientOf().download({ url: `${server.origin}/r.mp4`, partPath, maxBytes }));
    expect(failure).toMatchObject({ code: 'resultTooLarge' });
    expect(await partBytes()).toBe(0);
  });

  it('trust 7: two gigabytes are the bound where none is given', async () => {
    server.play(reply(200, head, {}, { announced: 2_000_000_001 }));
    const failure = await failureOf(clientOf().download({ url: `${server.origin}/r.mp4`, partPath }));
    expect(failure).toMatchObject({ code: 'resultTooLarge' });
  });

  it('trust 7: a trickle has an end, and what it brought is gone on from', async () => {
    let sent = 0;
    server.play(endless(50, 20, (bytes) => (sent += bytes)));
    const client = clientOf({ deadlines: { stallMs: 4000, downloadMs: 600 } });
    const failure = await failureOf(client.download({ url: `${server.origin}/r.mp4`, partPath, maxBytes }));
    expect(failure).toMatchObject({ cause: 'timeout' });
    const kept = await partBytes();
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThanOrEqual(sent);
    server.play(reply(206, 'rest', { 'content-range': `bytes ${kept}-${kept + 3}/${kept + 4}` }));
    expect(await client.download({ url: `${server.origin}/r.mp4`, partPath, maxBytes })).toEqual({
      sizeBytes: kept + 4,
    });
  });

  it.skipIf(!canMount)('trust 7: free space is watched while an answer without a length comes', async () => {
    mount(folder, 24);
    try {
      server.play(endless(500_000, 0, () => {}));
      const work = clientOf().download({ url: `${server.origin}/r.mp4`, partPath, maxBytes: 2_000_000_000 });
      await expect(work).rejects.toMatchObject({ code: 'diskFull' });
      // Others need some of it.
      expect((await statfs(folder)).bavail).toBeGreaterThan(0);
    } finally {
      unmount(folder);
    }
  });
});

describe('trust 7: types', () => {
  it.each([
    ['HTML', '<!DOCTYPE html><html><body>expired</body></html>', 'resultNotVideo', /web page/],
    ['a PNG', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), 'resultNotVideo', /PNG/],
    ['JSON', '{"error":"expired"}', 'resultNotVideo', /JSON/],
    ['XML', '<?xml version="1.0"?><Error/>', 'resultNotVideo', /XML/],
    ['noise', Buffer.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]), 'resultNotVideo', /unknown/],
    ['0 bytes', '', 'resultEmpty', /0 bytes/],
  ] as const)(
    'trust 7: %s instead of a video has its own name, whatever its header says',
    async (_what, body, code, words) => {
      server.play(reply(200, Buffer.from(body), { 'content-type': 'video/mp4' }));
      const failure = await failureOf(clientOf().download({ url: `${server.origin}/r.mp4`, partPath, maxBytes }));
      expect(failure).toMatchObject({ cause: 'unreadable', code, message: expect.stringMatching(words) });
      expect(await partBytes()).toBe(0);
    },
  );

  it('trust 7: a video is one, also by a header that says otherwise, and in pieces of one byte', async () => {
    const body = Buffer.concat([head, Buffer.alloc(200, 1)]);
    server.play(
      whenAsked((socket) => {
        socket.setNoDelay(true);
        socket.write(`HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: ${body.length}\r\n\r\n`);
        for (const byte of body) socket.write(Buffer.from([byte]));
      }),
    );
    expect(await clientOf().download({ url: `${server.origin}/r.mp4`, partPath, maxBytes })).toEqual({
      sizeBytes: body.length,
    });
    expect(await readFile(partPath)).toEqual(body);
  });

  it('trust 7: knows MP4, QuickTime and Matroska by their first bytes, and pictures in the same boxes as such', () => {
    const box = (type: string, brand = 'isom') =>
      sniffResult(Buffer.from(`\0\0\0\x18${type}${brand}\0\0\0\0`, 'latin1'));
    for (const type of ['ftyp', 'moov', 'mdat', 'free', 'wide']) expect(box(type)).toBe('video');
    expect(sniffResult(Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0]))).toBe('video');
    expect(box('ftyp', 'avif')).toBe('a picture');
  });
});

describe('trust 7: addresses', () => {
  const at = (address: string): PinnedAddress => ({ address, family: address.includes(':') ? 6 : 4 });

  it.each([
    ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1'],
    ...[
      '192.0.0.8',
      '192.0.2.1',
      '198.18.0.1',
      '198.51.100.7',
      '203.0.113.9',
      '255.255.255.255',
      '::1',
      '::',
      'fe80::1',
    ],
    ...[
      'fc00::1',
      'fd12::1',
      'ff02::1',
      '2001:db8::1',
      '2002:7f00:1::',
      '2001::1',
      '::ffff:127.0.0.1',
      '::ffff:10.0.0.1',
    ],
    ...['64:ff9b::7f00:1', '::127.0.0.1', 'fec0::1', '3fff::1'],
  ])('trust 7: %s is not public', (address) => {
    expect(isPublicAddress(at(address))).toBe(false);
  });
  it.each(['1.1.1.1', '93.184.216.34', '2606:4700::1111', '2a00:1450::5', '::ffff:8.8.8.8', '64:ff9b::808:808'])(
    'trust 7: %s is public',
    (address) => {
      expect(isPublicAddress(at(address))).toBe(true);
    },
  );

  it.each([
    'https://127.0.0.1/r.mp4',
    'https://localhost/r.mp4',
    'https://[::1]/r.mp4',
    'https://2130706433/r.mp4',
    'https://0x7f.1/r.mp4',
    'https://192.168.0.1/r.mp4',
    'https://[::ffff:10.0.0.1]/r.mp4',
    'https://169.254.169.254/latest',
    'http://127.0.0.1:1/r.mp4',
  ])('trust 7: the first link of a real account may not be %s', async (url) => {
    const failure = await failureOf(clientOf(real).download({ url, partPath, maxBytes }));
    expect(failure).toMatchObject({ meaning: 'nothingStarted', code: 'resultAddress' });
    expect(server.connections).toEqual([]);
  });

  it('trust 7: a name that leads into this network is not followed, whichever of its addresses comes first', async () => {
    const port = new URL(server.origin).port;
    const resolve = async () => [at('93.184.216.34'), at('127.0.0.1')];
    const client = clientOf({ ...real, resolve });
    const failure = await failureOf(client.download({ url: `https://cdn.example:${port}/r.mp4`, partPath, maxBytes }));
    expect(failure).toMatchObject({ code: 'resultAddress' });
    expect(server.connections).toEqual([]);
  });

  it('trust 7: the connection goes to the address that was checked: a name that turns is asked once', async () => {
    const asked: string[] = [];
    const port = new URL(server.origin).port;
    const resolve = async (host: string) => [at(asked.push(host) === 1 ? '192.0.66.1' : '127.0.0.1')];
    const client = clientOf({ ...real, resolve, deadlines: { stallMs: 300 } });
    await failureOf(client.download({ url: `https://turning.localhost:${port}/r.mp4`, partPath, maxBytes }));
    expect(asked).toEqual(['turning.localhost']);
    expect(server.connections).toEqual([]);
  });

  it('trust 7: a redirect out of the account on loopback is checked as well', async () => {
    const target = 'https://inside.example/r.mp4';
    server.play(reply(302, '', { location: target }));
    const client = clientOf({ resolve: async () => [at('10.0.0.7')] });
    const failure = await failureOf(client.download({ url: `${server.origin}/r.mp4`, partPath, maxBytes }));
    expect(failure).toMatchObject({ code: 'resultAddress' });
    expect(server.connections).toHaveLength(1);
  });
});
