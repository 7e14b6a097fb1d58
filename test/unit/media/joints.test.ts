/** Where recordings were joined so that both claim the same time: told from what a container rounds, reorders or guesses. */
import { describe, expect, it } from 'vitest';
import { addOverlap, countedSound, pictureOverlaps } from '../../../main/media/facts/joints.ts';
import type { SoundPackets } from '../../../main/media/facts/packets.ts';

const picture = (pts: number | null, isKeyframe = false) => ({ pts, isKeyframe });

describe('V3: pictures whose clock goes back', () => {
  it('are found at the keyframe that the second recording begins with', () => {
    const packets = [picture(1, true), picture(1.04), picture(1.08), picture(1.04, true), picture(1.08)];
    expect(pictureOverlaps(packets)).toEqual([{ atSeconds: 1.04, seconds: expect.closeTo(0.04) }]);
  });

  it.each([
    ['B-frames', [picture(0, true), picture(0.12), picture(0.04), picture(0.08), picture(0.24, true)]],
    ['leading pictures of an open group', [picture(0, true), picture(0.12), picture(0.24, true), picture(0.16)]],
    ['stamps rounded to milliseconds', [picture(0, true), picture(0.034, true), picture(0.033, true)]],
    ['pictures without a stamp', [picture(1, true), picture(null, true), picture(null)]],
  ])('are not made of %s', (_, packets) => {
    expect(pictureOverlaps(packets)).toEqual([]);
  });
});

describe('V2: sound of which two pieces claim the same time', () => {
  const soundOf = (stamps: readonly number[], seconds: number): SoundPackets => {
    const sound: SoundPackets = { count: 0, firstSeconds: null, endSeconds: null, overlaps: [], overlapCount: 0 };
    for (const at of stamps) {
      sound.count += 1;
      addOverlap(sound, at);
      sound.endSeconds = Math.max(sound.endSeconds ?? at, at + seconds);
    }
    return sound;
  };

  it('is one joint, however many packets lie in it', () => {
    const sound = soundOf([5, 5.02, 5.04, 5.06, 5.01, 5.03, 5.05, 5.07], 0.02);
    expect(countedSound(sound, 5)).toEqual({ endSeconds: 0.09, overlaps: [{ atSeconds: 0.01, seconds: 0.07 }] });
  });

  it('is not believed where every packet overlaps the one before it: its length is a guess', () => {
    const sound = soundOf(
      Array.from({ length: 100 }, (_, n) => n / 50),
      0.1,
    );
    expect(countedSound(sound, 0)).toEqual({ endSeconds: 2.08 });
  });

  it('is not heard where a packet ends a few milliseconds late', () => {
    expect(countedSound(soundOf([0, 0.02, 0.035, 0.055], 0.021), 0)).toEqual({ endSeconds: 0.076 });
  });
});
