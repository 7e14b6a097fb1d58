/** Clips that journeys need and that lie in no folder: drawn by ffmpeg when they are asked for. */
import path from 'node:path';
import { oldBinaries, run } from '../../fixtures/media.ts';

const encoder = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '25', '-y'];

/** Two shots, 5 s and 7 s at 25 fps, 640×360: a hard cut at frame 125. The camera's timecode begins at one hour. */
export async function drawTwoShots(folder: string): Promise<string> {
  const file = path.join(folder, 'two-shots.mp4');
  const first = 'testsrc2=s=640x360:r=25:d=5,setsar=1[a]';
  const pan = "crop=640:360:x='160+150*sin(n/12)':y=0";
  const second = `rgbtestsrc=s=960x360:r=25:d=7,${pan},format=yuv420p,setsar=1[b]`;
  const graph = `${first};${second};[a]format=yuv420p[c];[c][b]concat=n=2:v=1`;
  await run(oldBinaries.ffmpeg, [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    graph,
    ...encoder,
    '-timecode',
    '01:00:00:00',
    file,
  ]);
  return file;
}
