/** The verification's own test: each cure is taken out behind the encoder's back, and what comes out must not count. */
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFacts } from '../../../main/media/facts/facts.ts';
import type { FfmpegArgs } from '../../../main/media/prepare/encodeArgs.ts';
import { createClipPreparer } from '../../../main/media/prepare/prepare.ts';
import { createTools } from '../../../main/media/tools.ts';
import type { Trim } from '../../../shared/contract/media.ts';
import * as field from '../../fixtures/fieldClips.ts';
import { fixtureFfmpeg, h264, makeClip, openWorkshop, run, silentLogger, type Workshop } from '../../fixtures/media.ts';
import { makePatches } from '../../fixtures/patches.ts';
import { factsOf, frames, refusalOf } from '../../fixtures/prepareField.ts';
import { thinned } from '../../fixtures/runs.ts';

let shop: Workshop;
let ffmpeg: string;
const path = (name: string) => shop.path(name);

beforeAll(async () => {
  shop = await openWorkshop();
  ffmpeg = await fixtureFfmpeg(shop.media);
});
afterAll(() => shop.close());

/** Every text of the graphs, changed. */
const inGraph =
  (change: (graph: string) => string) =>
  (args: FfmpegArgs): FfmpegArgs => {
    const outputOptions = args.outputOptions.map((option) => (option.startsWith('[') ? change(option) : option));
    // A mutation that changes nothing proves nothing.
    if (outputOptions.join() === args.outputOptions.join()) throw new Error(`not changed: ${outputOptions.join(' ')}`);
    return { ...args, outputOptions };
  };

interface Mutation {
  name: string;
  source: () => Promise<string>;
  trim: Trim;
  /** Whose facts are taken for the source's; none: its own. */
  misreadAs?: () => Promise<string>;
  tamper?: (args: FfmpegArgs) => FfmpegArgs;
  rules: string[];
}

const plain = () => makeClip(ffmpeg, path('plain.mkv'), { sounds: [field.beeps], frames: 110 });

/** Something moves everywhere in it: a neighbour looks otherwise, and so does a mirror. */
async function moving(name: string): Promise<string> {
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=480x360:r=24:d=4.6'];
  await run(ffmpeg, ['-v', 'error', '-y', ...picture, ...h264, path(name)]);
  return path(name);
}

const joined = { rate: '25', frames: 50, first: {}, second: {} };

const mutations: readonly Mutation[] = [
  {
    name: 'V1: a count of pictures that ends the sound with them',
    source: () => field.fragmentedClip(ffmpeg, path),
    trim: frames(31, 151),
    tamper: (args) => ({ ...args, outputOptions: ['-frames:v', '120', ...args.outputOptions] }),
    rules: ['clip.soundDamaged'],
  },
  {
    name: 'V2: a larger picture cut to its top left',
    source: () =>
      field.joinedStreams(ffmpeg, path, 'size', {
        ...{ rate: '25', frames: 50, first: {}, second: { width: 960, height: 720 }, isContinuous: true },
      }),
    trim: frames(0, 100),
    tamper: inGraph((graph) => graph.replace(/^(\[0:\d+\])scale=[^,]+,format=[^,]+,/, '$1crop=480:360:0:0,')),
    rules: ['clip.content'],
  },
  {
    name: 'V3: a clock that begins anew, taken for one that goes on',
    source: () => field.joinedStreams(ffmpeg, path, 'anew', { ...joined, isContinuous: false }),
    misreadAs: () => field.joinedStreams(ffmpeg, path, 'on', { ...joined, isContinuous: true }),
    trim: frames(0, 100),
    rules: ['clip.content'],
  },
  {
    name: 'V6: pictures counted on where some are missing',
    source: () => field.longThenVariable(ffmpeg, path),
    trim: frames(2000, 2008),
    tamper: inGraph((graph) =>
      graph.replace(
        /trim=end=2008.*?(?=trim=end_frame=)/,
        'trim=start=2000:end=2040,settb=1/1000000,setpts=N*200000,fps=fps=15/1:start_time=0:round=up,',
      ),
    ),
    rules: [expect.stringMatching(/^(clip\.content|file\.damaged)$/)],
  },
  {
    name: 'V4: pictures found by stamps that are those of decoding',
    source: () => field.mxfWithoutIndex(ffmpeg, path),
    trim: frames(5, 85),
    tamper: inGraph((graph) => graph.replace('start_frame=5:end_frame=85', 'start_frame=4:end_frame=84')),
    rules: ['clip.content'],
  },
  {
    name: 'V7: a matrix that is not the file’s',
    source: () =>
      makePatches(ffmpeg, path('p3.mp4'), {
        ...{ primaries: 'smpte432', matrix: '170m', pixelFormat: 'yuv420p', tags: [] },
        encoder: ['-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '4', '-color_primaries', 'smpte432'].concat(
          ...['-color_trc', 'bt709', '-colorspace', 'smpte170m'],
        ),
      }),
    trim: frames(0, 45),
    tamper: inGraph((graph) => graph.replace('min=170m', 'min=709').replace('pin=smpte432', 'pin=709')),
    rules: ['clip.content'],
  },
  {
    name: 'V11: a start that is filled with copies',
    source: () => field.headlessStream(ffmpeg, path),
    trim: frames(0, 120),
    tamper: inGraph((graph) =>
      graph.replace(
        /trim=end_frame=(\d+),settb/,
        'trim=start_frame=60,tpad=start=60:start_mode=clone,trim=end_frame=$1,settb',
      ),
    ),
    rules: ['clip.content'],
  },
  {
    name: 'V13: a picture that stays mirrored',
    source: async () => field.withMatrix(await moving('mirror.mp4'), [1, 0, 0, -1]),
    trim: frames(0, 90),
    tamper: inGraph((graph) => graph.replace('hflip,hflip,vflip,', '')),
    rules: ['clip.content'],
  },
  {
    name: 'one picture late',
    source: () => moving('late.mkv'),
    trim: frames(10, 100),
    tamper: inGraph((graph) =>
      graph
        .replace(/setpts=PTS-([\d.]+)/, (_, start) => `setpts=PTS-${Number(start) + 1 / 24}`)
        .replace(/trim=start=([\d.]+):end=([\d.]+),settb/, (_, start, end) => {
          return `trim=start=${Number(start) + 1 / 24}:end=${Number(end) + 1 / 24},settb`;
        }),
    ),
    rules: ['clip.content'],
  },
  {
    name: 'sound a tenth of a second late',
    source: plain,
    trim: frames(10, 101),
    tamper: inGraph((graph) => graph.replace('apad,', 'adelay=100|100,apad,')),
    rules: ['clip.soundDamaged'],
  },
];

