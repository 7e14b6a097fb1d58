/** Clips of the museum by what is odd about their sound. */
import { readFile, writeFile } from 'node:fs/promises';
import { beeps, emptySoundClip, fragmentedClip, withBrokenSound } from '../fixtures/fieldClips.ts';
import { h264, oldBinaries, run } from '../fixtures/media.ts';
import { frames } from '../fixtures/prepareField.ts';
import { clip, FRAMES, kind, RATE, range, tone, whole } from './clipDraw.ts';
import type { ClipKind, ClipTools } from './kinds.ts';

const untouched = { verdict: 'untouched', numbers: range(0, FRAMES) } as const;
/** Cut off in the middle, so that it is encoded whatever its sound is. */
const cut = { trim: frames(5, 85) };
const cutNumbers = { numbers: range(5, 85) };

/**
 * FFmpeg's own encoder says "no SBR" behind the configuration of AAC-LC; here it says "SBR at 48 kHz" (ISO 14496-3, 1.6.5). A decoder
 * doubles the rate: HE-AAC whose upper half is silent.
 */
async function heAac(tools: ClipTools): Promise<string> {
  const file = await clip('he.mp4', { audio: ['-c:a', 'aac', '-b:a', '48k', '-ar', '24000', '-ac', '2'] })(tools);
  const bytes = await readFile(file);
  const at = bytes.indexOf(Buffer.from('131056e500', 'hex'));
  if (at < 0) throw new Error('no configuration of AAC');
  bytes[at + 4] = 0x98;
  await writeFile(file, bytes);
  return file;
}

/** The picture of one clip beside the sound of another, or of one that begins later. */
async function together(tools: ClipTools, name: string, picture: string, sound: readonly string[]): Promise<string> {
  const output = tools.path(name);
  const maps = ['-map', '0:v', '-map', '1:a', '-c', 'copy'];
  await run(tools.ffmpeg, ['-v', 'error', '-y', '-i', picture, ...sound, ...maps, output]);
  return output;
}

const codecs: readonly ClipKind[] = [
  kind('no-sound', 'MP4, no sound', { draw: clip('silent.mp4', { sounds: [] }), isFast: true, expect: untouched }),
  kind('no-sound-trim', 'MP4, no sound, trimmed between keyframes', {
    draw: clip('silent-cut.mp4', { sounds: [], frames: 90 }),
    ...cut,
    expect: whole([], { ...cutNumbers, sound: false }),
  }),
  kind('he-aac', 'MP4, HE-AAC', { draw: heAac, expect: untouched }),
  kind('he-aac-trim', 'MP4, HE-AAC, its start trimmed away', {
    draw: heAac,
    trim: frames(2, FRAMES),
    expect: whole([], { numbers: range(2, FRAMES), seconds: 78 / RATE }),
  }),
  kind('surround', 'MP4, AAC 5.1', {
    draw: clip('surround.mp4', { sounds: [`${tone},aformat=channel_layouts=5.1`], audio: ['-c:a', 'aac'] }),
    expect: whole(['clip.sound']),
  }),
  kind('mono-8k', 'MP4, AAC mono at 8 kHz, trimmed', {
    draw: clip('mono.mp4', { frames: 90, audio: ['-c:a', 'aac', '-ar', '8000', '-ac', '1'] }),
    ...cut,
    expect: whole([], cutNumbers),
  }),
  kind('pcm-24', 'MOV, PCM 24 bit', {
    draw: clip('field-recorder.mov', { audio: ['-c:a', 'pcm_s24le'] }),
    isFast: true,
    expect: whole(['clip.sound']),
  }),
  kind('mp3', 'MP4, MP3', { draw: clip('mp3.mp4', { audio: ['-c:a', 'libmp3lame'] }), expect: whole(['clip.sound']) }),
  kind('opus', 'MP4, Opus', {
    draw: clip('opus.mp4', { audio: ['-c:a', 'libopus', '-strict', '-2'] }),
    expect: whole(['clip.sound']),
  }),
  kind('alac', 'MOV, Apple Lossless', {
    draw: clip('alac.mov', { audio: ['-c:a', 'alac'] }),
    expect: whole(['clip.sound']),
  }),
  kind('eac3', 'MP4, E-AC-3', {
    draw: clip('eac3.mp4', { audio: ['-c:a', 'eac3'] }),
    expect: whole(['clip.sound']),
  }),
];

