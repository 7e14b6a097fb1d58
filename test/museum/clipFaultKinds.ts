/** Clips of the museum that are damaged, locked, too short, or no clips at all; and files that change under Restage's hands. */
import { appendFile, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { h264, makeClip, oldBinaries, run } from '../fixtures/media.ts';
import { frames } from '../fixtures/prepareField.ts';
import { clip, FRAMES, kind, range, tone, whole } from './clipDraw.ts';
import type { ClipKind, ClipTools } from './kinds.ts';

const written =
  (name: string, text: string | Buffer) =>
  async ({ path }: ClipTools): Promise<string> => {
    await writeFile(path(name), text);
    return path(name);
  };

/** Keeps that share of the bytes. */
const shortened =
  (draw: ClipKind['draw'], share: number): ClipKind['draw'] =>
  async (tools) => {
    const file = await draw(tools);
    await truncate(file, Math.floor((await readFile(file)).length * share));
    return file;
  };

const parts = (name: string): ClipKind['draw'] =>
  clip(name, {
    ...{ width: 360, height: 360, rate: '30', frames: 180, audio: ['-c:a', 'alac'] },
    video: [...h264, '-g', '30', '-sc_threshold', '0', '-bf', '0'],
    output: ['-movflags', 'frag_keyframe+empty_moov', '-f', 'mov'],
  });

const secret = [
  '-encryption_key',
  '76a6c65c5ea762046bd749a2e632ccbb',
  '-encryption_kid',
  'a7e61c373e219033c21091fa607bf3b8',
];
const locked = (name: string, ...more: string[]): ClipKind['draw'] =>
  clip(name, { output: ['-encryption_scheme', 'cenc-aes-ctr', ...secret, ...more] });

const damaged: readonly ClipKind[] = [
  kind('no-moov', 'MP4, broken off before its index was written', {
    draw: shortened(clip('no-moov.mp4'), 0.8),
    isFast: true,
    expect: { verdict: 'refused', says: ['file.noIndex'] },
  }),
  kind('cut-off', 'MP4, its index first, half of it there', {
    draw: shortened(clip('cut-off.mp4', { output: ['-movflags', '+faststart'] }), 0.5),
    isFast: true,
    expect: { verdict: 'refused', says: ['file.truncated'] },
  }),
  kind('fragments-cut', 'MOV in fragments, its end missing', {
    row: 'V12',
    draw: shortened(parts('fragments-cut.mp4'), 0.8),
    expect: whole(['file.cutShort', 'clip.sound'], { numbers: range(0, 120), size: [360, 360], seconds: 4 }),
  }),
  kind('fragments-tail', 'MOV in fragments, strange bytes behind it', {
    row: 'V12',
    draw: async (tools) => {
      const file = await parts('fragments-tail.mp4')(tools);
      await appendFile(file, Buffer.alloc(100, 0xb7));
      return file;
    },
    expect: whole(['file.cutShort', 'clip.sound'], { numbers: range(0, 180), size: [360, 360], seconds: 6 }),
  }),
  kind('mkv-killed', 'Matroska, the recorder was killed', {
    draw: async (tools) => {
      const file = await clip('killed.mkv', { sounds: [], frames: 120, video: [...h264, '-bf', '0'] })(tools);
      const words = ['-v', 'error', '-show_entries', 'packet=pos', '-of', 'csv=p=0', file];
      const places = (await run(oldBinaries.ffprobe, words)).toString().split('\n').map(Number);
      // In the middle of the picture behind the last one that is whole.
      await truncate(file, (places[FRAMES] ?? 0) + 12);
      return file;
    },
    expect: whole(['clip.format'], { sound: false }),
  }),
  kind('holes', 'MP4, its pictures overwritten with nonsense', {
    draw: async (tools) => {
      const file = await clip('holes.mp4', { sounds: [], frames: 120, output: ['-movflags', '+faststart'] })(tools);
      const bytes = await readFile(file);
      const from = bytes.indexOf('mdat', 0, 'latin1') + 2_000;
      bytes.fill(0x5a, from, bytes.length - 500);
      await writeFile(file, bytes);
      return file;
    },
    trim: frames(3, 100),
    expect: { verdict: 'refused', by: 'preparing', code: 'sourceUnreadable', says: ['file.damaged'] },
  }),
];

const lockedUp: readonly ClipKind[] = [
  kind('cenc', 'MP4, encrypted (Common Encryption)', {
    draw: locked('locked.mp4'),
    isFast: true,
    expect: { verdict: 'refused', says: ['file.encrypted'] },
  }),
  kind('cenc-silent', 'MP4, encrypted, no sound', {
    draw: ({ ffmpeg, path }) =>
      makeClip(ffmpeg, path('locked-silent.mp4'), { output: ['-encryption_scheme', 'cenc-aes-ctr', ...secret] }),
    isFast: true,
    expect: { verdict: 'refused', says: ['file.encrypted'] },
  }),
];

const noClips: readonly ClipKind[] = [
  kind('text', 'Text called .mp4', {
    draw: written('letter.mp4', 'Dear editor, this is no film.\n'.repeat(50)),
    isFast: true,
    expect: { verdict: 'refused', says: ['file.notMedia'] },
  }),
  kind('empty', 'Empty file', {
    draw: written('empty.mp4', ''),
    isFast: true,
    expect: { verdict: 'refused', says: ['file.empty'] },
  }),
  kind('zeros', 'File of zeros called .mov', {
    draw: written('zeros.mov', Buffer.alloc(200_000)),
    isFast: true,
    expect: { verdict: 'refused', says: ['file.notMedia'] },
  }),
  kind('playlist', 'Playlist called .mp4', {
    draw: async (tools) => {
      const listed = await clip('listed.mp4')(tools);
      return written('list.mp4', `#EXTM3U\n#EXTINF:4,\n${listed}\n#EXT-X-ENDLIST\n`)(tools);
    },
    isFast: true,
    expect: { verdict: 'refused', says: ['file.notMedia'] },
  }),
  kind('sound-only', 'Sound without a picture', {
    draw: clip('song.m4a', { sounds: [tone], output: ['-vn'] }),
    isFast: true,
    expect: { verdict: 'refused', says: ['file.audioOnly'] },
  }),
];

const limits: readonly ClipKind[] = [
  kind('too-short', 'MP4, 2.8 seconds', {
    draw: clip('short.mp4', { frames: 70 }),
    isFast: true,
    expect: { verdict: 'blocked', says: ['clip.durationMin'] },
  }),
  kind('too-long', 'MP4, 11 seconds for orientation “image”', {
    draw: clip('long.mp4', { frames: 275 }),
    target: 'motion-image',
    isFast: true,
    expect: { verdict: 'blocked', says: ['clip.durationMax'] },
  }),
];

const changing: readonly ClipKind[] = [
  kind('grows', 'File that grows between reading and preparing', {
    draw: clip('growing.mp4'),
    disturb: (file) => appendFile(file, 'more'),
    isFast: true,
    expect: { verdict: 'refused', by: 'preparing', code: 'sourceUnreadable', says: ['file.changed'] },
  }),
  kind('vanishes', 'File that is gone between reading and preparing', {
    draw: clip('vanishing.mp4'),
    disturb: (file) => rm(file),
    isFast: true,
    expect: { verdict: 'refused', by: 'preparing', code: 'sourceMissing', says: ['file.missing'] },
  }),
  kind('nonsense', 'File that is overwritten between reading and preparing', {
    draw: clip('overwritten.mp4', { frames: FRAMES + 2 }),
    disturb: async (file) => writeFile(file, Buffer.alloc((await readFile(file)).length, 7)),
    trim: frames(1, FRAMES),
    isFast: true,
    expect: { verdict: 'refused', by: 'preparing', code: 'sourceUnreadable', says: ['file.damaged'] },
  }),
];

export const clipFaultKinds: readonly ClipKind[] = [...damaged, ...lockedUp, ...noClips, ...limits, ...changing];
