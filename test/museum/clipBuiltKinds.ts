/** Clips of the museum that are built by hand: old and new ways of storing that no encoder at hand knows, and what cameras write beside the picture. */
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { box } from '../fixtures/boxes.ts';
import { withSampleEntryBox } from '../fixtures/fieldClips.ts';
import { run } from '../fixtures/media.ts';
import { withPackedBFrames, withSecondView } from './builtFiles.ts';
import { clip, FRAMES, kind, range, whole } from './clipDraw.ts';
import type { ClipKind, ClipTools } from './kinds.ts';

const quiet = ['-v', 'error', '-y'];
const copied = (says: readonly string[] = ['clip.metadata']) => ({ ...whole(says), verdict: 'copied' as const });

/** Subtitles under the names of a camera's own tracks: no muxer writes what the camera does. */
const withTracks =
  (name: string, words: string, tags: readonly string[]) =>
  async (tools: ClipTools): Promise<string> => {
    const made = await clip(`plain-${name}`)(tools);
    const lines = tools.path(`${name}.srt`);
    await writeFile(lines, `1\n00:00:00,000 --> 00:00:03,000\n${words}\n`);
    const output = tools.path(name);
    const inputs = ['-i', made, ...tags.flatMap(() => ['-i', lines])];
    const maps = ['-map', '0', ...tags.flatMap((_, n) => ['-map', String(n + 1)])];
    await run(tools.ffmpeg, [...quiet, ...inputs, ...maps, '-c', 'copy', '-c:s', 'mov_text', output]);
    let text = (await readFile(output)).toString('latin1').replaceAll('sbtl', 'meta');
    for (const tag of tags) text = text.replace('tx3g', tag);
    await writeFile(output, text, 'latin1');
    return output;
  };

const tagged =
  (name: string, tags: Readonly<Record<string, string>>) =>
  async (tools: ClipTools): Promise<string> => {
    const made = await clip(`plain-${name}`)(tools);
    const output = tools.path(name);
    const words = Object.entries(tags).flatMap(([key, value]) => ['-metadata', `${key}=${value}`]);
    const flags = ['-c', 'copy', '-movflags', '+use_metadata_tags'];
    await run(tools.ffmpeg, [...quiet, '-i', made, ...flags, ...words, output]);
    return output;
  };

const xmpId = Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex');

const told: readonly ClipKind[] = [
  kind('camera-data', 'MP4, a camera’s own data track beside the picture (GoPro)', {
    draw: withTracks('action.mp4', 'DEVC', ['gpmd']),
    isFast: true,
    expect: { ...copied(), absent: 'DEVC' },
  }),
  kind('drone-data', 'MP4, two data tracks beside the picture (DJI)', {
    draw: withTracks('drone.mp4', 'dji 35.6586 139.7454', ['djmd', 'dbgi']),
    expect: { ...copied(), absent: '139.7454' },
  }),
  kind('place', 'MP4, the place where it was recorded (Android)', {
    row: 'P3',
    draw: tagged('street.mp4', { location: '+35.6586+139.7454/' }),
    isFast: true,
    expect: { ...copied(), absent: '139.7454' },
  }),
  kind('place-quicktime', 'MOV, place and camera (iPhone)', {
    row: 'P3',
    draw: tagged('street.mov', {
      'com.apple.quicktime.location.ISO6709': '+35.6586+139.7454+017.000/',
      'com.apple.quicktime.make': 'Apple',
    }),
    expect: { ...copied(), absent: '139.7454' },
  }),
  kind('xmp', 'MP4, an editing program’s notes beside the picture (XMP)', {
    row: 'P3',
    draw: async (tools) => {
      const made = await clip('edited-plain.mp4')(tools);
      const output = tools.path('edited.mp4');
      const packet = box('uuid', xmpId, Buffer.from('<x:xmpmeta>/Users/someone/Secret.prproj</x:xmpmeta>'));
      await writeFile(output, Buffer.concat([await readFile(made), packet]));
      return output;
    },
    expect: { ...copied(), absent: 'Secret.prproj' },
  }),
];

export const clipBuiltKinds: readonly ClipKind[] = [
  ...told,
  kind('avi-packed', 'AVI, MPEG-4 with packed B-frames (DivX 5)', {
    draw: async (tools) => {
      const video = ['-c:v', 'mpeg4', '-q:v', '3', '-bf', '1', '-vtag', 'DX50'];
      const made = await clip('unpacked.avi', { video, audio: ['-c:a', 'libmp3lame'] })(tools);
      const output = tools.path('packed.avi');
      await writeFile(output, withPackedBFrames(await readFile(made)));
      return output;
    },
    isFast: true,
    expect: whole(['clip.format', 'clip.codec', 'clip.sound', 'clip.start']),
  }),
  kind('spatial', 'MOV, HEVC in two views (spatial video)', {
    draw: async (tools) => {
      const params = ['-x265-params', 'log-level=error', '-g', '24', '-tag:v', 'hvc1'];
      const video = ['-c:v', 'libx265', '-preset', 'ultrafast', ...params];
      const made = await clip('one-view.mov', { sounds: [], video })(tools);
      const output = tools.path('spatial.mov');
      await writeFile(output, withSecondView(await readFile(made)));
      // What says that there are two eyes to it [Apple, "Apple HEVC Stereo Video"].
      return withSampleEntryBox(output, 'hvc1', box('vexu', box('eyes', box('stri', Buffer.from([0, 0, 0, 0, 3])))));
    },
    expect: whole(['clip.codec'], { sound: false }),
  }),
  kind('read-only', 'MP4 that can only be read, in a folder that can only be read', {
    draw: clip('archive.mp4'),
    disturb: async (file) => {
      await chmod(file, 0o444);
      await chmod(dirname(file), 0o555);
    },
    expect: { verdict: 'untouched', numbers: range(0, FRAMES) },
  }),
];
