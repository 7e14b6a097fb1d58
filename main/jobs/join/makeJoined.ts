/** Makes one video of the results of back-to-back parts, under a temporary name, and reads it again before it counts. */
import { rm, writeFile } from 'node:fs/promises';
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { RestageError } from '../../../shared/errors.ts';
import { takeSound } from '../../handoff/sound/readTracks.ts';
import { runPipe } from '../../media/ffmpeg.ts';
import type { Encoder } from '../../media/tools.ts';
import type { Logger } from '../../services.ts';
import { copyArgs, encodeArgs, type JoinSound, joinList } from './joinArgs.ts';
import { type JoinPlan, type PartToJoin, planJoin } from './joinPlan.ts';

export interface OriginalSound {
  path: string;
  facts: VideoFacts;
  track: VideoFacts['audio'][number];
  /** Of the file's own clock: what is heard with the first picture. */
  startSeconds: number;
}

export interface MakeJoinedOptions {
  encoder: Encoder;
  readVideo: (path: string) => Promise<VideoFacts>;
  parts: readonly PartToJoin[];
  /** Null: the performance is silent. */
  original: OriginalSound | null;
  output: string;
  signal: AbortSignal;
  logger: Logger;
}

export interface Joined {
  plan: JoinPlan;
  isReencoded: boolean;
}

/** The sound is taken with this much around it: nothing begins in the middle of a packet. */
const ROOM_SECONDS = 1;

/** Throws RestageError: toolFailed, sourceUnreadable, diskFull, deadline, cancelled. */
export async function makeJoined(options: MakeJoinedOptions): Promise<Joined> {
  const { parts, output, original, encoder, signal } = options;
  const plan = planJoin(parts);
  if (!plan) throw new RestageError('toolFailed', { detail: 'nothing to join' });
  const [soundFile, list] = [`${output}.nut`, `${output}.ffconcat`];
  try {
    const sound = original && (await takeOriginal(original, { plan, encoder, output: soundFile, signal }));
    if (plan.isCopy) {
      await writeFile(list, joinList(parts, plan), { mode: 0o600 });
      const trouble = await tryCopy(options, plan, { list, sound });
      if (trouble === null) return { plan, isReencoded: false };
      options.logger.info('join.encodes', { trouble });
    }
    await run(options, plan, encodeArgs({ parts, plan, sound, features: encoder.features, output }));
    await requireWhole(options, plan);
    return { plan, isReencoded: true };
  } finally {
    await rm(soundFile, { force: true });
    await rm(list, { force: true });
  }
}

async function takeOriginal(
  { path, facts, track, startSeconds }: OriginalSound,
  { plan, encoder, output, signal }: { plan: JoinPlan; encoder: Encoder; output: string; signal: AbortSignal },
): Promise<JoinSound> {
  const stretch = {
    fromSeconds: startSeconds - ROOM_SECONDS,
    toSeconds: startSeconds + plan.seconds + ROOM_SECONDS,
  };
  await takeSound({ encoder, path, facts, track, stretch, output, signal });
  return { path: output, startSeconds };
}

/** Null: it is what it has to be; else why it is not, and it is encoded. */
async function tryCopy(
  options: MakeJoinedOptions,
  plan: JoinPlan,
  { list, sound }: { list: string; sound: JoinSound | null },
): Promise<string | null> {
  try {
    await run(options, plan, copyArgs({ list, plan, sound, output: options.output }));
    await requireWhole(options, plan);
    return null;
  } catch (error) {
    if (options.signal.aborted || !(error instanceof RestageError) || error.code !== 'toolFailed') throw error;
    return error.detail ?? String(error);
  }
}

async function run({ encoder, signal }: MakeJoinedOptions, plan: JoinPlan, args: readonly string[]): Promise<void> {
  const megapixels = (plan.width * plan.height) / 1_000_000;
  const outcome = await runPipe({
    command: encoder.path,
    args,
    signal,
    priority: 'preparation',
    deadlineMs: Math.round(180_000 + plan.frameCount * megapixels * 1_000),
  });
  if (outcome.exitCode !== 0) throw new RestageError('toolFailed', { detail: outcome.stderr.slice(-1_000) });
}

/** Every picture, at a constant rate, from the beginning on: else a seam is not where it is said to be. */
async function requireWhole({ readVideo, output, original }: MakeJoinedOptions, plan: JoinPlan): Promise<void> {
  const made = await readVideo(output);
  const isRight =
    made.isConstantRate &&
    made.frameCount === plan.frameCount &&
    made.frameRate.num * plan.frameRate.den === plan.frameRate.num * made.frameRate.den &&
    (original === null || made.audio.length === 1);
  if (isRight) return;
  const { frameCount, frameRate, isConstantRate } = made;
  throw new RestageError('toolFailed', {
    detail: `joined: ${JSON.stringify({ frameCount, frameRate, isConstantRate, wanted: plan.frameCount })}`,
  });
}
