/** How preparing behaves: once per content, shared by parallel callers, cancelled without a trace, in step with its sound. */
import { readdir, readFile, stat, utimes } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PreparePlan, Trim, VideoFacts } from '../../../shared/contract/media.ts';
import { fixtureFfmpeg, h264, makeClip, openWorkshop, readNumbers, run, type Workshop } from '../../fixtures/media.ts';

let shop: Workshop;
let ffmpeg: string;

beforeAll(async () => {
  shop = await openWorkshop();
  ffmpeg = await fixtureFfmpeg(shop.media);
});
afterAll(() => shop.close());

interface Request {
  source: string;
  facts: VideoFacts;
  plan: PreparePlan;
}

async function requestFor(source: string, trim?: Trim): Promise<Request> {
  const facts = await shop.media.readFacts(source);
  if (facts.kind !== 'video') throw new Error('not a video');
  const { plan } = shop.media.planClip(facts, { target: 'motion-video', preset: 'fast', ...(trim ? { trim } : {}) });
  if (!plan) throw new Error('no plan');
  return { source, facts, plan };
}

const partFiles = async () =>
  (await readdir(shop.cacheDir, { recursive: true })).filter((name) => name.includes('.part'));

describe('the cache', () => {
  it('keeps an untouched clip byte for byte and makes each file once', async () => {
    const request = await requestFor(await makeClip(ffmpeg, shop.path('once.mp4'), { sounds: ['sine'] }));
    const [first, second] = await Promise.all([shop.media.prepareClip(request), shop.media.prepareClip(request)]);
    expect(first).toEqual(second);
    expect(first.isSource).toBe(true);
    expect(await readFile(first.path)).toEqual(await readFile(request.source));
    const { mtimeMs } = await stat(`${first.path}.json`);
    expect((await shop.media.prepareClip(request)).sha256).toBe(first.sha256);
    expect((await stat(`${first.path}.json`)).mtimeMs).toBe(mtimeMs);
  });

  it('drops the least recently used files first, and never a kept one', async () => {
    const source = await makeClip(ffmpeg, shop.path('evict.mp4'), { frames: 120 });
    const trims = [80, 90, 100].map((to): Trim => ({ unit: 'frames', from: 5, to }));
    const files: string[] = [];
    for (const trim of trims) files.push((await shop.media.prepareClip(await requestFor(source, trim))).path);
    const [kept = '', old = '', fresh = ''] = files;
    const longAgo = new Date(Date.now() - 3_600_000_000);
    await utimes(kept, longAgo, longAgo);
    await utimes(old, longAgo, longAgo);
    const exists = (path: string) =>
      stat(path).then(
        () => true,
        () => false,
      );
    const { size } = await stat(old);
    const all = await readdir(shop.cacheDir, { recursive: true, withFileTypes: true });
    const sizes = await Promise.all(
      all.filter((e) => e.isFile()).map(async (e) => (await stat(`${e.parentPath}/${e.name}`)).size),
    );
    await shop.media.trimCache(sizes.reduce((a, b) => a + b, 0) - size, new Set([kept]));
    expect([await exists(kept), await exists(old), await exists(fresh)]).toEqual([true, false, true]);
  });
});

describe('cancelling', () => {
  it('stops the encoder, leaves no file, and a later call works', async () => {
    const source = await makeClip(ffmpeg, shop.path('cancel.mp4'), {
      frames: 90,
      filters: 'noise=alls=60:allf=t',
    });
    const request = await requestFor(source, { unit: 'frames', from: 5, to: 86 });
    const controller = new AbortController();
    const running = shop.media.prepareClip({
      ...request,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(await partFiles()).toEqual([]);
    const progress: number[] = [];
    const made = await shop.media.prepareClip({
      ...request,
      onProgress: (ratio) => ratio !== null && progress.push(ratio),
    });
    expect(made.sizeBytes).toBeGreaterThan(0);
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
  });

  it('one of two callers may leave without stopping the other', async () => {
    const source = await makeClip(ffmpeg, shop.path('shared.mp4'), { frames: 120 });
    const request = await requestFor(source, { unit: 'frames', from: 3, to: 117 });
    const controller = new AbortController();
    const leaving = shop.media.prepareClip({ ...request, signal: controller.signal });
    const staying = shop.media.prepareClip(request);
    setTimeout(() => controller.abort(), 50);
    await expect(leaving).rejects.toMatchObject({ code: 'cancelled' });
    expect((await staying).sizeBytes).toBeGreaterThan(0);
  });
});

/** Where the tone begins: the first moment that is loud. */
async function onsetSeconds(file: string): Promise<number> {
  const data = await run(ffmpeg, [
    '-v',
    'error',
    '-i',
    file,
    '-map',
    '0:a:0',
    '-ac',
    '1',
    '-ar',
    '48000',
    '-f',
    's16le',
    '-',
  ]);
  for (let at = 0; at + 1 < data.length; at += 2) if (Math.abs(data.readInt16LE(at)) > 3_000) return at / 2 / 48_000;
  return Number.NaN;
}

describe('sound', () => {
  // Silence, then a tone from 2 s on.
  const tone = "aevalsrc='if(gte(t,2),0.5*sin(2*PI*880*t),0)':s=48000";
  it.each([
    ['re-encoded MP4', 'sync.mp4', { unit: 'frames', from: 17, to: 120 }],
    ['copied picture', 'copy.mp4', { unit: 'frames', from: 24, to: 120 }],
    ['Matroska', 'sync.mkv', { unit: 'frames', from: 17, to: 120 }],
    ['MPEG-TS', 'sync.ts', { unit: 'frames', from: 17, to: 120 }],
  ] as const)('stays within 20 ms of the picture: %s', async (_, name, trim) => {
    const source = await makeClip(ffmpeg, shop.path(name), {
      frames: 144,
      sounds: [tone],
      video: [...h264, '-bf', '2'],
    });
    const request = await requestFor(source, trim);
    expect(request.plan.kind).toBe(name === 'copy.mp4' ? 'remux' : 'reencode');
    const made = await shop.media.prepareClip(request);
    expect(Math.abs((await onsetSeconds(made.path)) - (2 - trim.from / 24))).toBeLessThan(0.02);
  });
});

describe('variable frame rate', () => {
  it('shows at every moment what a player shows', async () => {
    const kept = (n: number) => n % 4 !== 1 && !(n > 60 && n < 75);
    const select = "select='not(eq(mod(n\\,4)\\,1))*not(between(n\\,61\\,74))'";
    const video = [...h264, '-vsync', '0'];
    const source = await makeClip(ffmpeg, shop.path('vfr.mp4'), { rate: '30', frames: 165, filters: select, video });
    const facts = await shop.media.readFacts(source);
    expect(facts).toMatchObject({ isConstantRate: false });
    const from = 1.01;
    const request = await requestFor(source, { unit: 'seconds', from, to: 4.51 });
    const made = await shop.media.prepareClip(request);
    const { frameRate, frameCount } = request.plan.output;
    const expected = Array.from({ length: frameCount }, (_, k) => {
      // A player shows the last picture whose time has come.
      let n = Math.floor((from + (k * frameRate.den) / frameRate.num) * 30 + 0.05);
      while (!kept(n)) n -= 1;
      return n;
    });
    expect(await readNumbers(ffmpeg, made.path)).toEqual(expected);
  });
});
