/** Makes one file by its plan: tries in turn, each held against the source, and says whose trouble it is when none is right. */

import { rm, stat } from 'node:fs/promises';
import type { PreparePlan, VideoFacts } from '../../../shared/contract/media.ts';
import { RestageError } from '../../../shared/errors.ts';
import { limitsOfPlan } from '../../../shared/rules/limitOverrides.ts';
import type { Logger, ProgressListener } from '../../services.ts';
import { copyToOwnFile } from '../../storage/ownOnly.ts';
import { evenSoundArgs } from '../facts/sourceSound.ts';
import { readStretch, type Stretch } from '../facts/stretch.ts';
import { chosenAudio } from '../facts/videoFacts.ts';
import { runEncode } from '../ffmpeg.ts';
import { colorDeal, colorText, needsColorTools } from '../plan/color.ts';
import { reencodeInstead } from '../plan/plan.ts';
import type { Encoder } from '../tools.ts';
import { type Inspection, inspectMade, NotAsPlanned } from '../verify/inspect.ts';
import { compareWithPlan } from '../verify/verify.ts';
import { clearMatrix } from './clearMatrix.ts';
import { type EncodeOptions, type FfmpegArgs, reencodeArgs } from './encodeArgs.ts';
import { remuxArgs } from './remuxArgs.ts';

/** Encoding takes this much of the progress bar, checking the rest. */
const ENCODE_SHARE = 0.9;

export interface MakeDeps {
  ffprobe: () => Promise<string>;
  /** Facts of a file that was just made. */
  readVideo: (path: string, signal: AbortSignal) => Promise<VideoFacts>;
  logger: Logger;
  /** For tests of the verification: what an encode is asked, changed behind its back. */
  tamper?: (args: FfmpegArgs) => FfmpegArgs;
}

export interface MakeTask {
  source: string;
  facts: VideoFacts;
  plan: PreparePlan;
  encoder: Encoder;
  signal: AbortSignal;
  onProgress: ProgressListener;
  /** What making and checking took, apart. */
  spent: { encodeMs: number; verifyMs: number };
}

export interface Made {
  isSource: boolean;
  inspection: Inspection;
}

/** Deadline by the work: pictures to decode up to the out point and to encode, at a slow machine's pace. */
function deadlineFor(facts: VideoFacts, plan: PreparePlan): number {
  const megapixels = (facts.codedWidth * facts.codedHeight + plan.output.width * plan.output.height) / 1_000_000;
  const readThrough = facts.isStampedByOrder ? facts.durationSeconds : Math.min(facts.durationSeconds, 150);
  return Math.round(120_000 + plan.output.frameCount * megapixels * 300 + (readThrough + 60) * megapixels * 2_000);
}

const isToolFailure = (error: unknown): error is RestageError =>
  error instanceof RestageError && error.code === 'toolFailed';

