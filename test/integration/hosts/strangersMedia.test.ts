/** Files that strangers made, asked for at their media addresses: shown as pictures and films, and never documents of the app's origin. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrowserServer, startServer } from '../../../main/hosts/browser/server.ts';
import { pageBackendOf } from '../../../main/hosts/pageBackend.ts';
import { enter, type PageVisit } from '../../fixtures/pageVisit.ts';
import { openTestProfile, type TestProfile } from '../app/harness.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'restage-strangers-'));
let profile: TestProfile;
let server: BrowserServer;
let visit: PageVisit;

beforeAll(async () => {
  profile = await openTestProfile();
  await writeFile(path.join(folder, 'index.html'), '<!doctype html>');
  await writeFile(path.join(folder, 'client.js'), 'window.restage = 1;');
  const bridgeFile = path.join(folder, 'client.js');
  const backend = pageBackendOf(profile.connection);
  server = await startServer({ backend, pageFolder: folder, bridgeFile, profileDir: folder });
  visit = await enter(server.issueAddress());
});
afterAll(async () => {
  await server.close();
  await profile.remove();
  await rm(folder, { recursive: true, force: true });
});

const script = '<script href="../../client.js"/><script>window.restage</script>';
const drawing = (inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="640" height="480">${inside}</svg>`;

async function add(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(path.join(folder, name), content);
  return profile.add(path.join(folder, name));
}

const ask = (place: string, headers: Record<string, string> = {}) =>
  fetch(`${visit.page}${place}`, { headers: { cookie: visit.cookie, ...headers } });

describe('a media address', () => {
  it('trust 6: of an SVG answers its raster still, under a policy of its own', async () => {
    const id = await add('drawn.svg', drawing(`${script}<rect width="640" height="480" fill="#00f"/>`));
    const answer = await ask(`media/asset/${id}`);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-security-policy': expect.stringContaining('sandbox'),
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
    });
    expect(answer.headers.get('content-security-policy')).not.toContain('allow-');
    expect(answer.headers.get('content-security-policy')).not.toContain('script-src');
    const { dominant } = await sharp(Buffer.from(await answer.arrayBuffer())).stats();
    expect(dominant.b).toBeGreaterThan(200);
  });

  it('trust 6: keeps that policy in whole, in part, unchanged, not there and not known', async () => {
    const png = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#f00' } })
      .png()
      .toBuffer();
    const id = await add('plain.png', png);
    const whole = await ask(`media/asset/${id}`);
    const answers = [
      whole,
      await ask(`media/asset/${id}`, { range: 'bytes=0-9' }),
      await ask(`media/asset/${id}`, { range: 'bytes=999999-' }),
      await ask(`media/asset/${id}`, { 'if-none-match': whole.headers.get('etag') ?? '' }),
      await ask('media/asset/unknown'),
      await ask('media/nothing'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 206, 416, 304, 404, 404]);
    for (const { headers } of answers) {
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-disposition')).toBe('attachment');
    }
    expect(whole.headers.get('content-type')).toBe('image/png');
  });

  it.each([
    ['a window', { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }],
    ['a frame', { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }],
    ['the address bar', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }],
    ['an object', { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'object' }],
  ])('trust 6: is refused as the document of %s', async (_what, headers) => {
    const id = await add('window.svg', drawing(script));
    const shown = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' };
    expect((await ask(`media/asset/${id}`, shown)).status).toBe(200);
    expect((await ask(`media/asset/${id}`, headers)).status).toBe(403);
  });
});

describe('a drawing that names its neighbours', () => {
  /** Green wherever something from beside it was drawn. */
  const neighbour = () =>
    sharp({ create: { width: 640, height: 480, channels: 3, background: '#0f0' } })
      .png()
      .toBuffer();

  it.each([
    ['an image', '<image xlink:href="neighbour.png" width="640" height="480"/>'],
    ['an image by address', `<image href="file://${path.join(folder, 'neighbour.png')}" width="640" height="480"/>`],
    [
      'a pattern',
      '<pattern id="p" width="1" height="1"><image href="./neighbour.png" width="640" height="480"/></pattern><rect width="640" height="480" fill="url(#p)"/>',
    ],
    [
      'a filter',
      '<filter id="f"><feImage href="neighbour.png"/></filter><rect width="640" height="480" filter="url(#f)"/>',
    ],
    ['another drawing', '<use xlink:href="neighbour.svg#all"/>'],
    ['an inclusion', '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="neighbour.svg"/>'],
    [
      'a style sheet',
      '<style>@import url("neighbour.css");</style><rect class="all" width="640" height="480" fill="none"/>',
    ],
  ])('trust 5: shows nothing of them: %s', async (what, inside) => {
    await writeFile(path.join(folder, 'neighbour.png'), await neighbour());
    await writeFile(path.join(folder, 'neighbour.css'), '.all { fill: #0f0 }');
    const green = '<rect id="all" width="640" height="480" fill="#0f0"/>';
    await writeFile(path.join(folder, 'neighbour.svg'), drawing(green));
    const ground = '<rect width="640" height="480" fill="#f00"/>';
    const id = await add(`looks at ${what}.svg`, drawing(`${ground}${inside}`));
    const source = path.join(folder, `looks at ${what}.svg`);
    const converted = await profile.call('media.check', { imageId: id });
    expect(converted.verdicts.length).toBeGreaterThan(0);
    const poster = await ask(`media/poster/${id}`);
    const pictures = [Buffer.from(await poster.arrayBuffer()), await prepared(source)];
    for (const picture of pictures) {
      const { channels } = await sharp(picture).removeAlpha().stats();
      expect(channels[0]?.min).toBeGreaterThan(200);
      expect(channels[1]?.max).toBeLessThan(60);
    }
  });

  /** What would be sent of it. */
  async function prepared(source: string): Promise<Buffer> {
    const { openWorkshop } = await import('../../fixtures/media.ts');
    const shop = await openWorkshop();
    try {
      const facts = await shop.media.readFacts(source);
      if (facts.kind !== 'image') throw new Error('not an image');
      const { path: made } = await shop.media.prepareImage({ source, facts });
      return await sharp(made).toBuffer();
    } finally {
      await shop.close();
    }
  }
});
