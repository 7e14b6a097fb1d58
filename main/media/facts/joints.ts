/** Where recordings were joined end to end so that both claim the same time: pictures and sound. Pure. */
import { SOUND_SLACK_SECONDS } from '../prepare/sourceInput.ts';
import type { Packet, SoundPackets } from './packets.ts';

/** Both pieces claim `seconds` from `atSeconds` on: there the second one begins, and so much later the first one ends. */
export interface Overlap {
  atSeconds: number;
  seconds: number;
}

/** So many are told one by one. */
const MOST_OVERLAPS = 20;
/** Stamps are rounded: less is the same instant. */
const SAME_INSTANT_SECONDS = 0.002;
/** In some containers the length of a packet is a guess: what overlaps all the time is no joint. */
const MOST_OVERLAP_SHARE = 0.05;

const rounded = (seconds: number) => Number(seconds.toFixed(6));

/** Counts the overlap of a packet of sound that begins at `atSeconds` with what came before it. */
export function addOverlap(sound: SoundPackets, atSeconds: number): void {
  const seconds = (sound.endSeconds ?? atSeconds) - atSeconds;
  if (seconds <= SOUND_SLACK_SECONDS) return;
  const last = sound.overlaps.at(-1);
  // Packets until the first piece has ended belong to the same joint.
  if (last && atSeconds >= last.atSeconds && atSeconds < last.atSeconds + last.seconds) return;
  sound.overlapCount += 1;
  if (sound.overlaps.length < MOST_OVERLAPS) sound.overlaps.push({ atSeconds, seconds });
}

/**
 * Where the clock of the pictures goes back by less than a jump that is refused at once: a keyframe that is shown before what was
 * stored in front of it. No one recording has that, whatever the order of its pictures. On the file's own clock.
 */
export function pictureOverlaps(packets: readonly Pick<Packet, 'pts' | 'isKeyframe'>[]): Overlap[] {
  const overlaps: Overlap[] = [];
  let latest = Number.NEGATIVE_INFINITY;
  for (const { pts, isKeyframe } of packets) {
    if (pts === null) continue;
    const seconds = latest - pts;
    if (isKeyframe && seconds > SAME_INSTANT_SECONDS && overlaps.length < MOST_OVERLAPS) {
      overlaps.push({ atSeconds: pts, seconds });
    }
    latest = Math.max(latest, pts);
  }
  return overlaps;
}

/** From the file's own clock to the one that begins at the first shown picture, as the facts have it. */
export function onClipClock(overlaps: readonly Overlap[], startSeconds: number): Overlap[] {
  return overlaps.map(({ atSeconds, seconds }) => ({
    atSeconds: rounded(atSeconds - startSeconds),
    seconds: rounded(seconds),
  }));
}

/** What the packets of a track say, on the clip's clock: when it ends, and where two pieces claim the same time. */
export function countedSound(
  sound: SoundPackets | undefined,
  startSeconds: number,
): { endSeconds?: number; overlaps?: Overlap[] } {
  if (!sound || sound.endSeconds === null) return {};
  const isBelieved = sound.overlapCount <= Math.max(1, sound.count * MOST_OVERLAP_SHARE);
  const overlaps = isBelieved ? onClipClock(sound.overlaps, startSeconds) : [];
  return { endSeconds: rounded(sound.endSeconds - startSeconds), ...(overlaps.length > 0 ? { overlaps } : {}) };
}
