/** What the comparison with the source can tell, on small pictures and sounds whose answer is known. */
import { describe, expect, it } from 'vitest';
import { planClip } from '../../../main/media/plan/plan.ts';
import {
  chooseLooks,
  hasOtherColors,
  judgeLook,
  type SmallPicture,
  sourcePlace,
} from '../../../main/media/verify/lookPlan.ts';
import { CHECK_RATE, judgeSound } from '../../../main/media/verify/soundCheck.ts';
import type { Trim } from '../../../shared/contract/media.ts';
import { videoFacts } from '../../fixtures/mediaFacts.ts';

const sides = { width: 32, height: 16 };
/** A bright column at x on grey; colour differences `tint`. */
function picture(x: number, tint = 128): Uint8Array {
  const bytes = new Uint8Array((sides.width * sides.height * 3) / 2).fill(tint);
  for (let i = 0; i < sides.width * sides.height; i += 1) bytes[i] = i % sides.width === x ? 220 : 60;
  return bytes;
}
const row = (xs: number[]): SmallPicture[] =>
  xs.map((x, number) => ({ seconds: number / 30, number, bytes: picture(x) }));

describe('a picture against its neighbours', () => {
  it('is told when it is nearest to its own', () => {
    expect(judgeLook(7, picture(2), row([0, 1, 2, 3, 4]), 2, sides)).toMatchObject({ state: 'told', own: 0 });
  });
  it('is wrong when a neighbour is nearer, or when none is near', () => {
    expect(judgeLook(7, picture(3), row([0, 1, 2, 3, 4]), 2, sides).state).toBe('wrong');
    expect(judgeLook(7, new Uint8Array(768).fill(200), row([0, 1, 2, 3, 4]), 2, sides).state).toBe('wrong');
  });
  it('is not told where all look the same, and absent where the source has none', () => {
    expect(judgeLook(7, picture(2), row([2, 2, 2, 2, 2]), 2, sides).state).toBe('still');
    expect(judgeLook(7, picture(2), [], -1, sides).state).toBe('absent');
  });
  it('is wrong in other colours, whatever its shapes', () => {
    expect(hasOtherColors(picture(2, 128), picture(2, 138), sides.width, sides.height)).toBe(true);
    expect(hasOtherColors(picture(2, 128), picture(2, 131), sides.width, sides.height)).toBe(false);
    expect(judgeLook(7, picture(2, 140), row([0, 1, 2, 3, 4]), 2, sides)).toMatchObject({
      state: 'wrong',
      isColor: true,
    });
  });
});

describe('where to look', () => {
  const planOf = (changes: Parameters<typeof videoFacts>[0], trim?: Trim) => {
    const facts = videoFacts(changes);
    const { plan } = planClip(facts, { target: 'motion-video', preset: 'fast', ...(trim ? { trim } : {}) });
    if (!plan) throw new Error('no plan');
    return { facts, plan };
  };
  it('at the first, the last, both sides of a change, and between', () => {
    const { facts, plan } = planOf({ codec: 'hevc' }, { unit: 'frames', from: 30, to: 180 });
    const looks = chooseLooks(facts, plan, [2]).map(({ frame }) => frame);
    expect(looks).toEqual(expect.arrayContaining([0, 29, 31, 149]));
    expect(looks).toEqual([...new Set(looks)].sort((a, b) => a - b));
  });
  it('finds the source’s picture where the rate is halved or multiplied', () => {
    const fast = planOf({ codec: 'hevc', frameRate: { num: 60, den: 1 }, frameCount: 480 });
    expect(sourcePlace(fast.facts, fast.plan, 10).sourceFrame).toBe(20);
    const slow = planOf({ codec: 'hevc', frameRate: { num: 5, den: 1 }, frameCount: 40 });
    expect(sourcePlace(slow.facts, slow.plan, 7).sourceFrame).toBe(2);
  });
});

describe('sound against its source', () => {
  const beeps = (seconds: number, lateSeconds = 0, untilSeconds = seconds) =>
    Int16Array.from({ length: Math.round(seconds * CHECK_RATE) }, (_, i) => {
      const at = i / CHECK_RATE - lateSeconds;
      const isOn = at >= 0 && i / CHECK_RATE < untilSeconds && at % 0.7 < 0.1;
      return isOn ? Math.round(9_000 * Math.sin(2 * Math.PI * 440 * at)) : 0;
    });
  it('is told when it begins with it', () => {
    expect(judgeSound(beeps(4), beeps(4), 4)).toMatchObject({ state: 'told', shiftSeconds: 0 });
  });
  it('is wrong when it is too short, late, or gone', () => {
    expect(judgeSound(beeps(3.07), beeps(4), 4).problem).toContain('3.070 s of 4.000 s');
    expect(judgeSound(beeps(4, 0.1), beeps(4), 4).problem).toContain('shifted by 0.100');
    expect(judgeSound(beeps(4, 0, 2), beeps(4), 4).problem).toContain('no sound at');
  });
  it('is steady or silent where nobody can tell', () => {
    const tone = Int16Array.from({ length: 4 * CHECK_RATE }, (_, i) => Math.round(9_000 * Math.sin(i / 3)));
    expect(judgeSound(tone, tone, 4).state).toBe('steady');
    expect(judgeSound(new Int16Array(4 * CHECK_RATE), new Int16Array(4 * CHECK_RATE), 4).state).toBe('silent');
  });
});
