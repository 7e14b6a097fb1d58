/** Makes one copy under a staged name: takes the sound, places it, encodes, and reads it all again. */
import type { ConformNote, SoundPlace } from '../../../shared/contract/conform.ts';
import type { VideoFacts } from '../../../shared/contract/media.ts';
import { RestageError } from '../../../shared/errors.ts';
import { conformPresets } from '../../../shared/handoff/conformPresets.ts';
import { chosenAudio } from '../../media/facts/videoFacts.ts';
import { runEncode } from '../../media/ffmpeg.ts';
import type { Encoder } from '../../media/tools.ts';
import type { Logger, ProgressListener } from '../../services.ts';
import { type Original, placeSound } from '../sound/placeSound.ts';
import { listenTo, takenAs, takeSound } from '../sound/readTracks.ts';
import { LEAD_SECONDS } from '../sound/soundLag.ts';
import { type CopySound, copyArgs } from './copyArgs.ts';
import type { FoundOriginal } from './findReference.ts';
import type { CopyPlan } from './planCopy.ts';
import type { Stage } from './stage.ts';
import { verifyCopy } from './verifyCopy.ts';

const ENCODE_SHARE = 0.8;

export interface MakeCopyOptions {
  encoder: Encoder;
  ffprobe: string;
  readVideo: (path: string, signal?: AbortSignal) => Promise<VideoFacts>;
  stage: Stage;
  master: { path: string; facts: VideoFacts };
  plan: CopyPlan;
  /** Looked for only where the original sound is wished for; null for a video that was imported, which has none. */
  original: FoundOriginal | null;
  comment: string | null;
  signal: AbortSignal;
  onProgress: ProgressListener;
  logger: Logger;
}

interface Heard {
  sound: CopySound | null;
  /** The file that `sound` is in: the result itself, or what was taken of the original. */
  path: string;
  place: SoundPlace;
  notes: ConformNote[];
}

const none: Heard['place'] = { from: 'none', offsetMs: 0, by: 'trim', confidence: null };
const asMs = (seconds: number) => Math.round(seconds * 1_000);

function ownSound({ master, plan }: MakeCopyOptions, notes: ConformNote[]): Heard {
  const track = chosenAudio(master.facts);
  if (!track) return { sound: null, path: master.path, place: none, notes: [{ id: 'resultSilent' }] };
  const offsetMs = plan.options.soundOffsetMs ?? 0;
  const startSeconds = master.facts.startSeconds - offsetMs / 1_000;
  const by = plan.options.soundOffsetMs === undefined ? 'trim' : 'asked';
  return {
    sound: { from: { track: track.index }, startSeconds, ...takenAs(track) },
    path: master.path,
    place: { from: 'result', offsetMs, by, confidence: null },
    notes,
  };
}

/** What the comparison said, for people. */
function notesOf(place: SoundPlace, soundSeconds: number | null, hasOwnSound: boolean): ConformNote[] {
  const params = { ms: place.offsetMs, percent: Math.round((place.confidence ?? 0) * 100) };
  if (place.by === 'asked') return [{ id: 'soundAsked', params: { ms: place.offsetMs } }];
  if (place.by === 'sound') return [{ id: 'soundBySound', params }];
  if (place.by === 'picture')
    return [{ id: 'soundByPicture', params: { ...params, resultMs: asMs(soundSeconds ?? 0) } }];
  return [{ id: hasOwnSound ? 'soundUnsure' : 'soundByTrim' }];
}

async function originalSound(options: MakeCopyOptions, original: Original): Promise<Heard> {
  const { encoder, master, plan, stage, signal } = options;
  const taken = stage.part('nut');
  const asked = plan.options.soundOffsetMs;
  // As far as any offset reaches, and what a comparison needs around it.
  const room = LEAD_SECONDS + Math.abs((asked ?? 0) / 1_000);
  const { inSeconds, track, facts, path } = original;
  const stretch = { fromSeconds: inSeconds - room, toSeconds: inSeconds + master.facts.durationSeconds + room };
  await takeSound({ encoder, path, facts, track, stretch, output: taken, signal });
  const placed =
    asked === undefined
      ? await placeSound({ encoder, result: master, original, taken, signal })
      : { seconds: asked / 1_000, by: 'asked' as const, confidence: null, soundSeconds: null };
  const place = {
    ...{ from: original.kind, offsetMs: asMs(placed.seconds), by: placed.by },
    confidence: placed.confidence === null ? null : Number(placed.confidence.toFixed(3)),
  };
  const isPrepared: ConformNote[] = original.kind === 'prepared' ? [{ id: 'soundPrepared' }] : [];
  const notes = [...isPrepared, ...notesOf(place, placed.soundSeconds, master.facts.audio.length > 0)];
  const sound: CopySound = { from: 'beside', startSeconds: inSeconds - placed.seconds, ...takenAs(track) };
  return { sound, path: taken, place, notes };
}

