/** Splitting long performances: back to back, legal, whole seconds, as few as can be, and where little moves. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { motionAt, splitPerformance } from '../../../shared/media/performance.ts';
import { framesToSeconds } from '../../../shared/time/timecode.ts';

const clip = (num: number, den: number, frameCount: number) => ({
  ...{ frameRate: { num, den }, isConstantRate: true, frameCount },
  durationSeconds: (frameCount * den) / num,
});
const lengths = { minSeconds: 3, maxSeconds: 30 };
const blind = { motionBySecond: [], cuts: [] };

describe('9: splitting', () => {
  it('seams lie where the quietest seconds meet, and at cuts before that', () => {
    const motionBySecond = Array.from({ length: 70 }, (_, n) => ([27, 28, 51, 52].includes(n) ? 0.02 : 0.5));
    const facts = clip(25, 1, 1750);
    const whole = { unit: 'frames' as const, from: 0, to: 1750 };
    const seamsOf = (cuts: number[]) =>
      splitPerformance(facts, whole, { ...lengths, motionBySecond, cuts })
        ?.slice(1)
        .map(({ from }) => from / 25);
    expect(seamsOf([])).toEqual([28, 52]);
    expect(seamsOf([26])).toEqual([26, 52]);
    expect(motionAt(28, { motionBySecond, cuts: [] })).toBe(0.02);
    expect(motionAt(29, { motionBySecond, cuts: [] })).toBe(0.5);
  });

  it('any stretch: without a gap, no part too long or too short, whole seconds but for the last', () => {
    const rates = fc.constantFrom([25, 1], [30, 1], [30000, 1001], [24000, 1001], [60, 1], [50, 1]);
    fc.assert(
      fc.property(rates, fc.integer({ min: 0, max: 300 }), fc.integer({ min: 31, max: 600 }), (rate, from, seconds) => {
        const [num = 25, den = 1] = rate;
        const frames = Math.ceil((seconds * num) / den);
        const facts = clip(num, den, from + frames);
        const whole = { unit: 'frames' as const, from, to: from + frames };
        const parts = splitPerformance(facts, whole, { ...lengths, ...blind });
        if (parts === null) return false;
        const secondsOf = (ticks: number) => framesToSeconds(ticks, facts.frameRate);
        const frame = den / num;
        return (
          parts[0]?.from === from &&
          parts.at(-1)?.to === whole.to &&
          parts.every((part, n) => n === 0 || part.from === parts[n - 1]?.to) &&
          parts.every((part) => secondsOf(part.to - part.from) <= 30 + 1e-6) &&
          parts.every((part) => secondsOf(part.to - part.from) >= 3 - frame) &&
          parts.slice(0, -1).every((part) => {
            const length = secondsOf(part.to - part.from);
            return Math.ceil(length - 1e-6) - length < frame;
          }) &&
          parts.length <= Math.ceil(secondsOf(frames) / 29)
        );
      }),
      { numRuns: 200 },
    );
  });

  it('says no where there is no way', () => {
    const whole = { unit: 'frames' as const, from: 0, to: 125 };
    expect(splitPerformance(clip(25, 1, 125), whole, { minSeconds: 3, maxSeconds: 4, ...blind })).toBeNull();
  });
});