describe('what was made is not believed', () => {
  it.each(thinned(mutations, 3))('$name', async ({ source, misreadAs, trim, tamper, rules }) => {
    const tools = createTools({ env: process.env, logger: silentLogger });
    const ffprobe = async () => (await tools.ffprobe()).path;
    const readImage = () => Promise.reject(new Error('no image here'));
    const clips = createClipPreparer({
      folder: await mkdtemp(join(shop.folder, 'made-')),
      encoder: tools.ffmpeg,
      ffprobe,
      readVideo: async (file, signal) => {
        const facts = await readFacts({ path: file, ffprobe, readImage, signal });
        if (facts.kind !== 'video') throw new Error('no video');
        return facts;
      },
      logger: silentLogger,
      ...(tamper && { tamper }),
    });
    const file = await source();
    const facts = await factsOf(shop, misreadAs ? await misreadAs() : file);
    const { plan } = shop.media.planClip(facts, { target: 'motion-video', preset: 'fast', trim });
    if (!plan) throw new Error('no plan');
    const refusal = await refusalOf(clips.prepareClip({ source: file, facts, plan }));
    expect(refusal).toMatchObject({ code: 'sourceUnreadable', rules });
    await clips.close();
  });
});

it('V5: a track without a sample that is taken for sound is silent in the record', async () => {
  const source = await field.emptySoundClip(ffmpeg, path);
  const { audio } = await factsOf(shop, await plain());
  const facts = { ...(await factsOf(shop, source)), audio };
  const { plan } = shop.media.planClip(facts, { target: 'motion-video', preset: 'fast', trim: frames(5, 95) });
  if (!plan) throw new Error('no plan');
  expect((await shop.media.prepareClip({ source, facts, plan })).inspection?.sound).toBe('silent');
});

it('what nobody can tell is said in the record, not assumed', async () => {
  const still = await makeClip(ffmpeg, path('still.mkv'), {
    frames: 76,
    filters: 'loop=loop=-1:size=1,trim=end_frame=76',
    video: h264,
  });
  const facts = await factsOf(shop, still);
  const { plan } = shop.media.planClip(facts, { target: 'motion-video', preset: 'fast' });
  if (!plan) throw new Error('no plan');
  const made = await shop.media.prepareClip({ source: still, facts, plan });
  expect(made.inspection).toEqual({ pictures: { told: 0, still: 5, absent: 0 }, sound: null, soundOverSeconds: null });
});
