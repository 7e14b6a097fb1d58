/** Makes a task's result: the reference at the ordered size, marked SANDBOX, with the character as an inset. */
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { RestageError } from '../../shared/errors.ts';
import { runPipe } from '../media/ffmpeg.ts';
import { sandboxMark } from './mark.ts';
import { keep, placeOf, recall } from './resultMemory.ts';

export interface RenderOptions {
  ffmpeg: string;
  referencePath: string;
  imagePath: string;
  outputPath: string;
  quality: '720p' | '1080p';
  seconds: number;
  /** A fraction, as ffprobe writes it. */
  frameRate: string;
  keepSound: boolean;
  /** See resultMemory.ts. */
  memoryDir?: string | undefined;
  signal: AbortSignal;
}

/** Half an hour: thirty seconds of 4K on a slow, busy machine. */
const deadlineMs = 1_800_000;

const shortSideOf = (quality: '720p' | '1080p'): number => (quality === '720p' ? 720 : 1080);

/** Pure: the whole command line but the program. */
export function renderArgs(
  options: Omit<RenderOptions, 'ffmpeg' | 'signal' | 'memoryDir'> & { markPath: string },
): string[] {
  const side = shortSideOf(options.quality);
  const inset = Math.round(side * 0.3);
  const margin = Math.round(side / 36);
  // Expressions instead of probed sides: ffmpeg has turned the picture by then, and squared pixels come first.
  const scale = `scale=w='if(gte(iw,ih),-2,${side})':h='if(gte(iw,ih),${side},-2)':flags=bicubic`;
  const graph = [
    // A variable-rate or late clip becomes a constant one that starts at 0, as long as it was.
    `[0:v:0]fps=${options.frameRate}:start_time=0,scale=w='trunc(iw*sar/2)*2':h=ih,setsar=1,${scale},setsar=1,format=yuv420p[reference]`,
    `[1:v:0]scale=w=${inset}:h=${inset}:force_original_aspect_ratio=decrease,setsar=1,format=rgba,` +
      `pad=iw+8:ih+8:4:4:white[character]`,
    `[reference][character]overlay=W-w-${margin}:H-h-${margin}[both]`,
    `[both][2:v:0]overlay=${margin}:${margin},format=yuv420p[picture]`,
  ].join(';');
  const input = (file: string) => ['-protocol_whitelist', 'file', '-i', `file:${file}`];
  const sound = options.keepSound ? ['-map', '0:a:0', '-c:a', 'aac', '-b:a', '128k', '-ac', '2'] : ['-an'];
  return [
    ...['-hide_banner', '-nostdin', '-loglevel', 'error', '-y'],
    ...input(options.referencePath),
    ...input(options.imagePath),
    ...input(options.markPath),
    ...['-filter_complex', graph, '-map', '[picture]'],
    ...sound,
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '27', '-pix_fmt', 'yuv420p'],
    ...['-t', options.seconds.toFixed(6), '-map_metadata', '-1', '-movflags', '+faststart'],
    ...['-max_muxing_queue_size', '4096', '-f', 'mp4', options.outputPath],
  ];
}

/** Throws RestageError toolFailed (or cancelled, deadline); leaves the output complete or not there. */
export async function renderResult(options: RenderOptions): Promise<void> {
  const part = `${options.outputPath}.part`;
  const markPath = path.join(path.dirname(options.outputPath), `mark-${options.quality}.pam`);
  await writeFile(markPath, sandboxMark(Math.round(shortSideOf(options.quality) / 110)));
  try {
    await renderOrRecall(options, renderArgs({ ...options, outputPath: part, markPath }), { part, markPath });
    await rename(part, options.outputPath);
  } finally {
    await rm(part, { force: true });
  }
}

async function renderOrRecall(
  options: RenderOptions,
  args: string[],
  { part, markPath }: { part: string; markPath: string },
): Promise<void> {
  const { ffmpeg: program, memoryDir, referencePath, imagePath } = options;
  if (!memoryDir) return await run(options, args);
  const place = await placeOf(memoryDir, { program, args, inputs: [referencePath, imagePath, markPath], output: part });
  if (await recall(place, part)) return;
  await run(options, args);
  await keep(place, part);
}

/** Whether ffmpeg can decode the picture at all. */
export async function isDecodableImage(options: {
  ffmpeg: string;
  imagePath: string;
  signal: AbortSignal;
}): Promise<boolean> {
  const args = ['-hide_banner', '-nostdin', '-v', 'error', '-protocol_whitelist', 'file', '-i'];
  const outcome = await runPipe({
    command: options.ffmpeg,
    args: [...args, `file:${options.imagePath}`, '-frames:v', '1', '-f', 'null', '-'],
    deadlineMs: 60_000,
    signal: options.signal,
  });
  if (outcome.exitCode === null) throw new RestageError('toolFailed', { detail: 'ffmpeg was killed' });
  return outcome.exitCode === 0;
}

async function run(options: RenderOptions, args: string[]): Promise<void> {
  const outcome = await runPipe({ command: options.ffmpeg, args, deadlineMs, signal: options.signal });
  if (outcome.exitCode !== 0) {
    throw new RestageError('toolFailed', { detail: `exit ${outcome.exitCode}: ${outcome.stderr.trim().slice(-1000)}` });
  }
}
