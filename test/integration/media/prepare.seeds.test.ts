/**
 * Clips of every class come out legal and exact to the frame, shown by numbers burnt into the picture; on the machine's ffmpeg and on the
 * build of 2018. In `npm test` every fifth case, each on one of the two; in the long run all, on both.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PreparePlan, Trim, VideoFacts } from '../../../shared/contract/media.ts';
import { type ClipTarget, clipLimits, type Preset } from '../../../shared/rules/limits.ts';
import {
  type ClipOptions,
  fixtureFfmpeg,
  h264,
  makeClip,
  oldBinaries,
  openWorkshop,
  readNumbers,
  run,
  type Workshop,
} from '../../fixtures/media.ts';
import { isLong, thinned } from '../../fixtures/runs.ts';

interface Case {
  name: string;
  file: string;
  clip: ClipOptions;
  /** A second step over the made clip: arguments between input and output. */
  rewrap?: readonly string[];
  trim?: Trim;
  crop?: PreparePlan['crop'];
  pad?: PreparePlan['pad'];
  target?: ClipTarget;
  preset?: Preset;
  kind: PreparePlan['kind'];
  size: [number, number];
  /** Numbers of the first and last frame of the result, and how many there are. */
  first: number;
  last: number;
  count: number;
  check?: (facts: VideoFacts) => void;
  isForOldBuild?: boolean;
}

const frames = (from: number, to: number): Trim => ({ unit: 'frames', from, to });
const tone = 'sine=frequency=440:sample_rate=44100';

