/** Clips of the museum by what is odd about their rate and their clock. */
import { headlessStream, joinedStreams } from '../fixtures/fieldClips.ts';
import { h264, run } from '../fixtures/media.ts';
import { frames } from '../fixtures/prepareField.ts';
import { clip, FRAMES, kind, RATE, range, tone, whole } from './clipDraw.ts';
import type { ClipKind } from './kinds.ts';

const codec = (encoder: string, ...rest: string[]) => ['-c:v', encoder, ...rest];

/** Of thirty pictures a second every fifth is missing: the one before it stays. */
const stays = (n: number) => (n % 5 === 3 ? n - 1 : n);

/** Beside sound with a priming the first of two streams begins later by it: so much do both claim. */
const joined = (bFrames: string) => {
  const part = { sounds: [tone], video: [...h264, '-bf', bFrames] };
  return { rate: '25', frames: 50, first: part, second: part, isContinuous: true };
};

const below = ['-output_ts_offset', '-0.4', '-avoid_negative_ts', 'disabled'];

export const clipClockKinds: readonly ClipKind[] = [
  kind('240-fps', 'MP4, 240 pictures a second', {
    draw: clip('slow-motion.mp4', { rate: '240', frames: 800, width: 360, height: 360 }),
    expect: whole(['clip.frameRate'], {
      ...{ numbers: range(0, 100).map((n) => n * 8), size: [360, 360], seconds: 100 / 30 },
    }),
  }),
  kind('59.94', 'MOV, 59.94 with a drop-frame timecode track beside the picture', {
    draw: clip('drop.mov', { rate: '60000/1001', frames: 220, output: ['-timecode', '00:00:59;50'] }),
    expect: { verdict: 'untouched', numbers: range(0, 220) },
  }),
  kind('59.94-trim', 'MOV, 59.94 with a timecode track, trimmed between keyframes', {
    draw: clip('drop-cut.mov', { rate: '60000/1001', frames: 220, output: ['-timecode', '00:00:59;50'] }),
    trim: frames(5, 215),
    isFast: true,
    expect: whole([], { numbers: range(0, 105).map((n) => 5 + n * 2), seconds: (105 * 1001) / 30_000 }),
  }),
  kind('59.94-keyed', 'MOV, 59.94 with a timecode track, trimmed at a keyframe', {
    draw: clip('drop-keyed.mov', { rate: '60000/1001', frames: 220, output: ['-timecode', '00:00:59;50'] }),
    trim: frames(12, 204),
    expect: { ...whole([]), verdict: 'copied', numbers: range(12, 204), seconds: (192 * 1001) / 60_000 },
  }),
  kind('12-fps', 'MP4, 12 pictures a second', {
    draw: clip('cartoon.mp4', { rate: '12', frames: 40 }),
    expect: whole(['clip.frameRate'], { numbers: range(0, 80).map((n) => Math.floor(n / 2)), seconds: 40 / 12 }),
  }),
  kind('variable', 'MOV, thousandths of a second, variable stamps', {
    draw: clip('screen.mov', {
      ...{ rate: '30', frames: 120, filters: "select='not(eq(mod(n,5),3))'", sounds: [tone] },
      output: ['-vsync', 'vfr', '-video_track_timescale', '1000'],
    }),
    isFast: true,
    expect: whole(['clip.frameRate'], {
      numbers: range(0, 96).map((n) => stays(Math.floor((n * 30) / 24))),
      seconds: 4,
    }),
  }),
  kind('gif', 'GIF, its last picture held', {
    row: 'V9',
    draw: clip('held.gif', {
      ...{ width: 360, height: 360, rate: '10', frames: 20, sounds: [], video: codec('gif') },
      output: ['-final_delay', '300'],
    }),
    isFast: true,
    expect: whole(['clip.format', 'clip.codec', 'clip.color', 'clip.frameRate'], {
      ...{ numbers: range(0, 147).map((n) => Math.min(19, Math.floor(n / 3))), size: [360, 360], seconds: 4.9 },
      sound: false,
    }),
  }),
  kind('edit-list', 'MP4, an edit list hides its first pictures', {
    draw: async (tools) => {
      const made = await clip('uncut.mp4', { frames: 120, video: [...h264, '-g', '48', '-bf', '0'] })(tools);
      const cut = tools.path('edit.mp4');
      await run(tools.ffmpeg, ['-v', 'error', '-y', '-ss', '0.799', '-i', made, '-c', 'copy', cut]);
      return cut;
    },
    isFast: true,
    expect: whole(['clip.start'], { numbers: range(20, 120), seconds: 100 / RATE }),
  }),
  kind('late-picture', 'MP4, the picture begins after the sound', {
    draw: async (tools) => {
      const made = await clip('early-sound.mp4')(tools);
      const late = tools.path('late-picture.mp4');
      const inputs = ['-itsoffset', '0.5', '-i', made, '-i', made];
      await run(tools.ffmpeg, ['-v', 'error', '-y', ...inputs, '-map', '0:v', '-map', '1:a', '-c', 'copy', late]);
      return late;
    },
    expect: whole(['clip.start', 'clip.sound']),
  }),
  kind('headless', 'MPEG-TS, begins with pictures that lean on missing ones', {
    row: 'V11',
    draw: ({ ffmpeg, path }) => headlessStream(ffmpeg, path),
    expect: whole(['clip.format', 'clip.start'], {
      ...{ numbers: range(90, 240), size: [360, 360], seconds: 5, sound: false },
    }),
  }),
  kind('clock-anew', 'MPEG-TS, two recordings joined, the clock begins anew', {
    row: 'V3',
    draw: ({ ffmpeg, path }) =>
      joinedStreams(ffmpeg, path, 'anew', { rate: '25', frames: 50, first: {}, second: {}, isContinuous: false }),
    expect: { verdict: 'refused', says: ['file.clock'] },
  }),
  kind('clock-back', 'MPEG-TS, two recordings joined, the second one begins before the first one has ended', {
    row: 'V3',
    draw: ({ ffmpeg, path }) => joinedStreams(ffmpeg, path, 'back', joined('2')),
    isFast: true,
    expect: { verdict: 'blocked', says: ['clip.clock'] },
  }),
  kind('sound-overlap', 'MPEG-TS, two recordings joined, the sound of both claims the same time', {
    row: 'V2',
    draw: ({ ffmpeg, path }) => joinedStreams(ffmpeg, path, 'overlap', joined('0')),
    expect: whole(['clip.format', 'clip.frameRate', 'clip.start', 'clip.soundOverlap'], {
      ...{ numbers: range(0, 99), seconds: 99 / RATE },
    }),
  }),
  kind('negative-decode', 'MP4, B-frames that are shown before the file begins to decode (negative offsets)', {
    draw: clip('negative.mp4', { video: [...h264, '-bf', '2'], output: ['-movflags', 'negative_cts_offsets'] }),
    expect: { verdict: 'untouched', numbers: range(0, FRAMES) },
  }),
  kind('negative-start', 'MOV, its first pictures lie before zero, where no player shows them', {
    draw: clip('below.mov', { frames: FRAMES + 10, video: [...h264, '-bf', '0'], output: below }),
    expect: whole(['clip.start'], { numbers: range(10, FRAMES + 10) }),
  }),
  kind('negative-mkv', 'Matroska, its first pictures lie before zero and are left without a stamp', {
    draw: clip('below.mkv', { frames: FRAMES + 10, video: [...h264, '-bf', '0'], output: below }),
    expect: { verdict: 'refused', by: 'preparing', code: 'sourceUnreadable', says: ['clip.content'] },
  }),
];
