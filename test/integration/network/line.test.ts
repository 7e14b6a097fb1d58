/** F19: all traffic with the provider through a studio's proxy and with its own authority; what that must not change; and the test of the line. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEvolinkClient } from '../../../main/evolink/client.ts';
import { EvolinkError } from '../../../main/evolink/errors.ts';
import { createLine } from '../../../main/network/line.ts';
import { testLine } from '../../../main/network/testLine.ts';
import { systemClock } from '../../../main/storage/clock.ts';
import { silentLogger } from '../../fixtures/media.ts';
import { authorityFile, openStudioNetwork, type StudioNetwork } from '../../fixtures/studioNetwork.ts';

const key = 'sk-evo-through-a-studio-4711';
const api = 'https://api.studio.test';
let studio: StudioNetwork;
let folder = '';

beforeEach(async () => {
  studio = await openStudioNetwork();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'restage-line-'));
});
afterEach(async () => {
  await studio.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

interface Way {
  proxyUrl?: string;
  caFile?: string;
  env?: Record<string, string>;
  systemProxy?: (url: string) => Promise<string>;
}
function lineWith({ proxyUrl = studio.proxyUrl, caFile = authorityFile, env = {}, systemProxy }: Way = {}) {
  return createLine({ settings: () => ({ proxyUrl, caFile }), env, systemProxy });
}
const unknownName = () => Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }));
function clientOf(way?: Way, resolve: Parameters<typeof createEvolinkClient>[0]['resolve'] = unknownName) {
  return createEvolinkClient({
    ...{ apiOrigin: api, filesOrigin: 'https://files.studio.test', key, clock: systemClock, logger: silentLogger },
    ...{ line: lineWith(way), resolve, deadlines: { readMs: 15_000, submitMs: 15_000, stallMs: 15_000 } },
  });
}
const balance = (_request: unknown, response: import('node:http').ServerResponse) =>
  response.end(JSON.stringify({ success: true, data: { user: { remaining_credits: 12, used_credits: 1 } } }));
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof EvolinkError ? error.failure : error),
  );

describe('F19: requests', () => {
  it('go through the proxy that is set, which hears neither key nor path', async () => {
    studio.answer = balance;
    expect(await clientOf().credits()).toMatchObject({ remaining: '12' });
    expect(studio.connected).toEqual(['api.studio.test:443']);
    expect(studio.requests).toEqual([{ host: 'api.studio.test', url: '/v1/credits', authorization: `Bearer ${key}` }]);
    expect(studio.heard.headers.join()).not.toMatch(/sk-evo|credits/);
  });

  it.each<[string, (at: StudioNetwork) => Way]>([
    ['the environment', (at) => ({ proxyUrl: '', env: { HTTPS_PROXY: at.proxyUrl } })],
    [
      'the environment, with a name and a password',
      (at) => ({ proxyUrl: '', env: { https_proxy: `http://me:p%40ss@127.0.0.1:${at.proxyPort}` } }),
    ],
    ['the system', (at) => ({ proxyUrl: '', systemProxy: async () => `PROXY 127.0.0.1:${at.proxyPort}; DIRECT` })],
    ['NODE_EXTRA_CA_CERTS', () => ({ caFile: '', env: { NODE_EXTRA_CA_CERTS: authorityFile } })],
  ])('know the way from %s', async (_name, way) => {
    studio.answer = balance;
    expect(await clientOf(way(studio)).credits()).toMatchObject({ remaining: '12' });
    const login = _name.includes('password') ? `Basic ${Buffer.from('me:p@ss').toString('base64')}` : undefined;
    expect(studio.heard.logins).toEqual([login]);
  });

  it('that end before the encryption stands have started nothing', async () => {
    const submit = (way?: Way) => failureOf(clientOf(way).submit({ body: '{}', idempotencyKey: 'one' }));
    expect(await submit({ caFile: '' })).toMatchObject({ meaning: 'nothingStarted', cause: 'network' });
    studio.refuse = 407;
    expect(await submit()).toMatchObject({ meaning: 'nothingStarted', cause: 'network' });
    await studio.close();
    expect(await submit()).toMatchObject({ meaning: 'nothingStarted', cause: 'network' });
    expect(studio.requests).toEqual([]);
    studio = await openStudioNetwork();
  });

  it('whose answer is lost behind the proxy may have started something', async () => {
    studio.answer = (request) => request.socket.destroy();
    const failure = await failureOf(clientOf().submit({ body: '{}', idempotencyKey: 'one' }));
    expect(failure).toMatchObject({ meaning: 'unknown' });
    expect(studio.requests).toHaveLength(1);
  });

  it.each(['ftp://proxy:21', 'http://proxy:3128/path', 'http://me:secret@proxy:3128', 'nonsense'])(
    'do not go past a proxy that cannot be used: %s',
    async (proxyUrl) => {
      const error = await failureOf(clientOf({ proxyUrl }).credits());
      expect(error).toMatchObject({
        ...{ meaning: 'nothingStarted', cause: 'network' },
        message: expect.stringContaining('line.proxy'),
      });
      await expect(testLine(lineWith({ proxyUrl }), [api])).rejects.toMatchObject({
        reasons: [{ rule: 'line.proxy' }],
      });
      expect(JSON.stringify(error)).not.toContain('secret');
    },
  );

  it('do not go on without the authority that is set', async () => {
    const empty = path.join(folder, 'empty.pem');
    fs.writeFileSync(empty, 'nothing');
    for (const caFile of [empty, path.join(folder, 'none.pem')]) {
      expect(await failureOf(clientOf({ caFile }).credits())).toMatchObject({
        ...{ meaning: 'nothingStarted', cause: 'network' },
        message: expect.stringContaining('line.authority'),
      });
    }
    expect(studio.connected).toEqual([]);
  });
});

describe('F19: downloads', () => {
  const video = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom'), Buffer.alloc(4000, 1)]);
  const download = (url: string, resolve?: Parameters<typeof clientOf>[1]) =>
    failureOf(clientOf({}, resolve).download({ url, partPath: path.join(folder, 'result.part') }));

  beforeEach(() => {
    studio.answer = (_request, response) => response.end(video);
  });

  it('come through the proxy where only that knows the name, without the key', async () => {
    expect(await download('https://results.studio.test/a.mp4')).toBeNull();
    expect(fs.readFileSync(path.join(folder, 'result.part')).equals(video)).toBe(true);
    expect(studio.requests[0]?.authorization).toBeUndefined();
  });

  it.each([
    ['a number inside', 'https://10.0.0.1/a.mp4', unknownName],
    ['this machine', 'https://127.0.0.1/a.mp4', unknownName],
    ['the cloud’s own service', 'https://169.254.169.254/a.mp4', unknownName],
    [
      'a name that leads inside',
      'https://results.studio.test/a.mp4',
      async () => [{ address: '192.168.1.1', family: 4 as const }],
    ],
    ['a link without encryption', 'http://results.studio.test/a.mp4', unknownName],
  ])('are refused for %s, and the proxy is not asked', async (_name, url, resolve) => {
    expect(await download(url, resolve)).toMatchObject({ code: expect.stringMatching(/^result(Link|Address)$/) });
    expect(studio.connected).toEqual([]);
  });

  it('are refused when a redirect leads inside', async () => {
    studio.answer = (_request, response) => response.writeHead(302, { location: 'https://10.0.0.1/a.mp4' }).end();
    expect(await download('https://results.studio.test/a.mp4')).toMatchObject({
      code: expect.stringMatching(/^result(Link|Address)$/),
    });
    expect(studio.connected).toEqual(['results.studio.test:443']);
  });

  it('are refused from who has no certificate for the name', async () => {
    expect(await download('https://elsewhere.studio.test/a.mp4')).toMatchObject({ cause: 'network' });
    expect(studio.requests).toEqual([]);
  });
});

describe('F19: the test of the line', () => {
  const outcome = async (way: Way, origin = api) => {
    const [place] = await testLine(lineWith(way), [origin]);
    const failed = place?.steps.find((step) => step.outcome === 'failed');
    return {
      ...{ host: place?.host, proxy: place?.proxy, failed: failed?.step ?? null, detail: failed?.detail ?? '' },
      outcomes: place?.steps.map((step) => step.outcome).join(' '),
    };
  };

  it('says that everything is well', async () => {
    const found = await outcome({});
    expect(found).toMatchObject({ host: 'api.studio.test', proxy: studio.proxyUrl, failed: null });
    // The proxy is a number: no name was needed.
    expect(found.outcomes).toBe('notNeeded ok ok ok ok');
    expect(studio.requests.every(({ authorization }) => authorization === undefined)).toBe(true);
  });

  it('says at which step it ends', async () => {
    expect(await outcome({ proxyUrl: 'http://no-such-host.invalid:1' })).toMatchObject({ failed: 'name' });
    expect(await outcome({ caFile: '' })).toMatchObject({
      failed: 'tls',
      detail: expect.stringContaining('A Studio Authority'),
      outcomes: 'notNeeded ok ok failed skipped',
    });
    studio.refuse = 407;
    expect(await outcome({})).toMatchObject({ failed: 'proxy', detail: expect.stringContaining('407') });
    const { proxyUrl } = studio;
    await studio.close();
    expect(await outcome({ proxyUrl })).toMatchObject({ failed: 'connection' });
    studio = await openStudioNetwork();
  });

  it('says when the encryption stands and nobody answers', async () => {
    studio.answer = (request) => request.socket.destroy();
    expect(await outcome({})).toMatchObject({ failed: 'answer', outcomes: 'notNeeded ok ok ok failed' });
  });

  it('goes straight to this machine, whatever is set', async () => {
    const found = await outcome({}, studio.proxyUrl);
    expect(found).toMatchObject({ proxy: null, failed: null, outcomes: 'notNeeded ok notNeeded notNeeded ok' });
    expect(studio.connected).toEqual([]);
  });
});
