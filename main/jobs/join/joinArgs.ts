/** ffmpeg's arguments for joining parts. Pure: starts nothing. */
import { fileUrl, inputGuard } from '../../media/ffmpeg.ts';
import { asNumbered, colorTags, fixed, noCopies } from '../../media/prepare/encodeArgs.ts';
import { fineClock, soundByStamps, sourceOptions, uprightFilters } from '../../media/prepare/sourceInput.ts';
import type { Features } from '../../media/tools.ts';
import type { JoinPlan, PartToJoin } from './joinPlan.ts';

/** The original's sound as it was taken out, on the clock of its own file; `startSeconds` is heard with the first picture. */
export interface JoinSound {
  path: string;
  startSeconds: number;
}

const RATE_HZ = 48_000;

function soundChain(input: number, { startSeconds }: JoinSound, seconds: number): string {
  const filters = [
    ...(startSeconds > 0 ? [`atrim=start=${fixed(startSeconds)}`] : []),
    `asetpts=PTS-(${fixed(startSeconds)})/TB`,
    ...[soundByStamps(RATE_HZ), 'apad', `atrim=end=${fixed(seconds)}`, 'aformat=channel_layouts=stereo'],
  ];
  return `[${input}:0]${filters.join(',')}[a]`;
}

const soundCodec = ['-c:a', 'aac', '-b:a', '256k', '-ar', String(RATE_HZ), '-ac', '2'];

const ending = (output: string) => [
  ...[...noCopies, '-max_muxing_queue_size', '4096', '-movflags', '+faststart', '-f', 'mp4', '-y', output],
];

/** The list that ffmpeg's concat demuxer reads; every part lasts what it has to, whatever its own sound says. */
export function joinList(parts: readonly PartToJoin[], { frames, frameRate }: JoinPlan): string {
  const quoted = (path: string) => `'${path.replaceAll("'", "'\\''")}'`;
  const lines = parts.flatMap(({ path }, index) => [
    `file ${quoted(fileUrl(path))}`,
    `duration ${(((frames[index] ?? 0) * frameRate.den) / frameRate.num).toFixed(6)}`,
  ]);
  return `${['ffconcat version 1.0', ...lines].join('\n')}\n`;
}

/** The pictures as they are. */
export function copyArgs(options: { list: string; plan: JoinPlan; sound: JoinSound | null; output: string }): string[] {
  const { list, plan, sound, output } = options;
  const guard = ['-protocol_whitelist', 'file,pipe'];
  return [
    ...['-hide_banner', '-nostdin', '-v', 'error', ...guard, '-f', 'concat', '-safe', '0', '-i', fileUrl(list)],
    ...(sound ? ['-copyts', ...guard, '-i', fileUrl(sound.path)] : []),
    ...(sound ? ['-filter_complex', soundChain(1, sound, plan.seconds)] : []),
    ...['-map', '0:v:0', '-c:v', 'copy', ...(sound ? ['-map', '[a]', ...soundCodec] : ['-an'])],
    ...ending(output),
  ];
}

/** Every part brought to the size and rate of the first, and to its own length, then all of them encoded as one. */
export function encodeArgs(options: {
  parts: readonly PartToJoin[];
  plan: JoinPlan;
  sound: JoinSound | null;
  features: Pick<Features, 'hasFpsMode'>;
  output: string;
}): string[] {
  const { parts, plan, sound, features, output } = options;
  const { width, height, frameRate, frames } = plan;
  const rate = `${frameRate.num}/${frameRate.den}`;
  const numbered = [`settb=${frameRate.den}/${frameRate.num}`, 'setpts=N'];
  const chains = parts.map(({ facts }, index) => {
    const count = frames[index] ?? 0;
    const filters = [
      ...uprightFilters(facts),
      ...[fineClock, `setpts=PTS-${fixed(facts.startSeconds)}/TB`, `fps=fps=${rate}:start_time=0:round=near`],
      `scale=${width}:${height}:flags=bicubic:force_original_aspect_ratio=decrease`,
      ...[`pad=${width}:${height}:-1:-1:color=black`, 'setsar=1', 'format=yuv420p'],
      ...[`tpad=stop_mode=clone:stop=${count}`, `trim=end_frame=${count}`, ...numbered],
    ];
    return `[${index}:${facts.videoStreamIndex}]${filters.join(',')}[p${index}]`;
  });
  const joined = `${parts.map((_, index) => `[p${index}]`).join('')}concat=n=${parts.length}:v=1:a=0,${numbered.join(',')}[v]`;
  const graphs = [[...chains, joined].join(';'), ...(sound ? [soundChain(parts.length, sound, plan.seconds)] : [])];
  return [
    ...['-hide_banner', '-nostdin', '-v', 'error', '-copyts'],
    ...parts.flatMap(({ path, facts }) => [...inputGuard, ...sourceOptions(facts), '-i', fileUrl(path)]),
    ...(sound ? [...inputGuard, '-i', fileUrl(sound.path)] : []),
    ...graphs.flatMap((graph) => ['-filter_complex', graph]),
    ...['-map', '[v]', ...(sound ? ['-map', '[a]', ...soundCodec] : ['-an'])],
    ...['-c:v', 'libx264', '-preset', 'fast', '-crf', '16', '-pix_fmt', 'yuv420p', ...colorTags],
    ...[...asNumbered(features, rate), ...ending(output)],
  ];
}