export function createClipMaker(deps: MakeDeps) {
  const encode = async (args: FfmpegArgs, output: string, task: MakeTask, beside?: string): Promise<void> => {
    const startedMs = performance.now();
    await runEncode({
      command: task.encoder.path,
      ...(deps.tamper?.(args) ?? args),
      source: task.source,
      beside,
      output,
      durationSeconds: task.plan.output.durationSeconds,
      deadlineMs: deadlineFor(task.facts, task.plan),
      signal: task.signal,
      onProgress: (ratio) => task.onProgress(ratio === null ? null : ratio * ENCODE_SHARE),
      onCommandLine: (line) => deps.logger.info('media.encode', { line }),
    });
    task.spent.encodeMs += performance.now() - startedMs;
  };

  const inspect = async (path: string, task: MakeTask, stretch: Stretch, isSource = false): Promise<Inspection> => {
    const { plan, encoder, signal, source } = task;
    const reading = deps.readVideo(path, signal).catch((error) => {
      if (error instanceof RestageError && error.code !== 'refused') throw error;
      throw new NotAsPlanned(`unreadable: ${String(error)}`);
    });
    // Beside each other: mostly both are right. What the file's own facts say comes first when they are not.
    const looking = inspectMade({ ...stretch, encoder, source, plan, signal, path, isSource });
    await Promise.allSettled([reading, looking]);
    const made = await reading;
    const mismatches = compareWithPlan(made, plan);
    const isAboutSound = mismatches.length > 0 && mismatches.every(({ what }) => what === 'sound');
    if (mismatches.length > 0) throw new NotAsPlanned(JSON.stringify(mismatches), isAboutSound ? 'sound' : 'file');
    return looking;
  };

  /** Reads the file again, decodes all of it, and holds it against plan and source. */
  const verify: typeof inspect = async (path, task, ...rest) => {
    const startedMs = performance.now();
    return inspect(path, task, ...rest).finally(() => {
      task.spent.verifyMs += performance.now() - startedMs;
    });
  };

  const encodeOnce = async (output: string, task: MakeTask, { facts, soundFile }: Stretch, options: EncodeOptions) => {
    const beside = chosenAudio(facts, task.plan.soundTrack) === null ? undefined : soundFile;
    const args = reencodeArgs(facts, task.plan, { ...options, isSoundBeside: beside !== undefined });
    await encode(args, output, task, beside);
    if (facts.isMirrored) await clearMatrix(output);
  };

  /** Tries in turn; each further one is a slower way to the same result. */
  const reencode = async (output: string, task: MakeTask, stretch: Stretch): Promise<Inspection> => {
    const { features } = task.encoder;
    const { maxBytes } = limitsOfPlan(task.plan);
    const variable = { ...stretch, facts: { ...stretch.facts, isConstantRate: false } };
    const ways = [
      { stretch, options: { features, withoutSeek: false }, name: 'seek' },
      { stretch, options: { features, withoutSeek: true }, name: 'withoutSeek' },
      // What was constant where it was measured may not be so here: then the clock decides, picture by picture.
      ...(stretch.facts.isConstantRate && !stretch.facts.isStampedByOrder
        ? [{ stretch: variable, options: { features, withoutSeek: true }, name: 'byClock' }]
        : []),
    ];
    let failure: NotAsPlanned | undefined;
    for (const way of ways) {
      if (failure) deps.logger.warn('media.notAsPlanned', { detail: failure.message, retry: way.name });
      await encodeOnce(output, task, way.stretch, way.options);
      const { size } = await stat(output);
      if (size > maxBytes) {
        deps.logger.warn('media.tooLarge', { size, maxBytes });
        await encodeOnce(output, task, way.stretch, { ...way.options, sizeShare: 0.92 * (maxBytes / size) });
      }
      try {
        return await verify(output, task, way.stretch);
      } catch (error) {
        if (!(error instanceof NotAsPlanned)) throw error;
        failure = error;
        // The picture's clock says nothing about the sound.
        if (error.about === 'sound' && way.options.withoutSeek) break;
      }
    }
    throw failure ?? new NotAsPlanned('nothing was tried');
  };

  /** True when the same order without its sound comes out right: then the picture is not to blame. */
  const isSoundToBlame = async (output: string, task: MakeTask, stretch: Stretch, error: unknown): Promise<boolean> => {
    if (!task.plan.output.hasAudio) return false;
    if (error instanceof NotAsPlanned && error.about === 'sound') return true;
    if (!isToolFailure(error)) return false;
    const plan = { ...task.plan, soundTrack: 0, output: { ...task.plan.output, hasAudio: false } };
    return reencode(output, { ...task, plan }, stretch).then(
      () => true,
      () => false,
    );
  };

  const reencodeOrBlame = async (output: string, task: MakeTask, stretch: Stretch): Promise<Made> => {
    try {
      return { isSource: false, inspection: await reencode(output, task, stretch) };
    } catch (error) {
      if (!(error instanceof NotAsPlanned) && !isToolFailure(error)) throw error;
      if (!(await isSoundToBlame(output, task, stretch, error))) throw error;
      const track = chosenAudio(task.facts, task.plan.soundTrack);
      throw new RestageError('sourceUnreadable', {
        reasons: [
          { field: 'soundTrack', rule: 'clip.soundDamaged', params: { found: track?.codec.toUpperCase() ?? '–' } },
        ],
        detail: error.message,
        cause: error,
      });
    }
  };

  const copy = async (output: string, task: MakeTask): Promise<void> => {
    if (task.plan.kind === 'untouched') return copyToOwnFile(task.source, output);
    const { picture, sound } = remuxArgs(task.facts, task.plan);
    if (!sound) return encode(picture, output, task);
    const pictureFile = `${output}.picture.mp4`;
    try {
      await encode(picture, pictureFile, task);
      await encode(sound, output, task, pictureFile);
    } finally {
      await rm(pictureFile, { force: true });
    }
  };

  /** A copy that does not hold what the source's index promised is encoded instead. */
  const makeOnce = async (output: string, task: MakeTask, stretch: Stretch): Promise<Made> => {
    const { facts, plan } = task;
    if (plan.kind === 'reencode') return reencodeOrBlame(output, task, stretch);
    try {
      if (stretch.changeSeconds.length > 0 || stretch.hasMixedSound) throw new NotAsPlanned('changes in mid-stream');
      await copy(output, task);
      const isSource = plan.kind === 'untouched';
      return { isSource, inspection: await verify(output, task, stretch, isSource) };
    } catch (error) {
      if (!(error instanceof NotAsPlanned) && !isToolFailure(error)) throw error;
      deps.logger.warn('media.copyRejected', { detail: error.message });
      await rm(output, { force: true });
      return reencodeOrBlame(output, { ...task, plan: reencodeInstead(facts, plan) }, stretch);
    }
  };

  return async (output: string, task: MakeTask): Promise<Made> => {
    const { source, facts, plan, encoder, signal } = task;
    const deal = colorDeal(facts);
    if (
      plan.kind === 'reencode' &&
      needsColorTools(deal) &&
      !(encoder.features.hasZscale && encoder.features.hasTonemap)
    ) {
      const params = { found: colorText(facts) };
      throw new RestageError('refused', { reasons: [{ field: 'video', rule: 'clip.colorTool', params }] });
    }
    const startedMs = performance.now();
    const stretch = await readStretch({ ffprobe: await deps.ffprobe(), path: source, facts, plan, signal });
    task.spent.verifyMs += performance.now() - startedMs;
    const soundFile = `${output}.sound.nut`;
    try {
      if (!stretch.hasMixedSound) return await makeOnce(output, task, stretch);
      await encode(evenSoundArgs({ facts: stretch.facts, plan }), soundFile, task);
      return await makeOnce(output, task, { ...stretch, soundFile });
    } finally {
      await rm(soundFile, { force: true });
    }
  };
}
