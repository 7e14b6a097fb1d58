/** Posters, filmstrips, peaks and preview copies: right pictures in the right places, made once, stopped on close. */
import { rename, stat } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { VideoFacts } from '../../../shared/contract/media.ts';
import type { Timeline } from '../../../shared/contract/timeline.ts';
import { fixtureFfmpeg, h264, makeClip, openWorkshop, readNumbers, type Workshop } from '../../fixtures/media.ts';

let shop: Workshop;
let ffmpeg: string;
beforeAll(async () => {
  shop = await openWorkshop();
  ffmpeg = await fixtureFfmpeg(shop.media);
});
afterAll(() => shop.close());

async function videoFacts(source: string): Promise<VideoFacts> {
  const facts = await shop.media.readFacts(source);
  if (facts.kind !== 'video') throw new Error('not a video');
  return facts;
}

async function finished(source: string, facts: VideoFacts): Promise<{ last: Timeline; steps: Timeline[] }> {
  const steps: Timeline[] = [];
  const last = await new Promise<Timeline>((resolve, reject) => {
    const onChange = (timeline: Timeline) => {
      steps.push(timeline);
      if (timeline.isDone) resolve(timeline);
    };
    shop.media.timeline(source, facts, onChange).then((now) => now.isDone && resolve(now), reject);
  });
  return { last, steps };
}

it('a poster is the first shown frame', async () => {
  const source = await makeClip(ffmpeg, shop.path('poster.mp4'), { width: 960, height: 720 });
  const path = await shop.media.poster(source, await videoFacts(source));
  expect(await readNumbers(ffmpeg, path)).toEqual([0]);
  const { width, height } = await sharp(path).metadata();
  expect([width, height]).toEqual([480, 360]);
});

it('U5: a still of a result is made once, and stays while its file is away', async () => {
  const source = await makeClip(ffmpeg, shop.path('result.mp4'), { width: 320, height: 240 });
  const first = (await shop.media.stillOf('result-1', async () => source)) ?? '';
  const { ino } = await stat(first);
  await rename(source, `${source}.away`);
  expect(await shop.media.stillOf('result-1', async () => source)).toBe(first);
  await rename(`${source}.away`, source);
  await shop.media.stillOf('result-1', async () => source);
  expect((await sharp(first).metadata()).format).toBe('jpeg');
  // Not made again: a new picture would be a new file.
  expect((await stat(first)).ino).toBe(ino);
  const gone = AbortSignal.abort();
  await expect(shop.media.stillOf('result-2', async () => source, gone)).rejects.toMatchObject({ code: 'cancelled' });
});

const theora = ['-c:v', 'libtheora', '-q:v', '8'];
it.each([
  ['dense keyframes', 'dense.mp4', h264, 6, 12],
  ['one keyframe for the whole clip', 'sparse.mp4', h264, 600, 12],
  ['no keyframe behind the last picture', 'last.mp4', h264, 27, 27],
  ['keyframes of Theora', 'theora.ogv', theora, 6, 12],
] as const)('a filmstrip is spread evenly: %s', async (_, name, codec, gop, earliest) => {
  const source = await makeClip(ffmpeg, shop.path(name), {
    frames: 240,
    video: [...codec, '-g', `${gop}`, '-sc_threshold', '0'],
  });
  const facts = await videoFacts(source);
  const { last, steps } = await finished(source, facts);
  expect(last.filmstrip.count).toBe(12);
  expect(last.filmstrip.doneCount).toBe(12);
  // It grows picture by picture, so that the first ones can be shown early.
  expect(new Set(steps.map((step) => step.filmstrip.doneCount)).size).toBeGreaterThan(3);
  for (let n = 0; n < 12; n += 1) {
    const picture = await shop.media.filmstripPicture(source, facts, n);
    if (!picture) throw new Error(`picture ${n} is missing`);
    const [number = -1] = await readNumbers(ffmpeg, picture);
    expect(number).toBeGreaterThanOrEqual(n * 20 - earliest);
    expect(number).toBeLessThan((n + 1) * 20);
  }
  expect(await shop.media.filmstripPicture(source, facts, 12)).toBeNull();
  expect((await finished(source, facts)).steps).toEqual([]);
});

it('peaks follow the sound: silence, then a tone; none without sound', async () => {
  const tone = "aevalsrc='if(gte(t,3),0.5*sin(2*PI*440*t),0)':s=44100";
  const source = await makeClip(ffmpeg, shop.path('peaks.mp4'), {
    frames: 144,
    sounds: [tone],
    audio: ['-c:a', 'aac', '-b:a', '128k'],
  });
  const { peaks } = (await finished(source, await videoFacts(source))).last;
  if (!peaks) throw new Error('no peaks');
  const half = peaks.length / 2;
  expect(Math.max(...peaks.slice(0, half - 20))).toBeLessThan(0.05);
  expect(Math.min(...peaks.slice(half + 20, -20))).toBeGreaterThan(0.4);
  const silent = await makeClip(ffmpeg, shop.path('silent.mp4'));
  expect((await finished(silent, await videoFacts(silent))).last.peaks).toBeNull();
});

it('a preview copy shows frame n as frame n', async () => {
  const video = [
    '-c:v',
    'libx265',
    '-preset',
    'ultrafast',
    '-pix_fmt',
    'yuv420p10le',
    '-x265-params',
    'log-level=error',
  ];
  const source = await makeClip(ffmpeg, shop.path('proxy.mov'), { frames: 60, video, sounds: ['sine'] });
  const facts = await videoFacts(source);
  const path = await shop.media.proxy(source, facts);
  expect(await readNumbers(ffmpeg, path)).toEqual(Array.from({ length: 60 }, (_, n) => n));
  expect(await videoFacts(path)).toMatchObject({ codec: 'h264', pixelFormat: 'yuv420p', container: 'mp4' });
  const { mtimeMs } = await stat(path);
  expect(await shop.media.proxy(source, facts)).toBe(path);
  expect((await stat(path)).mtimeMs).toBeGreaterThanOrEqual(mtimeMs);
});

it('stopping ends the work on one clip, and asking again finishes it', async () => {
  const source = await makeClip(ffmpeg, shop.path('stopped.mp4'), { width: 640, height: 480, frames: 600 });
  const facts = await videoFacts(source);
  const told: Timeline[] = [];
  const now = await shop.media.timeline(source, facts, (timeline) => told.push(timeline));
  expect(now.isDone).toBe(false);
  await shop.media.stopTimeline(source);
  const count = told.length;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(told.length).toBe(count);
  expect(told.at(-1)?.isScanned).toBeUndefined();
  expect((await finished(source, facts)).last.filmstrip.doneCount).toBe(now.filmstrip.count);
});

it('closing stops what runs and leaves nothing running', async () => {
  const own = await openWorkshop();
  const source = await makeClip(ffmpeg, own.path('long.mp4'), { width: 640, height: 480, frames: 900 });
  const facts = await own.media.readFacts(source);
  if (facts.kind !== 'video') throw new Error('not a video');
  await own.media.timeline(source, facts, () => undefined);
  const copying = own.media.proxy(source, facts);
  const outcome = copying.then(
    () => 'made',
    (error: { code: string }) => error.code,
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  await own.close();
  expect(['cancelled', 'made']).toContain(await outcome);
});
