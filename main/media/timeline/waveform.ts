/** Peaks and beats of a clip's sound, on the clock of its picture, from one reading. */
import type { VideoFacts } from '../../../shared/contract/media.ts';
import type { Beats } from '../../../shared/contract/timeline.ts';
import { RestageError } from '../../../shared/errors.ts';
import { chosenAudio } from '../facts/videoFacts.ts';
import { fileUrl, inputGuard, runPipe } from '../ffmpeg.ts';
import { soundByStamps } from '../prepare/sourceInput.ts';
import { findBeats } from './beats.ts';
import { createOnsetMeter, ONSET_SAMPLE_RATE, type OnsetMeter } from './onsets.ts';

const PEAK_COUNT = 1_000;

const SAMPLE_RATE = ONSET_SAMPLE_RATE;
const BYTES_PER_SAMPLE = 2;

/** Highest amplitude (0..1) of each of `count` equal stretches; feeds on 16-bit samples as they come. */
export function createPeakMeter(count: number, totalSamples: number, onsets: OnsetMeter) {
  const peaks = new Array<number>(count).fill(0);
  let sample = 0;
  let odd: Buffer = Buffer.alloc(0);
  return {
    peaks,
    feed: (chunk: Buffer) => {
      const data = odd.length === 0 ? chunk : Buffer.concat([odd, chunk]);
      const whole = data.length - (data.length % BYTES_PER_SAMPLE);
      for (let at = 0; at < whole; at += BYTES_PER_SAMPLE, sample += 1) {
        const slot = Math.min(count - 1, Math.floor((sample * count) / Math.max(1, totalSamples)));
        const value = data.readInt16LE(at) / 32_768;
        peaks[slot] = Math.max(peaks[slot] ?? 0, Math.abs(value));
        onsets.add(value);
      }
      odd = data.subarray(whole);
    },
  };
}

/** Null when the clip has no sound; its beats are null when it has none that is steady. */
export async function readSound(options: {
  ffmpeg: string;
  source: string;
  facts: VideoFacts;
  signal: AbortSignal;
}): Promise<{ peaks: number[]; beats: Beats | null } | null> {
  const { facts } = options;
  const track = chosenAudio(facts);
  if (!track) return null;
  const onsets = createOnsetMeter();
  const meter = createPeakMeter(PEAK_COUNT, facts.durationSeconds * SAMPLE_RATE, onsets);
  const zero = facts.startSeconds.toFixed(6);
  const end = (facts.startSeconds + facts.durationSeconds).toFixed(6);
  const filters = `atrim=start=${zero}:end=${end},asetpts=PTS-${zero}/TB,${soundByStamps(SAMPLE_RATE)}`;
  const outcome = await runPipe({
    command: options.ffmpeg,
    args: [
      ...['-hide_banner', '-nostdin', '-v', 'error', '-copyts', ...inputGuard, '-i', fileUrl(options.source)],
      ...['-map', `0:${track.index}`, '-vn', '-af', filters, '-ac', '1', '-f', 's16le', 'pipe:1'],
    ],
    signal: options.signal,
    priority: 'background',
    deadlineMs: 120_000 + facts.durationSeconds * 500,
    maxStdoutBytes: 4_000_000 + facts.durationSeconds * SAMPLE_RATE * BYTES_PER_SAMPLE * 2,
    onStdout: meter.feed,
  });
  if (outcome.exitCode !== 0) throw new RestageError('toolFailed', { detail: outcome.stderr.slice(-1_000) });
  const beats = await findBeats(onsets.envelope);
  return { peaks: meter.peaks.map((peak) => Number(peak.toFixed(3))), beats };
}
