/** Clips of the museum by container and codec: what phones, cameras, editing programs, browsers and old archives write. */
import { mxfWithoutIndex, rewrap } from '../fixtures/fieldClips.ts';
import { h264 } from '../fixtures/media.ts';
import { frames } from '../fixtures/prepareField.ts';
import { clip, FRAMES, kind, RATE, range, whole } from './clipDraw.ts';
import type { ClipKind } from './kinds.ts';

const x265 = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error', '-g', '24'];
const prores = (profile: string, pixels: string) => [
  ...['-c:v', 'prores_ks', '-profile:v', profile, '-pix_fmt', pixels, '-vendor', 'apl0'],
];
const pcm = ['-c:a', 'pcm_s16le'];

const mp4: readonly ClipKind[] = [
  kind('mp4', 'MP4, H.264 and AAC', {
    draw: clip('plain.mp4'),
    isFast: true,
    expect: { verdict: 'untouched', numbers: range(0, FRAMES) },
  }),
  kind('mp4-trim-keyed', 'MP4, H.264, trimmed at a keyframe', {
    draw: clip('keyed.mp4', { frames: 110, video: [...h264, '-bf', '0'] }),
    trim: frames(24, 104),
    isFast: true,
    expect: { ...whole([]), verdict: 'copied', numbers: range(24, 104) },
  }),
  kind('mp4-trim-between', 'MP4, H.264 with B-frames, trimmed between keyframes', {
    draw: clip('between.mp4', { frames: 110, video: [...h264, '-bf', '2', '-g', '50'] }),
    trim: frames(17, 98),
    isFast: true,
    expect: whole([], { numbers: range(17, 98), seconds: 81 / RATE }),
  }),
  kind('mp4-open-gop', 'MP4, H.264 with open groups of pictures, trimmed', {
    draw: clip('open.mp4', {
      frames: 150,
      video: ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-x264-params', 'open-gop=1:keyint=25'],
    }),
    trim: frames(50, 135),
    expect: whole([], { numbers: range(50, 135), seconds: 85 / RATE }),
  }),
  kind('mov-hevc-10', 'MOV, HEVC 10 bit', {
    draw: clip('phone.mov', { video: [...x265, '-pix_fmt', 'yuv420p10le', '-tag:v', 'hvc1'] }),
    isFast: true,
    expect: whole(['clip.codec']),
  }),
  kind('mp4-mpeg4', 'MP4, MPEG-4 Part 2', {
    draw: clip('part2.mp4', { video: ['-c:v', 'mpeg4', '-q:v', '3', '-bf', '2'] }),
    expect: whole(['clip.codec']),
  }),
  kind('mp4-h264-444', 'MP4, H.264 4:4:4', {
    draw: clip('full-chroma.mp4', { video: ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv444p'] }),
    expect: whole(['clip.codec']),
  }),
];

const studio: readonly ClipKind[] = [
  kind('mov-prores-422', 'MOV, ProRes 422 and PCM', {
    draw: clip('hq.mov', { video: prores('2', 'yuv422p10le'), audio: ['-c:a', 'pcm_s24le'] }),
    expect: whole(['clip.codec', 'clip.sound']),
  }),
  kind('mov-prores-4444', 'MOV, ProRes 4444 with transparency', {
    draw: clip('alpha.mov', {
      filters: 'format=rgba,colorchannelmixer=aa=0.5,format=yuva444p10le',
      video: prores('4', 'yuva444p10le'),
      audio: pcm,
    }),
    expect: whole(['clip.codec', 'clip.transparency', 'clip.sound']),
  }),
  kind('mov-dnxhr', 'MOV, DNxHR HQ', {
    draw: clip('avid.mov', { video: ['-c:v', 'dnxhd', '-profile:v', 'dnxhr_hq', '-pix_fmt', 'yuv422p'], audio: pcm }),
    trim: frames(3, 79),
    expect: whole(['clip.codec', 'clip.sound'], { numbers: range(3, 79), seconds: 76 / RATE }),
  }),
  kind('mxf', 'MXF without index, MPEG-2', {
    row: 'V4',
    draw: ({ ffmpeg, path }) => mxfWithoutIndex(ffmpeg, path),
    trim: frames(5, 85),
    isFast: true,
    expect: whole(['clip.format', 'clip.codec', 'clip.start'], {
      ...{ numbers: range(5, 85), size: [480, 384], sound: false },
    }),
  }),
  kind('dv', 'DV, PAL', {
    draw: clip('tape.dv', {
      filters: 'scale=720:576',
      video: ['-c:v', 'dvvideo', '-pix_fmt', 'yuv420p', '-aspect', '4:3'],
      audio: [...pcm, '-ac', '2', '-ar', '48000'],
    }),
    expect: whole(['clip.format', 'clip.codec', 'clip.scan', 'clip.upright', 'clip.sound'], { size: [768, 576] }),
  }),
  kind('mov-animation', 'MOV, QuickTime Animation (RGB with transparency)', {
    draw: clip('anim.mov', { video: ['-c:v', 'qtrle', '-pix_fmt', 'argb'], audio: pcm }),
    expect: whole(['clip.codec', 'clip.color', 'clip.transparency', 'clip.sound']),
  }),
  kind('mov-mjpeg', 'MOV, Motion JPEG', {
    draw: clip('photo.mov', { video: ['-c:v', 'mjpeg', '-q:v', '3', '-pix_fmt', 'yuvj422p'], audio: pcm }),
    expect: whole(['clip.codec', 'clip.color', 'clip.sound']),
  }),
  kind('mkv-ffv1', 'Matroska, FFV1 and FLAC', {
    draw: clip('archive.mkv', { video: ['-c:v', 'ffv1', '-pix_fmt', 'yuv422p10le'], audio: ['-c:a', 'flac'] }),
    expect: whole(['clip.format', 'clip.codec', 'clip.sound']),
  }),
];

const streams: readonly ClipKind[] = [
  kind('webm-vp9', 'WebM, VP9 and Opus', {
    draw: clip('browser.webm', {
      video: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '1M'],
      audio: ['-c:a', 'libopus'],
    }),
    isFast: true,
    expect: whole(['clip.format', 'clip.codec', 'clip.sound', 'clip.start']),
  }),
  kind('webm-vp8', 'WebM, VP8 and Vorbis', {
    draw: clip('old.webm', {
      video: ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '1M'],
      audio: ['-c:a', 'libvorbis'],
    }),
    expect: whole(['clip.format', 'clip.codec', 'clip.sound', 'clip.start']),
  }),
  kind('ts', 'MPEG-TS, H.264 and AAC', {
    draw: clip('cast.ts', { frames: 100, video: [...h264, '-bf', '2'] }),
    trim: frames(7, 90),
    isFast: true,
    expect: whole(['clip.format', 'clip.start'], { numbers: range(7, 90), seconds: 83 / RATE }),
  }),
  kind('ts-wrap', 'MPEG-TS, its 33-bit clock runs over', {
    draw: clip('wrap.ts', { frames: 100, output: ['-output_ts_offset', '95441.5'] }),
    trim: frames(7, 90),
    expect: whole(['clip.format', 'clip.start'], { numbers: range(7, 90), seconds: 83 / RATE }),
  }),
  kind('ts-ac3', 'MPEG-TS, MPEG-2 and AC-3', {
    draw: clip('broadcast.ts', { video: ['-c:v', 'mpeg2video', '-q:v', '3', '-bf', '2'], audio: ['-c:a', 'ac3'] }),
    expect: whole(['clip.format', 'clip.codec', 'clip.sound', 'clip.start']),
  }),
  kind('avi', 'AVI, MPEG-4 with B-frames and MP3', {
    draw: clip('divx.avi', { video: ['-c:v', 'mpeg4', '-q:v', '3', '-bf', '2'], audio: ['-c:a', 'libmp3lame'] }),
    isFast: true,
    expect: whole(['clip.format', 'clip.codec', 'clip.sound', 'clip.start']),
  }),
  kind('avi-trim', 'AVI, MPEG-4 with B-frames, trimmed', {
    draw: clip('cut.avi', { frames: 120, video: ['-c:v', 'mpeg4', '-q:v', '3', '-bf', '2'] }),
    trim: frames(11, 93),
    expect: whole(['clip.format', 'clip.codec', 'clip.sound', 'clip.start'], {
      numbers: range(11, 93),
      seconds: 82 / RATE,
    }),
  }),
  kind('mkv-29.97', 'Matroska, millisecond stamps at 29.97', {
    // Sound without priming: beside one with it the muxer of 2018 stamps the first pictures wrong.
    draw: clip('milli.mkv', { rate: '30000/1001', frames: 120, video: [...h264, '-bf', '2'], audio: ['-c:a', 'flac'] }),
    trim: frames(5, 112),
    isFast: true,
    expect: whole(['clip.format', 'clip.sound'], {
      numbers: range(5, 112),
      seconds: (107 * 1001) / 30_000,
    }),
  }),
  kind('flv', 'Flash video, Sorenson and MP3', {
    draw: clip('web.flv', { video: ['-c:v', 'flv', '-q:v', '3'], audio: ['-c:a', 'libmp3lame', '-ar', '44100'] }),
    expect: whole(['clip.format', 'clip.codec', 'clip.sound', 'clip.start']),
  }),
  kind('wmv', 'Windows Media, WMV 8', {
    draw: clip('office.wmv', { video: ['-c:v', 'wmv2', '-q:v', '3'], audio: ['-c:a', 'wmav2', '-ac', '2'] }),
    expect: whole(['clip.format', 'clip.codec', 'clip.sound', 'clip.start']),
  }),
  kind('ogv', 'Ogg, Theora and Vorbis', {
    draw: clip('wiki.ogv', { video: ['-c:v', 'libtheora', '-q:v', '8'], audio: ['-c:a', 'libvorbis'] }),
    expect: whole(['clip.format', 'clip.codec', 'clip.sound']),
  }),
  kind('raw-h264', 'H.264 without a container', {
    draw: clip('stream.h264', { sounds: [], video: [...h264, '-bf', '0'] }),
    expect: whole(['clip.format'], { sound: false }),
  }),
  kind('ts-to-mkv', 'Matroska, taken from a stream whose clock begins late', {
    draw: async (tools) => rewrap(tools.ffmpeg, await clip('late.ts')(tools), tools.path('late.mkv'), ['-copyts']),
    expect: whole(['clip.format', 'clip.start']),
  }),
];

export const clipCodecKinds: readonly ClipKind[] = [...mp4, ...studio, ...streams];
