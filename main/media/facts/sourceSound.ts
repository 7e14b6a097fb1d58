/** The source's own sound over the ordered stretch: for the comparison, and as one kind of sound where it changes in mid-stream. */
import { trimSeconds } from '../../../shared/time/trim.ts';
import { fileUrl, inputGuard, runPipe } from '../ffmpeg.ts';
import type { FfmpegArgs } from '../prepare/encodeArgs.ts';
import { samplesOf } from '../prepare/madeFile.ts';
import { soundByStamps } from '../prepare/sourceInput.ts';
import type { SourceOptions } from '../verify/lookSource.ts';
import { CHECK_RATE } from '../verify/soundCheck.ts';
import { chosenAudio } from './videoFacts.ts';

const indexed = new Set(['mp4', 'mov', 'matroska', 'webm']);
const ROOM_SECONDS = 1;

/** Sound is decoded from a little before the stretch; containers without an index are read from far before it. */
function seekOf({ facts }: SourceOptions, from: number): string[] {
  const room = indexed.has(facts.container) ? ROOM_SECONDS : 120;
  if (facts.isStampedByOrder || from <= room) return [];
  return ['-seek_timestamp', '1', '-ss', (facts.startSeconds + from - room).toFixed(6)];
}

/** Mono samples on the clock of the result; `damaged` where packets are there and nothing can be made of them. */
export async function readSourceSound(options: SourceOptions): Promise<Int16Array | 'damaged' | null> {
  const { facts, plan, encoder } = options;
  const track = chosenAudio(facts, plan.soundTrack);
  if (!track) return null;
  const { from } = trimSeconds(facts, plan.trim);
  const start = (facts.startSeconds + from).toFixed(6);
  const end = (facts.startSeconds + from + plan.output.durationSeconds).toFixed(6);
  const filters = `atrim=start=${start}:end=${end},asetpts=PTS-${start}/TB,${soundByStamps(CHECK_RATE)}`;
  const chunks: Buffer[] = [];
  const outcome = await runPipe({
    command: encoder.path,
    args: [
      ...['-hide_banner', '-nostdin', '-v', 'error', '-nostats', ...inputGuard, '-copyts', '-noaccurate_seek'],
      ...(options.soundFile === undefined
        ? [...seekOf(options, from), '-i', fileUrl(options.source), '-map', `0:${track.index}`, '-vn']
        : ['-i', fileUrl(options.soundFile)]),
      ...['-af', filters, '-ac', '1', '-f', 's16le', 'pipe:1'],
    ],
    signal: options.signal,
    priority: 'preparation',
    deadlineMs: 120_000 + facts.durationSeconds * 200,
    onStdout: (chunk) => chunks.push(chunk),
  });
  const samples = samplesOf(chunks);
  // Decoders put silence in the place of what they cannot read, and say so.
  const isSilenced = samples.every((value) => Math.abs(value) < 100) && /error|invalid/i.test(outcome.stderr);
  if (isSilenced) return 'damaged';
  return outcome.exitCode === 0 ? samples : null;
}

/**
 * The track as stereo at 48 kHz with its own stamps, in a file of its own: here a graph that is built anew loses nothing,
 * because nothing in it counts.
 */
export function evenSoundArgs({ facts, plan }: Pick<SourceOptions, 'facts' | 'plan'>): FfmpegArgs {
  const track = chosenAudio(facts, plan.soundTrack);
  const { from, to } = trimSeconds(facts, plan.trim);
  const seek = indexed.has(facts.container) && from > ROOM_SECONDS ? facts.startSeconds + from - ROOM_SECONDS : null;
  const end = (facts.startSeconds + to + ROOM_SECONDS).toFixed(6);
  return {
    inputOptions: [
      ...['-copyts', '-noaccurate_seek'],
      ...(seek === null ? [] : ['-seek_timestamp', '1', '-ss', seek.toFixed(6)]),
    ],
    outputOptions: [
      ...['-map', `0:${track?.index ?? 0}`, '-vn', '-af', `atrim=end=${end}`],
      ...['-ar', '48000', '-ac', '2', '-c:a', 'pcm_s16le', '-f', 'nut'],
    ],
  };
}
