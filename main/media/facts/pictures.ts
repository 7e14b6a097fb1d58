/** From packets to pictures: which of them a player shows, when, and where the file's clock cannot be followed. Pure. */
import { type Overlap, pictureOverlaps } from './joints.ts';
import type { Packet, PacketRead } from './packets.ts';

export interface Pictures {
  /** In file order (the order of decoding); pictures that an edit list hides are left out. */
  ptsSeconds: number[];
  isKeyframe: boolean[];
  /** Of the picture that is shown last. */
  lastDurationSeconds: number | null;
  latestSeconds: number;
  hiddenCount: number;
  /** False when only the beginning was read. */
  isWhole: boolean;
  /** True when not every picture carries the time at which it is shown. */
  isStampedByOrder: boolean;
  /** Pictures at the beginning that no decoder gives out. */
  undecodableCount: number;
  /** On the file's own clock. */
  clockOverlaps: Overlap[];
  /** True when each picture lies in two packets, one for each field. */
  isFieldCoded?: boolean;
}

export interface ClockJump {
  /** On the clock that begins at the first picture. */
  atSeconds: number;
  /** Negative: back. */
  bySeconds: number;
}

/** ffmpeg's own measures of a discontinuity: a tenth of a second back, ten seconds on. */
const BACK_SECONDS = 0.1;
const ON_SECONDS = 10;
/** Pictures are stored up to this long before or after their neighbours in time. */
const REORDER_SECONDS = 2;
/** Where a gap of the clock is not a picture that is held for long, but another recording. */
const streamed = new Set(['mpegts', 'mpeg']);

/** Where the clock begins anew, as in recordings that were joined without a remuxer. */
export function findClockJump(packets: readonly Packet[], container: string): ClockJump | null {
  const isDecodeClock = packets.every(({ dts }) => dts !== null);
  const back = isDecodeClock ? BACK_SECONDS : REORDER_SECONDS;
  const clock = packets.flatMap(({ pts, dts }) => {
    const at = isDecodeClock ? dts : pts;
    return at === null ? [] : [at];
  });
  for (let i = 1; i < clock.length; i += 1) {
    const bySeconds = (clock[i] ?? 0) - (clock[i - 1] ?? 0);
    if (bySeconds < -back || (streamed.has(container) && bySeconds > ON_SECONDS)) {
      return { atSeconds: (clock[i - 1] ?? 0) - (clock[0] ?? 0), bySeconds };
    }
  }
  return null;
}

/**
 * When each picture is shown. Containers that do not stamp every picture (AVI, MXF, program streams) are read by the order of
 * decoding, which covers the same instants, shifted by the decoder's delay.
 */
export function shownStamps(stamps: readonly Pick<Packet, 'pts' | 'dts' | 'duration'>[]): number[] {
  const complete = stamps.flatMap(({ pts }) => (pts === null ? [] : [pts]));
  if (complete.length === stamps.length) return complete;
  const first = stamps[0];
  const delay = first?.pts != null && first.dts !== null ? first.pts - first.dts : 0;
  let next = first?.dts ?? first?.pts ?? 0;
  return stamps.map(({ dts, duration }) => {
    const at = dts ?? next;
    next = at + (duration ?? 0);
    return at + delay;
  });
}

/** What a decoder gives out at the beginning of the file: the stamps of its pictures, null where it knows none. */
export interface DecodedHead {
  stampsSeconds: (number | null)[];
  isKeyframe: boolean[];
  /** True when the whole file was decoded. */
  isWhole: boolean;
}

function medianStep(stamps: readonly number[]): number {
  const sorted = [...stamps].sort((a, b) => a - b);
  const steps = sorted.slice(1).map((at, i) => at - (sorted[i] ?? at));
  steps.sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? 0;
}