const cases: Case[] = [
  {
    name: 'a legal clip as it is',
    file: 'legal.mp4',
    clip: { sounds: [tone] },
    kind: 'untouched',
    size: [480, 360],
    first: 0,
    last: 95,
    count: 96,
  },
  {
    name: 'a cut on a clean keyframe is copied',
    file: 'keyframe.mp4',
    isForOldBuild: true,
    clip: { frames: 120, sounds: [tone], video: [...h264, '-bf', '2', '-sc_threshold', '0'] },
    trim: frames(24, 96),
    kind: 'remux',
    size: [480, 360],
    first: 24,
    last: 95,
    count: 72,
  },
  {
    name: 'a cut on a clean keyframe of a clip without B-frames is copied',
    file: 'no-b-frames.mp4',
    isForOldBuild: true,
    clip: { rate: '30', frames: 150, video: [...h264, '-bf', '0', '-sc_threshold', '0'] },
    trim: frames(36, 132),
    kind: 'remux',
    size: [480, 360],
    first: 36,
    last: 131,
    count: 96,
  },
  {
    name: 'a cut on a keyframe whose stamp its coarse clock rounded is copied',
    file: 'coarse-clock.mov',
    clip: {
      rate: '30000/1001',
      frames: 150,
      video: [...h264, '-bf', '0', '-sc_threshold', '0'],
      sounds: [tone],
      output: ['-video_track_timescale', '600'],
    },
    trim: frames(36, 132),
    kind: 'remux',
    size: [480, 360],
    first: 36,
    last: 131,
    count: 96,
  },
  {
    name: 'a cut between keyframes is encoded',
    file: 'between.mp4',
    clip: { frames: 120, sounds: [tone], video: [...h264, '-bf', '2'] },
    trim: frames(17, 101),
    kind: 'reencode',
    size: [480, 360],
    first: 17,
    last: 100,
    count: 84,
  },
  {
    name: 'an in point far in, reached by a seek, over open groups of pictures',
    file: 'open-gop.mp4',
    isForOldBuild: true,
    clip: {
      frames: 480,
      video: [
        '-c:v',
        'libx264',
        '-preset',
        'veryfast',
        '-pix_fmt',
        'yuv420p',
        '-g',
        '24',
        '-x264opts',
        'open-gop=1:bframes=3',
      ],
    },
    trim: frames(313, 400),
    kind: 'reencode',
    size: [480, 360],
    first: 313,
    last: 399,
    count: 87,
  },
  {
    name: '29.97 fps trimmed to "10 s" is 299 frames',
    file: 'ntsc.mp4',
    clip: { rate: '30000/1001', frames: 330 },
    trim: frames(5, 304),
    target: 'motion-image',
    kind: 'reencode',
    size: [480, 360],
    first: 5,
    last: 303,
    count: 299,
  },
  {
    name: 'sample aspect 15:16',
    file: 'sar.mp4',
    clip: { width: 512, height: 480, filters: 'setsar=15/16' },
    kind: 'reencode',
    size: [480, 480],
    first: 0,
    last: 95,
    count: 96,
  },
  {
    name: 'a rotation flag',
    file: 'rotated.mp4',
    isForOldBuild: true,
    clip: { width: 360, height: 480, filters: 'transpose=1' },
    rewrap: ['-c', 'copy', '-metadata:s:v:0', 'rotate=90'],
    kind: 'reencode',
    size: [360, 480],
    first: 0,
    last: 95,
    count: 96,
    check: (facts) => expect(facts.rotationDegrees % 180).toBe(90),
  },
  {
    name: '4096×2304',
    file: 'large.mp4',
    clip: { width: 4096, height: 2304, rate: '15', frames: 46 },
    kind: 'reencode',
    size: [1920, 1080],
    first: 0,
    last: 45,
    count: 46,
  },
  {
    name: '320×240',
    file: 'small.mp4',
    clip: { width: 320, height: 240 },
    kind: 'reencode',
    size: [454, 340],
    first: 0,
    last: 95,
    count: 96,
  },
  {
    name: 'odd sides, 4:4:4',
    file: 'odd.mp4',
    clip: { width: 481, height: 361, video: ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv444p'] },
    kind: 'reencode',
    size: [480, 360],
    first: 0,
    last: 95,
    count: 96,
  },
  {
    name: '10-bit HEVC in MOV',
    file: 'hevc.mov',
    clip: {
      frames: 120,
      video: [
        '-c:v',
        'libx265',
        '-preset',
        'ultrafast',
        '-pix_fmt',
        'yuv420p10le',
        '-x265-params',
        'log-level=error',
        '-g',
        '24',
      ],
    },
    trim: frames(31, 110),
    kind: 'reencode',
    size: [480, 360],
    first: 31,
    last: 109,
    count: 79,
  },
  {
    name: 'an edit list that hides the beginning',
    file: 'edit.mp4',
    isForOldBuild: true,
    clip: { frames: 120, video: [...h264, '-g', '48'] },
    // A copy from between keyframes keeps the pictures before it, and an edit list hides them.
    rewrap: ['-c', 'copy', '-t', '4'],
    kind: 'reencode',
    size: [480, 360],
    first: 20,
    last: 115,
    count: 96,
    check: (facts) => expect(facts.hasEditList).toBe(true),
  },
  {
    name: 'Matroska with millisecond stamps',
    file: 'stamps.mkv',
    clip: { rate: '30000/1001', frames: 150, sounds: [tone] },
    trim: frames(40, 140),
    kind: 'reencode',
    size: [480, 360],
    first: 40,
    last: 139,
    count: 100,
  },
  {
    name: 'MPEG-TS, which begins late and seeks badly',
    file: 'late.ts',
    isForOldBuild: true,
    clip: { frames: 120, video: [...h264, '-bf', '2'], sounds: [tone] },
    trim: frames(33, 117),
    kind: 'reencode',
    size: [480, 360],
    first: 33,
    last: 116,
    count: 84,
  },
  {
    name: 'AVI, whose stamps are made up',
    file: 'made-up.avi',
    isForOldBuild: true,
    clip: { frames: 120, video: ['-c:v', 'mpeg4', '-q:v', '3', '-bf', '2', '-g', '24'] },
    trim: frames(33, 117),
    kind: 'reencode',
    size: [480, 360],
    first: 33,
    last: 116,
    count: 84,
  },
  {
    name: 'WebM with Opus',
    file: 'web.webm',
    isForOldBuild: true,
    clip: {
      frames: 96,
      video: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8'],
      sounds: [tone],
      audio: ['-c:a', 'libopus'],
    },
    trim: frames(9, 88),
    kind: 'reencode',
    size: [480, 360],
    first: 9,
    last: 87,
    count: 79,
  },
  {
    name: 'interlaced MPEG-2',
    file: 'interlaced.mpg',
    isForOldBuild: true,
    clip: {
      rate: '25',
      frames: 100,
      video: ['-c:v', 'mpeg2video', '-q:v', '3', '-flags', '+ilme+ildct', '-top', '1', '-g', '12'],
    },
    trim: frames(10, 90),
    kind: 'reencode',
    size: [480, 360],
    first: 10,
    last: 89,
    count: 80,
    check: (facts) => expect(facts.scan).toBe('interlaced'),
  },
  {
    name: 'HDR10',
    file: 'hdr.mp4',
    isForOldBuild: true,
    clip: {
      filters: 'format=yuv420p10le',
      video: [
        '-c:v',
        'libx265',
        '-preset',
        'ultrafast',
        '-pix_fmt',
        'yuv420p10le',
        '-x265-params',
        'log-level=error:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc',
      ],
    },
    kind: 'reencode',
    size: [480, 360],
    first: 0,
    last: 95,
    count: 96,
    check: (facts) => expect(facts.isHdr).toBe(true),
  },
  {
    name: 'ProRes 4:2:2 in MOV',
    file: 'prores.mov',
    clip: {
      video: ['-c:v', 'prores_ks', '-profile:v', '2', '-pix_fmt', 'yuv422p10le'],
      sounds: [tone],
      audio: ['-c:a', 'pcm_s16le'],
    },
    trim: frames(11, 90),
    kind: 'reencode',
    size: [480, 360],
    first: 11,
    last: 89,
    count: 79,
  },
  {
    name: 'three audio tracks, mono and 5.1 among them',
    file: 'tracks.mp4',
    isForOldBuild: true,
    clip: { sounds: [tone, 'sine=frequency=880:sample_rate=22050', 'anoisesrc=a=0.1,aformat=channel_layouts=5.1'] },
    kind: 'reencode',
    size: [480, 360],
    first: 0,
    last: 95,
    count: 96,
    check: (facts) => expect(facts.audio).toHaveLength(3),
  },
  {
    name: '60 fps halved by the fast preset',
    file: 'fast60.mp4',
    isForOldBuild: true,
    clip: { rate: '60', frames: 240 },
    trim: frames(7, 207),
    kind: 'reencode',
    size: [480, 360],
    first: 7,
    last: 205,
    count: 100,
  },
  {
    name: '60 fps kept by the best preset',
    file: 'best60.mp4',
    clip: { rate: '60', frames: 240 },
    trim: frames(7, 207),
    preset: 'best',
    kind: 'reencode',
    size: [480, 360],
    first: 7,
    last: 206,
    count: 200,
  },
  {
    name: 'a shape that no scaling brings into the limits is padded',
    file: 'strip.mp4',
    clip: { width: 1920, height: 120 },
    kind: 'reencode',
    size: [1920, 340],
    first: 0,
    last: 95,
    count: 96,
  },
  {
    name: 'cropped to 9:16, trimmed in the middle',
    file: 'crop.mp4',
    isForOldBuild: true,
    clip: { width: 204, height: 360, frames: 120, filters: 'pad=640:360:218:0:color=red' },
    trim: frames(17, 101),
    crop: { x: 218, y: 0, width: 204, height: 360 },
    kind: 'reencode',
    size: [340, 600],
    first: 17,
    last: 100,
    count: 84,
  },
  {
    name: 'cropped after a rotation and with sample aspect',
    file: 'crop-turned.mp4',
    clip: { width: 240, height: 480, frames: 96, filters: 'pad=480:480:120:0:color=red,transpose=1,setsar=2/1' },
    rewrap: ['-c', 'copy', '-metadata:s:v:0', 'rotate=90'],
    // Shown 480 wide and 960 high: pixels are twice as high as wide.
    crop: { x: 120, y: 0, width: 240, height: 960 },
    kind: 'reencode',
    size: [340, 1360],
    first: 0,
    last: 95,
    count: 96,
  },
  {
    name: 'a strip padded with its own blur',
    file: 'strip-blur.mp4',
    isForOldBuild: true,
    clip: { width: 1920, height: 120 },
    pad: 'blur',
    kind: 'reencode',
    size: [1920, 340],
    first: 0,
    last: 95,
    count: 96,
  },
  {
    name: 'a strip padded with a colour',
    file: 'strip-colour.mp4',
    clip: { width: 1920, height: 120 },
    pad: '#3060ff',
    kind: 'reencode',
    size: [1920, 340],
    first: 0,
    last: 95,
    count: 96,
  },
];

/** Of a pure tone, by how often the wave goes through zero. */
async function hertzOf(ffmpeg: string, file: string): Promise<number> {
  const raw = ['-map', '0:a', '-ac', '1', '-ar', '48000', '-f', 's16le', '-'];
  const samples = await run(ffmpeg, ['-v', 'error', '-i', file, ...raw]);
  // From one clear side to the other: the faint noise that a codec leaves where a tone ends changes its sign all the time.
  const clear = 500;
  let [crossings, side] = [0, 0];
  for (let at = 0; at + 1 < samples.length; at += 2) {
    const level = samples.readInt16LE(at);
    if (Math.abs(level) < clear || Math.sign(level) === side) continue;
    side = Math.sign(level);
    crossings += 1;
  }
  return crossings / 2 / (samples.length / 2 / 48_000);
}

/** On the build of 2018 the same paths run; its clips are made by the machine's own ffmpeg. In the quick run each case meets one of the two. */
const builds = [
  { name: 'the machine’s ffmpeg', binaries: undefined, chosen: cases.filter((each) => isLong || !each.isForOldBuild) },
  {
    name: 'the build of 2018',
    binaries: oldBinaries,
    // One of each way that arguments, demuxing or decoding differ there.
    chosen: cases.filter((each) => each.isForOldBuild),
  },
];

describe.each(builds)('prepare on $name', ({ binaries, chosen }) => {
  let shop: Workshop;
  let maker: Workshop;
  let ffmpeg: string;

  beforeAll(async () => {
    maker = await openWorkshop();
    shop = await openWorkshop(binaries);
    ffmpeg = await fixtureFfmpeg(maker.media);
  });
  afterAll(async () => {
    await shop.close();
    await maker.close();
  });

  async function make(each: Case): Promise<string> {
    if (!each.rewrap) return makeClip(ffmpeg, shop.path(each.file), each.clip);
    const raw = await makeClip(ffmpeg, shop.path(`raw-${each.file}`), each.clip);
    const seek = each.file === 'edit.mp4' ? ['-ss', String(20 / 24 - 0.001)] : [];
    await run(ffmpeg, ['-v', 'error', '-y', ...seek, '-i', raw, ...each.rewrap, shop.path(each.file)]);
    return shop.path(each.file);
  }

  it('takes the sound track that was chosen, and the default one where none was', async () => {
    const { media } = shop;
    const sounds = [440, 880].map((hertz) => `sine=frequency=${hertz}:sample_rate=48000`);
    const source = await makeClip(ffmpeg, shop.path('two.mp4'), { sounds });
    const facts = await media.readFacts(source);
    if (facts.kind !== 'video') throw new Error('not a video');
    const heard = [];
    for (const soundTrack of [undefined, 1, 2]) {
      const { plan } = media.planClip(facts, { target: 'motion-video', preset: 'fast', soundTrack });
      if (!plan) throw new Error('no plan');
      const made = await media.prepareClip({ source, facts, plan });
      heard.push(Math.round((await hertzOf(ffmpeg, made.path)) / 10) * 10);
    }
    expect(heard).toEqual([440, 440, 880]);
  });

  it.each(thinned(chosen, 5))('$name', async (each) => {
    const { media } = shop;
    const source = await make(each);
    const facts = await media.readFacts(source);
    if (facts.kind !== 'video') throw new Error('not a video');
    each.check?.(facts);
    const target = each.target ?? 'motion-video';
    const trim = each.trim ? { trim: each.trim } : {};
    const { crop, pad } = each;
    const { plan, verdicts } = media.planClip(facts, { target, preset: each.preset ?? 'fast', crop, pad, ...trim });
    expect(verdicts.filter((verdict) => verdict.state === 'blocked')).toEqual([]);
    if (!plan) throw new Error('no plan');
    expect(plan.kind).toBe(each.kind);

    shop.warnings.length = 0;
    const made = await media.prepareClip({ source, facts, plan });
    // A copy that is rejected is replaced by an encode: right in the end, and not what was promised.
    if (plan.kind === 'remux') expect(shop.warnings).toEqual([]);
    const found = await media.readFacts(made.path);
    if (found.kind !== 'video') throw new Error('not a video');
    expect([found.width, found.height]).toEqual(each.size);
    expect({
      codec: found.codec,
      pixels: found.pixelFormat,
      scan: found.scan,
      rotation: found.rotationDegrees,
    }).toEqual({ codec: 'h264', pixels: 'yuv420p', scan: 'progressive', rotation: 0 });
    expect(found.sampleAspect).toEqual({ num: 1, den: 1 });
    expect(found.audio.length).toBe(facts.audio.length > 0 ? 1 : 0);
    expect(found.hasEditList).toBe(false);
    const ends = [found.durationSeconds, ...found.audio.map((track) => track.durationSeconds ?? 0)];
    expect(Math.max(...ends)).toBeLessThanOrEqual(clipLimits[target].maxSeconds + 0.001);

    // The padded strip has its blocks in the middle third: the numbers are still where the reader looks.
    const numbers = await readNumbers(ffmpeg, made.path);
    expect({ first: numbers.at(0), last: numbers.at(-1), count: numbers.length }).toEqual({
      first: each.first,
      last: each.last,
      count: each.count,
    });
    expect(plan.output.frameCount).toBe(each.count);
  });
});