const tracks: readonly ClipKind[] = [
  kind('two-tracks', 'MP4, two sound tracks, the first one taken', {
    draw: clip('tracks.mp4', { sounds: [tone, 'anullsrc=r=48000:cl=stereo'] }),
    expect: whole(['clip.sound']),
  }),
  kind('second-track', 'MP4, two sound tracks, the second one ordered', {
    draw: clip('other-track.mp4', { sounds: ['anullsrc=r=48000:cl=stereo', tone] }),
    soundTrack: 2,
    expect: whole(['clip.sound']),
  }),
  kind('third-track', 'MP4, two sound tracks, a third one ordered', {
    draw: clip('no-track.mp4', { sounds: [tone, tone] }),
    soundTrack: 3,
    isFast: true,
    expect: { verdict: 'blocked', says: ['clip.soundTrack'] },
  }),
  kind('without', 'MP4, its sound left out by choice', {
    draw: clip('left-out.mp4'),
    soundTrack: 0,
    expect: whole(['clip.sound'], { sound: false }),
  }),
  kind('empty-sound', 'MP4, a sound track without a sample', {
    row: 'V5',
    draw: ({ ffmpeg, path }) => emptySoundClip(ffmpeg, path),
    expect: whole(['clip.soundEmpty'], { numbers: range(0, 96), seconds: 4, sound: false }),
  }),
  kind('broken-sound', 'Matroska, sound that cannot be decoded', {
    row: 'V5',
    draw: async (tools) =>
      withBrokenSound(
        await clip('broken.mkv', { sounds: [beeps], audio: ['-c:a', 'flac'] })(tools),
        oldBinaries.ffprobe,
      ),
    expect: { verdict: 'refused', by: 'preparing', code: 'sourceUnreadable', says: ['clip.soundDamaged'] },
  }),
];

const places: readonly ClipKind[] = [
  kind('late-sound', 'MP4, sound that begins a second late', {
    draw: async (tools) => {
      const made = await clip('on-time.mp4')(tools);
      return together(tools, 'late-sound.mp4', made, ['-itsoffset', '1', '-i', made]);
    },
    isFast: true,
    expect: whole(['clip.sound'], { sound: 1 }),
  }),
  kind('late-sound-trim', 'MPEG-TS, sound that begins a second late, trimmed', {
    draw: async (tools) => {
      const made = await clip('on-time-90.mp4', { frames: 90 })(tools);
      return together(tools, 'late-sound.ts', made, ['-itsoffset', '1', '-i', made]);
    },
    ...cut,
    expect: whole(['clip.format', 'clip.sound', 'clip.start'], { ...cutNumbers, sound: 1 - 5 / RATE }),
  }),
  kind('long-sound', 'MP4, sound a second longer than the picture', {
    draw: async (tools) => {
      const long = await clip('long.mp4', { frames: FRAMES + RATE })(tools);
      return together(tools, 'long-sound.mp4', await clip('short.mp4')(tools), ['-i', long]);
    },
    expect: untouched,
  }),
  kind('long-sound-trim', 'MP4, sound a second longer than the picture, its start trimmed away', {
    draw: async (tools) => {
      const long = await clip('long.mp4', { frames: FRAMES + RATE })(tools);
      return together(tools, 'long-sound.mp4', await clip('short.mp4')(tools), ['-i', long]);
    },
    trim: frames(2, FRAMES),
    expect: whole([], { numbers: range(2, FRAMES), seconds: 78 / RATE }),
  }),
  kind('short-sound', 'MP4, sound that ends a second before the picture, trimmed', {
    draw: async (tools) => {
      const short = await clip('sixty.mp4', { frames: 60 })(tools);
      return together(tools, 'short-sound.mp4', await clip('ninety.mp4', { frames: 90 })(tools), ['-i', short]);
    },
    ...cut,
    expect: whole([], cutNumbers),
  }),
  kind('fragments', 'MOV in fragments, the sound behind the picture, trimmed', {
    row: 'V1',
    draw: ({ ffmpeg, path }) => fragmentedClip(ffmpeg, path),
    trim: frames(31, 151),
    isFast: true,
    expect: whole(['clip.sound'], { numbers: range(31, 151), size: [360, 360], seconds: 4 }),
  }),
  kind('keyed-sound', 'MP4, sound behind the picture, trimmed at keyframes', {
    row: 'V1',
    draw: clip('gop-60.mp4', {
      ...{ width: 360, height: 360, rate: '30', frames: 240 },
      video: [...h264, '-g', '60', '-sc_threshold', '0', '-bf', '0'],
    }),
    trim: frames(60, 180),
    expect: { ...whole([]), verdict: 'copied', numbers: range(60, 180), size: [360, 360], seconds: 4 },
  }),
];

export const clipSoundKinds: readonly ClipKind[] = [...codecs, ...tracks, ...places];
