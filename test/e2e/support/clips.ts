/** Clips that journeys need and that lie in no folder: drawn by ffmpeg when they are asked for. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect } from '@playwright/test';
import { draw } from '../../fixtures/drawn.ts';
import { oldBinaries } from '../../fixtures/media.ts';
import type { Restage } from '../fixtures.ts';
import { chooseFile, samples } from './files.ts';
import { enterSandbox } from './screens.ts';

const encoder = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '25', '-y'];

/** The sample as an editor might cut it: 5 s, a second of black, some more of it mirrored and closer, and a still. Answers a temporary file. */
export async function drawEdit(): Promise<string> {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'restage-edit-')), 'edit.mp4');
  const size = '360:640,setsar=1,fps=30,format=yuv420p';
  const graph = [
    `[0:v]trim=0:5,setpts=PTS-STARTPTS,scale=${size}[a]`,
    `[1:v]scale=${size}[b]`,
    `[0:v]trim=1:5,setpts=PTS-STARTPTS,hflip,crop=iw/2:ih/2,scale=${size}[c]`,
    `[2:v]scale=${size}[d]`,
    '[a][b][c][d]concat=n=4:v=1[v]',
  ].join(';');
  const black = ['-f', 'lavfi', '-t', '1', '-i', 'color=black:s=360x640:r=30'];
  const still = ['-f', 'lavfi', '-t', '1.5', '-i', 'rgbtestsrc=s=360x640:r=30'];
  const inputs = ['-i', samples.video, ...black, ...still];
  const args = ['-v', 'error', ...inputs, '-filter_complex', graph, '-map', '[v]', ...encoder];
  return await draw(oldBinaries.ffmpeg, args, file);
}

/** Four seconds of a drawn picture with two sound tracks: the default one in English, the other in Japanese. */
export async function drawTwoSounds(folder: string): Promise<string> {
  const file = path.join(folder, 'two-sounds.mp4');
  const sources = ['testsrc2=s=640x360:r=25:d=4', 'sine=440:d=4', 'sine=880:d=4'];
  const args = [
    ...['-v', 'error', ...sources.flatMap((source) => ['-f', 'lavfi', '-i', source])],
    ...['-map', '0', '-map', '1', '-map', '2', ...encoder, '-c:a', 'aac'],
    ...['-metadata:s:a:0', 'language=eng', '-metadata:s:a:1', 'language=jpn'],
  ];
  return await draw(oldBinaries.ffmpeg, args, file);
}

/** Two shots, 5 s and 7 s at 25 fps, 640×360: a hard cut at frame 125. The camera's timecode begins at one hour. */
export async function drawTwoShots(folder: string): Promise<string> {
  const file = path.join(folder, 'two-shots.mp4');
  const first = 'testsrc2=s=640x360:r=25:d=5,setsar=1[a]';
  const pan = "crop=640:360:x='160+150*sin(n/12)':y=0";
  const second = `rgbtestsrc=s=960x360:r=25:d=7,${pan},format=yuv420p,setsar=1[b]`;
  const graph = `${first};${second};[a]format=yuv420p[c];[c][b]concat=n=2:v=1`;
  const args = ['-v', 'error', '-f', 'lavfi', '-i', graph, ...encoder, '-timecode', '01:00:00:00'];
  return await draw(oldBinaries.ffmpeg, args, file);
}

/** Enters the sandbox and puts a clip of two shots into the form: there is something to split. */
export async function bringTwoShots({ page, profileDir }: Restage): Promise<void> {
  const folder = path.join(profileDir, '..', 'footage');
  mkdirSync(folder);
  await enterSandbox(page);
  await chooseFile(page, 'video', await drawTwoShots(folder));
  await expect(page.getByText('640 × 360 · 25 fps')).toBeVisible();
}
