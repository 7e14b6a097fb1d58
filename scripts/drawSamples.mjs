/** Draws the sample project: samples/dance.mp4 and samples/wanderer.jpg. `node scripts/drawSamples.mjs`; needs only ffmpeg and sharp. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { dancer, wanderer } from './samples/costumes.mjs';
import { danceSeconds, poseAt } from './samples/dance.mjs';
import { drawFigure } from './samples/figure.mjs';
import { renderMusic, sampleRate } from './samples/music.mjs';
import { jointsOf } from './samples/skeleton.mjs';
import { dusk, stage, svg } from './samples/stage.mjs';
import { findInPath, inRoot, say } from './setup/paths.mjs';

const width = 720;
const height = 1280;
const framesPerSecond = 30;
const restPose = {
  x: 0,
  drop: 2,
  lean: 0,
  head: 0,
  hips: 0,
  arms: [
    [38, 14],
    [38, 14],
  ],
  feet: [
    [-58, 0],
    [58, 0],
  ],
};

/** One frame of the dance as raw RGB. */
async function drawFrame(frame) {
  const seconds = frame / framesPerSecond;
  const joints = jointsOf(poseAt(seconds), width / 2);
  // The head and the hair arrive a little later than the body that carries them.
  const follow = jointsOf(poseAt(seconds, 0.22), width / 2);
  const isBlinking = [1.4, 3.9, 4.2].some((start) => seconds >= start && seconds < start + 0.13);
  const picture = svg(stage(seconds, joints) + drawFigure(joints, dancer, follow, isBlinking ? 1 : 0));
  return sharp(Buffer.from(picture)).removeAlpha().raw().toBuffer();
}

async function drawDance(file, musicFile) {
  const ffmpeg = findInPath('ffmpeg');
  if (!ffmpeg) throw new Error('ffmpeg was not found in PATH');
  const video = [
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgb24',
    '-s',
    `${width}x${height}`,
    '-r',
    String(framesPerSecond),
    '-i',
    'pipe:0',
  ];
  const audio = ['-f', 's16le', '-ar', String(sampleRate), '-ac', '2', '-i', musicFile];
  const color = [
    '-vf',
    'scale=out_color_matrix=bt709:out_range=tv',
    '-colorspace',
    'bt709',
    '-color_primaries',
    'bt709',
    '-color_trc',
    'bt709',
    '-color_range',
    'tv',
  ];
  // No B-frames: the first frame is shown at 0 without an edit list. A keyframe every second makes seeking lively.
  const encode = [
    '-c:v',
    'libx264',
    '-preset',
    'slow',
    '-crf',
    '25',
    '-bf',
    '0',
    '-g',
    '30',
    '-tune',
    'animation',
    '-pix_fmt',
    'yuv420p',
    '-c:a',
    'aac',
    '-b:a',
    '96k',
  ];
  const output = ['-map', '0:v', '-map', '1:a', '-map_metadata', '-1', '-movflags', '+faststart', '-shortest', file];
  const child = spawn(
    ffmpeg,
    ['-hide_banner', '-loglevel', 'error', '-y', ...video, ...audio, ...color, ...encode, ...output],
    {
      stdio: ['pipe', 'inherit', 'inherit'],
    },
  );
  const closed = once(child, 'close');
  for (let frame = 0; frame < danceSeconds * framesPerSecond; frame += 1) {
    if (!child.stdin.write(await drawFrame(frame))) await once(child.stdin, 'drain');
  }
  child.stdin.end();
  const [code] = await closed;
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
}

async function drawWanderer(file) {
  const joints = jointsOf(restPose, width / 2);
  const picture = svg(dusk(joints) + drawFigure(joints, wanderer, joints), 1080, 1440, '24 262 672 896');
  await sharp(Buffer.from(picture))
    .removeAlpha()
    .jpeg({ quality: 88, chromaSubsampling: '4:4:4', mozjpeg: true })
    .toFile(file);
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'restage-samples-'));
try {
  mkdirSync(inRoot('samples'), { recursive: true });
  const musicFile = path.join(folder, 'music.pcm');
  writeFileSync(musicFile, renderMusic());
  await drawDance(inRoot('samples/dance.mp4'), musicFile);
  await drawWanderer(inRoot('samples/wanderer.jpg'));
  say('drew samples/dance.mp4 and samples/wanderer.jpg');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
