/** Decodes the beginning of a clip where its packets alone do not say which pictures there are. */

import { fileUrl, inputGuard, runPipe } from '../ffmpeg.ts';
import type { Packet } from './packets.ts';
import type { DecodedHead } from './pictures.ts';
import { memoryGuard, type ProbeOptions, type ProbeStream } from './probe.ts';

const DEADLINE_MS = 120_000;
const HEAD_SECONDS = 3;
const MOST_HEAD_SECONDS = 60;
/** Pictures times megapixels: what is decoded as a whole within a few seconds. */
const WHOLE_MEGAPIXELS = 600;

/** Codecs whose pictures may lie in two packets, one for each field. */
const fieldCodecs = new Set(['h264', 'vc1', 'mpeg2video', 'mpeg1video']);

/** How much must be decoded to know the pictures; null: the packets say it. Infinity: all of it. */
function secondsToDecode(stream: ProbeStream, packets: readonly Packet[]): number | null {
  const [first] = packets;
  if (!first) return null;
  const megapixels = ((stream.width ?? 0) * (stream.height ?? 0) * packets.length) / 1_000_000;
  if (packets.some(({ pts }) => pts === null) && megapixels <= WHOLE_MEGAPIXELS) return Number.POSITIVE_INFINITY;
  if (!first.isKeyframe) {
    const key = packets.find((packet) => packet.isKeyframe);
    const start = first.pts ?? first.dts ?? 0;
    const until = (key?.pts ?? key?.dts ?? start) - start;
    return Math.min(MOST_HEAD_SECONDS, until + HEAD_SECONDS);
  }
  // Leading pictures: shown before the first one of the file, and often leaning on what was cut off.
  const start = first.pts;
  if (start !== null && packets.slice(0, 32).some(({ pts }) => pts !== null && pts < start - 0.0005))
    return HEAD_SECONDS;
  // Unknown is what a decoder answers that has met fields and no container to tell it more; of whole pictures it says so.
  const mayBeFields = /^(tt|bb|tb|bt|unknown)$/.test(stream.field_order ?? 'unknown');
  return mayBeFields && fieldCodecs.has(stream.codec_name ?? '') ? HEAD_SECONDS : null;
}

/** Null where the packets are to be believed as they are. */
export async function readDecodedHead(
  options: Omit<ProbeOptions, 'endMs'> & { stream: ProbeStream; packets: readonly Packet[] },
): Promise<DecodedHead | null> {
  const { stream, packets } = options;
  const seconds = secondsToDecode(stream, packets);
  if (seconds === null) return null;
  const isWhole = seconds === Number.POSITIVE_INFINITY;
  const head: DecodedHead = { stampsSeconds: [], isKeyframe: [], isWhole };
  let pending = '';
  await runPipe({
    command: options.ffprobe,
    args: [
      ...[
        '-v',
        'quiet',
        ...memoryGuard,
        ...inputGuard,
        ...(isWhole ? [] : ['-read_intervals', `%+${seconds.toFixed(3)}`]),
      ],
      ...['-select_streams', String(stream.index), '-show_entries', 'frame=key_frame,best_effort_timestamp_time'],
      ...['-of', 'csv=p=0', fileUrl(options.path)],
    ],
    signal: options.signal,
    deadlineMs: DEADLINE_MS,
    onStdout: (chunk) => {
      const lines = (pending + chunk.toString('utf8')).split('\n');
      pending = lines.pop() ?? '';
      for (const line of lines) {
        const match = /^([01]),(N\/A|-?[\d.]+)/.exec(line.trim());
        if (!match) continue;
        head.isKeyframe.push(match[1] === '1');
        head.stampsSeconds.push(match[2] === 'N/A' ? null : Number(match[2]));
      }
    },
  });
  return head;
}
