/** Clips of the museum by what is odd about their picture: rate and clock, size and shape, scan, colours, streams beside it. */
import { writeFile } from 'node:fs/promises';
import { dolbyVisionBox, joinedStreams, withMatrix, withSampleEntryBox } from '../fixtures/fieldClips.ts';
import { h264, run } from '../fixtures/media.ts';
import { makePatches } from '../fixtures/patches.ts';
import { frames } from '../fixtures/prepareField.ts';
import { clip, FRAMES, kind, RATE, range, whole } from './clipDraw.ts';
import { fieldCodedH264 } from './fieldCodedH264.ts';
import type { ClipKind, ClipTools } from './kinds.ts';

const codec = (encoder: string, ...rest: string[]) => ['-c:v', encoder, ...rest];
const x264 = (pixels: string) => codec('libx264', '-preset', 'ultrafast', '-pix_fmt', pixels, '-g', '12');
const x265 = (params: string) => [
  ...codec('libx265', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p10le', '-g', '24', '-tag:v', 'hvc1'),
  ...['-x265-params', `log-level=error${params}`],
];
const tags = (primaries: string, transfer: string, matrix: string) => [
  ...['-color_primaries', primaries, '-color_trc', transfer, '-colorspace', matrix],
];
const mpeg2 = codec('mpeg2video', '-q:v', '2', '-flags', '+ilme+ildct', '-top', '1', '-g', '12');

const scans: readonly ClipKind[] = [
  kind('interlaced', 'MPEG program stream, MPEG-2 interlaced', {
    draw: clip('disc.mpg', {
      filters: 'scale=720:576,setfield=tff',
      video: [...mpeg2, '-aspect', '16:9'],
      audio: ['-c:a', 'mp2', '-ar', '48000'],
    }),
    expect: whole(['clip.format', 'clip.codec', 'clip.scan', 'clip.upright', 'clip.sound', 'clip.start'], {
      size: [1024, 576],
    }),
  }),
  kind('telecine', 'MPEG-TS, film at 29.97 by 3:2 pulldown', {
    isMixed: true,
    draw: clip('film.ts', {
      rate: '24000/1001',
      filters: 'telecine=first_field=top:pattern=23,setfield=tff',
      video: mpeg2,
    }),
    // The first field of each picture is the one that is shown: of five pictures the second and third have the same.
    expect: whole(['clip.format', 'clip.codec', 'clip.scan', 'clip.start'], {
      numbers: range(0, 100).map((n) => Math.floor(n / 5) * 4 + ([0, 1, 1, 2, 3][n % 5] ?? 0)),
      seconds: (100 * 1001) / 30_000,
    }),
  }),
];

const inFieldsShown = { numbers: range(5, 85), size: [384, 352] } as const;

/** Each field is a packet of its own, as a recorder's stream becomes by a copy. */
const inFields =
  (name: string): ClipKind['draw'] =>
  async ({ ffmpeg, path }) => {
    await writeFile(path('fields.h264'), fieldCodedH264(FRAMES + 10));
    const copy = ['-r', String(RATE * 2), '-i', path('fields.h264'), '-c', 'copy', path(name)];
    await run(ffmpeg, ['-v', 'error', '-y', ...copy]);
    return path(name);
  };

const fields: readonly ClipKind[] = [
  kind('paff-ts', 'MPEG-TS, H.264, each picture in two fields (PAFF)', {
    row: 'V10',
    draw: inFields('camcorder.ts'),
    trim: frames(5, 85),
    expect: whole(['clip.format', 'clip.scan', 'clip.start'], { ...inFieldsShown, sound: false }),
  }),
  kind('paff-mp4', 'MP4, H.264, each picture in two fields (PAFF), and no word of it', {
    row: 'V10',
    draw: inFields('camcorder.mp4'),
    trim: frames(5, 85),
    isFast: true,
    expect: whole(['clip.scan'], { ...inFieldsShown, sound: false }),
  }),
];

const shapes: readonly ClipKind[] = [
  kind('odd', 'MP4, odd sides, 1081 × 607', {
    draw: clip('odd.mp4', {
      ...{ width: 1080, height: 606, filters: 'format=yuv444p,pad=1081:607:0:0:color=gray', video: x264('yuv444p') },
    }),
    expect: whole(['clip.codec', 'clip.evenSides'], { size: [1080, 606] }),
  }),
  kind('vast', 'MP4, 10000 × 400', {
    draw: clip('ticker.mp4', { width: 10_000, height: 400 }),
    expect: whole(['clip.sideMax', 'clip.shape'], { size: [3850, 340], grey: null }),
  }),
  kind('small', 'MP4, 320 × 240', {
    draw: clip('small.mp4', { width: 320, height: 240 }),
    isFast: true,
    expect: whole(['clip.sideMin'], { size: [454, 340] }),
  }),
  kind('turned', 'MP4, turned by its matrix', {
    draw: async (tools) => withMatrix(await clip('turned.mp4', { filters: 'transpose=2' })(tools), [0, 1, -1, 0]),
    isFast: true,
    expect: whole(['clip.upright']),
  }),
  kind('mirrored', 'MP4, mirrored by its matrix', {
    row: 'V13',
    draw: async (tools) => withMatrix(await clip('mirrored.mp4', { filters: 'hflip' })(tools), [-1, 0, 0, 1]),
    expect: whole(['clip.upright']),
  }),
  kind('aspect', 'MP4, pixels of 4:3', {
    draw: clip('anamorphic.mp4', { width: 360, filters: 'setsar=4/3' }),
    expect: whole(['clip.upright']),
  }),
  kind('size-change', 'MPEG-TS, the picture changes its size on the way', {
    row: 'V2',
    draw: ({ ffmpeg, path }) =>
      joinedStreams(ffmpeg, path, 'size', {
        ...{ rate: '25', frames: 50, first: {}, second: { width: 960, height: 720 }, isContinuous: true },
      }),
    expect: whole(['clip.format', 'clip.start'], { numbers: range(0, 100), seconds: 4, sound: false }),
  }),
  kind('shape-change', 'MPEG-TS, the picture changes its shape on the way', {
    row: 'V2',
    draw: ({ ffmpeg, path }) =>
      joinedStreams(ffmpeg, path, 'shape', {
        ...{ rate: '25', frames: 80, first: {}, second: { width: 360, height: 360 }, isContinuous: true },
      }),
    expect: { verdict: 'refused', by: 'preparing', says: ['clip.changes'] },
  }),
];

const dolby = async (tools: ClipTools, profile: number, compatibility: number) =>
  withSampleEntryBox(
    await clip(`dolby-${profile}.mp4`, { sounds: [], video: x265('') })(tools),
    'hvc1',
    dolbyVisionBox(profile, compatibility),
  );

const colours: readonly ClipKind[] = [
  kind('full-range', 'MP4, full range', {
    draw: clip('full.mp4', { filters: 'scale=out_range=full', video: [...x264('yuvj420p'), '-color_range', 'pc'] }),
    isFast: true,
    expect: whole(['clip.color']),
  }),
  kind('bt601', 'MP4, BT.601 of standard definition', {
    draw: clip('sd.mp4', { video: [...h264, ...tags('bt470bg', 'smpte170m', 'bt470bg')] }),
    expect: { verdict: 'untouched', numbers: range(0, FRAMES) },
  }),
  kind('bt601-trim', 'MP4, BT.601 of standard definition, trimmed between keyframes', {
    draw: clip('sd-cut.mp4', { frames: 90, video: [...h264, ...tags('bt470bg', 'smpte170m', 'bt470bg')] }),
    trim: frames(5, 85),
    expect: whole([], { numbers: range(5, 85) }),
  }),
  kind('p3', 'MP4, Display P3', {
    draw: clip('p3.mp4', { video: [...h264, ...tags('smpte432', 'bt709', 'bt709')] }),
    expect: whole(['clip.color']),
  }),
  kind('hlg', 'MP4, HEVC HDR (HLG)', {
    draw: clip('hlg.mp4', { video: x265(':colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc') }),
    expect: whole(['clip.codec', 'clip.color'], { grey: null }),
  }),
  kind('pq', 'MP4, HEVC HDR10 (PQ)', {
    draw: clip('pq.mp4', { video: x265(':colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc') }),
    expect: whole(['clip.codec', 'clip.color'], { grey: null }),
  }),
  kind('dolby-5', 'MP4, Dolby Vision 5', {
    row: 'V8',
    draw: (tools) => dolby(tools, 5, 0),
    isFast: true,
    expect: { verdict: 'blocked', says: ['clip.dolbyVision'] },
  }),
  kind('wide-unsaid', 'MP4, BT.2020 without a curve', {
    row: 'V7',
    draw: ({ ffmpeg, path }) =>
      makePatches(ffmpeg, path('wide.mp4'), {
        ...{ primaries: '2020', matrix: '2020_ncl', pixelFormat: 'yuv444p', encoder: x264('yuv444p') },
        tags: tags('bt2020', 'unknown', 'bt2020nc'),
      }),
    expect: { verdict: 'blocked', says: ['clip.colorUnknown'] },
  }),
];

const beside: readonly ClipKind[] = [
  kind('cover-first', 'MP4, cover art before the picture', {
    draw: async (tools) => {
      const made = await clip('uncovered.mp4')(tools);
      const [cover, output] = [tools.path('cover.jpg'), tools.path('covered.mp4')];
      const still = ['-f', 'lavfi', '-i', 'color=red:s=400x400:r=1:d=1', '-frames:v', '1'];
      await run(tools.ffmpeg, ['-v', 'error', '-y', ...still, cover]);
      const maps = ['-map', '1:v', '-map', '0', '-c', 'copy', '-disposition:v:0', 'attached_pic'];
      await run(tools.ffmpeg, ['-v', 'error', '-y', '-i', made, '-i', cover, ...maps, output]);
      return output;
    },
    isFast: true,
    pictureStream: '0:V:0', // builds put the cover before or after it

    expect: whole(['clip.streams']),
  }),
  kind('two-pictures', 'Matroska, two picture streams, the second one the default', {
    draw: async (tools) => {
      const first = await clip('angle-1.mp4', { firstNumber: 1_000, width: 600, height: 450 })(tools);
      const second = await clip('angle-2.mp4', { sounds: [] })(tools);
      const output = tools.path('angles.mkv');
      const maps = ['-map', '0:v', '-map', '1:v', '-map', '0:a', '-c', 'copy'];
      const choice = ['-disposition:v:0', '0', '-disposition:v:1', 'default'];
      await run(tools.ffmpeg, ['-v', 'error', '-y', '-i', first, '-i', second, ...maps, ...choice, output]);
      return output;
    },
    pictureStream: '0:v:1',
    expect: whole(['clip.format', 'clip.streams', 'clip.start']),
  }),
  kind('subtitles', 'Matroska, subtitles and chapters beside the picture', {
    draw: async (tools) => {
      const made = await clip('plain-with-words.mp4')(tools);
      await writeFile(tools.path('words.srt'), '1\n00:00:00,500 --> 00:00:01,500\nA word.\n');
      const output = tools.path('words.mkv');
      const inputs = ['-i', made, '-i', tools.path('words.srt')];
      await run(tools.ffmpeg, ['-v', 'error', '-y', ...inputs, '-map', '0', '-map', '1', '-c', 'copy', output]);
      return output;
    },
    expect: whole(['clip.format', 'clip.start']),
  }),
];

export const clipPictureKinds: readonly ClipKind[] = [...scans, ...fields, ...shapes, ...colours, ...beside];
