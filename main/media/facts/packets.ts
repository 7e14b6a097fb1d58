/** Reads the packets of a file with ffprobe: when each picture is shown, and how much sound there is; without decoding. */
import { fileUrl, inputGuard, runPipe } from '../ffmpeg.ts';
import { addOverlap, type Overlap } from './joints.ts';
import { memoryGuard, msUntil, type ProbeOptions, refuseTooMuch } from './probe.ts';

/** One picture as it is stored, in the order of decoding; all in seconds of the file's own clock. */
export interface Packet {
  pts: number | null;
  dts: number | null;
  duration: number | null;
  isKeyframe: boolean;
  /** Where its last byte lies in the file; null when the container does not say. */
  endByte: number | null;
}

export interface SoundPackets {
  count: number;
  firstSeconds: number | null;
  endSeconds: number | null;
  /** Where a packet begins before the one in front of it has ended, as at the joint of two recordings; the first few of them. */
  overlaps: Overlap[];
  overlapCount: number;
}

export interface PacketRead {
  pictures: Packet[];
  /** Pictures that an edit list hides. */
  hiddenCount: number;
  /** By stream index; a track without a packet is not in it. */
  sounds: Map<number, SoundPackets>;
  /** False when only a part of the file was read. */
  isWhole: boolean;
}

/** Of all pictures and sounds: an hour at 240 a second beside several tracks. */
const MAX_PACKET_BYTES = 64_000_000;
/** Beyond this, reading every packet would take longer than a person waits. */
const COUNT_LIMIT = { bytes: 3_000_000_000, seconds: 3_600 };
const SAMPLE_SECONDS = 60;

const numberOrNull = (text: string | undefined) => {
  const value = Number(text === '' || text === undefined ? Number.NaN : text);
  return Number.isFinite(value) ? value : null;
};

/** One `stream,pts,dts,duration,size,pos,flags` line: ffprobe's own order, whatever was asked. */
export function parsePacketLine(line: string): { stream: number; packet: Packet; isHidden: boolean } {
  const [stream, pts, dts, duration, size, pos, flags = ''] = line.split(',');
  const [start, bytes] = [numberOrNull(pos), numberOrNull(size)];
  const packet = {
    pts: numberOrNull(pts),
    dts: numberOrNull(dts),
    duration: numberOrNull(duration),
    isKeyframe: flags.includes('K'),
    endByte: start === null || bytes === null ? null : start + bytes,
  };
  return { stream: Number(stream), packet, isHidden: flags.includes('D') };
}

function addSound(sounds: PacketRead['sounds'], stream: number, { pts, dts, duration }: Packet): void {
  const at = pts ?? dts;
  const known: SoundPackets = sounds.get(stream) ?? {
    ...{ count: 0, firstSeconds: null, endSeconds: null },
    ...{ overlaps: [], overlapCount: 0 },
  };
  known.count += 1;
  if (at !== null) {
    addOverlap(known, at);
    known.firstSeconds = Math.min(known.firstSeconds ?? at, at);
    known.endSeconds = Math.max(known.endSeconds ?? at, at + (duration ?? 0));
  }
  sounds.set(stream, known);
}

export interface PacketOptions extends ProbeOptions {
  streamIndex: number;
  soundIndexes: readonly number[];
  /** Packets that reach past this byte came in pieces, and are none; null: all came whole. */
  wholeBytes?: number | null;
}

async function readPackets(options: PacketOptions, interval: string | null): Promise<Omit<PacketRead, 'isWhole'>> {
  const read: Omit<PacketRead, 'isWhole'> = { pictures: [], hiddenCount: 0, sounds: new Map() };
  const entries = 'packet=stream_index,pts_time,dts_time,duration_time,size,pos,flags';
  let pending = '';
  await runPipe({
    command: options.ffprobe,
    args: [
      ...['-v', 'error', ...memoryGuard, ...inputGuard, ...(interval === null ? [] : ['-read_intervals', interval])],
      ...['-show_entries', entries, '-of', 'csv=p=0', fileUrl(options.path)],
    ],
    signal: options.signal,
    deadlineMs: msUntil(options.endMs),
    maxStdoutBytes: MAX_PACKET_BYTES,
    onStdout: (chunk) => {
      const lines = (pending + chunk.toString('utf8')).split('\n');
      pending = lines.pop() ?? '';
      for (const line of lines) {
        // Side data makes ffprobe end lines early and leave empty ones.
        if (line.trim() === '') continue;
        const { stream, packet, isHidden } = parsePacketLine(line.trim());
        if (packet.endByte !== null && packet.endByte > (options.wholeBytes ?? Number.POSITIVE_INFINITY)) continue;
        if (options.soundIndexes.includes(stream)) addSound(read.sounds, stream, packet);
        if (stream !== options.streamIndex) continue;
        if (isHidden) read.hiddenCount += 1;
        else read.pictures.push(packet);
      }
    },
  }).catch(refuseTooMuch);
  return read;
}

/** Every packet of the file, or those of its first minute when it is too long for that. */
export async function readAllPackets(
  options: PacketOptions & { sizeBytes: number; declaredSeconds: number | null },
): Promise<PacketRead> {
  const isWhole = options.sizeBytes <= COUNT_LIMIT.bytes && (options.declaredSeconds ?? 0) <= COUNT_LIMIT.seconds;
  return { ...(await readPackets(options, isWhole ? null : `%+${SAMPLE_SECONDS}`)), isWhole };
}

/** The packets of a stretch, on the file's own clock, with what its first picture leans on. */
export async function readStretchPackets(
  options: PacketOptions & { fromSeconds: number; toSeconds: number },
): Promise<PacketRead> {
  const interval = `${Math.max(0, options.fromSeconds).toFixed(3)}%${options.toSeconds.toFixed(3)}`;
  return { ...(await readPackets(options, interval)), isWhole: false };
}