function chooseSound(options: MakeCopyOptions): Heard | Promise<Heard> {
  const { plan, original, master } = options;
  if (plan.options.sound === 'none') return { sound: null, path: master.path, place: none, notes: [] };
  if (plan.options.sound === 'result') return ownSound(options, []);
  if (original === null) return ownSound(options, [{ id: 'noReference' }]);
  if (original === 'silent') return { sound: null, path: master.path, place: none, notes: [{ id: 'referenceSilent' }] };
  return originalSound(options, original);
}

/** By the work: pictures to decode, to encode and to decode again, at a slow machine's pace. */
function deadlineOf({ master, plan }: MakeCopyOptions): number {
  const megapixels = (master.facts.width * master.facts.height + plan.width * plan.height) / 1_000_000;
  return Math.round(120_000 + plan.frameCount * megapixels * 1_000);
}

async function encode(options: MakeCopyOptions, heard: Heard, output: string): Promise<void> {
  const { encoder, master, plan, comment, signal, onProgress, logger } = options;
  const { features } = encoder;
  const isBeside = heard.sound?.from === 'beside';
  try {
    await runEncode({
      command: encoder.path,
      ...copyArgs(master.facts, plan, { features, sound: heard.sound, comment }),
      source: master.path,
      beside: isBeside ? heard.path : undefined,
      output,
      durationSeconds: plan.seconds,
      deadlineMs: deadlineOf(options),
      signal,
      onProgress: (ratio) => onProgress(ratio === null ? null : ratio * ENCODE_SHARE),
      onCommandLine: (line) => logger.info('conform.encode', { line }),
    });
  } catch (error) {
    if (!(error instanceof RestageError) || !/unknown encoder/i.test(error.detail ?? '')) throw error;
    const params = { encoder: conformPresets[plan.options.preset].encoder };
    throw new RestageError('toolMissing', { reasons: [{ field: 'preset', rule: 'conform.encoder', params }] });
  }
}

export interface MadeCopy {
  path: string;
  sound: SoundPlace;
  notes: ConformNote[];
}

/** Throws RestageError: toolFailed, toolMissing, sourceMissing, sourceUnreadable, diskFull, deadline, cancelled. */
export async function makeCopy(options: MakeCopyOptions): Promise<MadeCopy> {
  const { encoder, ffprobe, stage, master, plan, signal, readVideo, onProgress } = options;
  onProgress(null);
  const heard = await chooseSound(options);
  const output = stage.part(plan.extension);
  await encode(options, heard, output);
  onProgress(ENCODE_SHARE);
  const { sound } = heard;
  const isFaster = plan.options.isRestamped && plan.seconds !== master.facts.durationSeconds;
  const track = sound === null || sound.from === 'beside' ? 0 : sound.from.track;
  const stretch = sound && { fromSeconds: sound.startSeconds, toSeconds: sound.startSeconds + plan.seconds };
  const expected = stretch && !isFaster ? await listenTo({ encoder, path: heard.path, track, stretch, signal }) : null;
  const made = await readVideo(output, signal).catch((error: unknown) => {
    if (error instanceof RestageError && error.code !== 'refused') throw error;
    throw new RestageError('toolFailed', { detail: `the copy cannot be read: ${String(error)}` });
  });
  await verifyCopy({ encoder, ffprobe, path: output, made, master, plan, hasSound: sound !== null, expected, signal });
  return { path: output, sound: heard.place, notes: [...plan.notes, ...heard.notes] };
}