/** Two packets that hold the two fields of one picture become one: what a decoder makes of them. */
export function joinFields(packets: readonly Packet[], frameSeconds: number): Packet[] {
  const joined: Packet[] = [];
  for (let i = 0; i < packets.length; i += 1) {
    const packet = packets[i];
    if (!packet) continue;
    const next = packets[i + 1];
    const isNear =
      next !== undefined &&
      !(next.isKeyframe && packet.pts === null) &&
      (next.pts === null || (packet.pts !== null && Math.abs(next.pts - packet.pts) < frameSeconds * 0.6));
    const own = packet.duration;
    joined.push(isNear && own !== null ? { ...packet, duration: own + (next.duration ?? 0) } : packet);
    if (isNear) i += 1;
  }
  return joined;
}

/** More packets than decoded pictures over the same time: each picture lies in two of them. */
function isFieldCoded(packets: readonly Packet[], head: DecodedHead): boolean {
  const stamps = head.stampsSeconds.filter((at) => at !== null);
  const [first, last] = [Math.min(...stamps), Math.max(...stamps)];
  if (stamps.length < 8) return false;
  const inside = packets.filter(({ pts, dts }) => (pts ?? dts ?? -1) >= first && (pts ?? dts ?? -1) < last).length;
  return inside > stamps.length * 1.4;
}

function fromFrames(read: PacketRead, head: DecodedHead): Pictures {
  const step = medianStep(head.stampsSeconds.filter((at) => at !== null));
  let next = head.stampsSeconds.find((at) => at !== null) ?? 0;
  const ptsSeconds = head.stampsSeconds.map((at) => {
    const own = at ?? next;
    next = own + step;
    return own;
  });
  return {
    ptsSeconds,
    isKeyframe: head.isKeyframe,
    lastDurationSeconds: null,
    latestSeconds: Math.max(...ptsSeconds),
    hiddenCount: read.hiddenCount,
    isWhole: read.isWhole,
    isStampedByOrder: true,
    undecodableCount: 0,
    clockOverlaps: [],
  };
}

/** `head`: what a decoder made of the beginning, where the packets alone are not to be believed. */
export function toPictures(read: PacketRead, head: DecodedHead | null): Pictures {
  const isStampedByOrder = read.pictures.some(({ pts }) => pts === null);
  let packets: readonly Packet[] = read.pictures;
  const hasFields = head !== null && isFieldCoded(packets, head);
  if (head && head.stampsSeconds.length > 0) {
    const stamps = head.stampsSeconds.filter((at) => at !== null);
    if (hasFields) packets = joinFields(packets, medianStep(stamps));
    else if (isStampedByOrder && head.isWhole) return fromFrames(read, head);
  }
  const stillByOrder = packets.some(({ pts }) => pts === null);
  const all = shownStamps(packets);
  // Half a millisecond of room: the same instant in two clocks.
  const firstShown =
    head && !stillByOrder ? Math.min(...head.stampsSeconds.map((at) => at ?? Number.POSITIVE_INFINITY)) : null;
  const isShown = (at: number) => firstShown === null || !Number.isFinite(firstShown) || at >= firstShown - 0.0005;
  const kept = packets.flatMap((packet, i) => (isShown(all[i] ?? 0) ? [{ packet, at: all[i] ?? 0 }] : []));
  const ptsSeconds = kept.map(({ at }) => at);
  const latestSeconds = ptsSeconds.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return {
    ptsSeconds,
    isKeyframe: kept.map(({ packet }) => packet.isKeyframe),
    lastDurationSeconds: kept[ptsSeconds.lastIndexOf(latestSeconds)]?.packet.duration ?? null,
    latestSeconds,
    hiddenCount: read.hiddenCount,
    isWhole: read.isWhole,
    isStampedByOrder: stillByOrder,
    undecodableCount: packets.length - kept.length,
    ...(hasFields ? { isFieldCoded: true } : {}),
    clockOverlaps: stillByOrder ? [] : pictureOverlaps(kept.map(({ packet }) => packet)),
  };
}
