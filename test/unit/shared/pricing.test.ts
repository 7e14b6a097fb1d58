/** Credits are exact, estimates are honest about the two published roundings. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addRanges,
  creditsToDollars,
  creditsToNumber,
  creditsToString,
  estimateMotion,
  findPriceTrouble,
  parseCredits,
  pricesWith,
  publishedPrices,
} from '../../../shared/money/pricing.ts';

const text = (seconds: number, quality: '720p' | '1080p') => {
  const { low, high } = estimateMotion(seconds, quality, publishedPrices);
  return [creditsToString(low), creditsToString(high)];
};

describe('estimateMotion', () => {
  it.each([
    [10, '720p', '81.648', '81.648'],
    [10, '1080p', '108.8368', '108.8368'],
    [12, '720p', '97.9776', '97.9776'],
    // "rounded to the nearest integer" and "rounded up" disagree
    [10.2, '720p', '81.648', '89.8128'],
    [10.5, '720p', '89.8128', '89.8128'],
    [9.97, '720p', '81.648', '81.648'],
    [3, '1080p', '32.65104', '32.65104'],
  ] as const)('%s s at %s costs %s to %s', (seconds, quality, low, high) => {
    expect(text(seconds, quality)).toEqual([low, high]);
  });

  it('does not charge a second for the noise of floating point', () => {
    expect(text(10.0000001, '720p')).toEqual(text(10, '720p'));
    expect(text(0.1 + 0.2 + 9.7, '720p')).toEqual(text(10, '720p'));
  });

  it('never costs less than a second', () => {
    expect(text(0, '720p')).toEqual(['8.1648', '8.1648']);
    expect(text(0.2, '720p')).toEqual(['8.1648', '8.1648']);
  });

  it('is a range, and grows with the length', () => {
    const seconds = fc.double({ min: 0, max: 30, noNaN: true });
    fc.assert(
      fc.property(seconds, seconds, fc.constantFrom('720p' as const, '1080p' as const), (a, b, quality) => {
        const [less, more] = a <= b ? [a, b] : [b, a];
        const [cheap, dear] = [
          estimateMotion(less, quality, publishedPrices),
          estimateMotion(more, quality, publishedPrices),
        ];
        expect(cheap.low <= cheap.high).toBe(true);
        expect(cheap.low <= dear.low && cheap.high <= dear.high).toBe(true);
      }),
    );
  });
});

describe('prices of one’s own', () => {
  const own = { '720p': null, '1080p': '12.00000001', element: null, date: '2026-11-21' };

  it('hold instead of the published ones, to the last digit, and only where there are some', () => {
    const prices = pricesWith(own);
    expect(prices).toEqual({
      date: '2026-11-21',
      motionPerSecond: { '720p': publishedPrices.motionPerSecond['720p'], '1080p': 1_200_000_001n },
      element: publishedPrices.element,
    });
    expect(creditsToString(estimateMotion(30, '1080p', prices).high)).toBe('360.0000003');
    expect(pricesWith({ ...own, element: '2' }).element).toBe(200_000_000n);
    expect(pricesWith(null)).toBe(publishedPrices);
  });

  it.each(['0', '0.0', '', '-1', '1,5', '0.000000001', '1e3', '1234567'])('cannot be %j', (credits) => {
    expect(findPriceTrouble({ ...own, '720p': credits })).toBe('720p');
    expect(findPriceTrouble({ ...own, element: credits })).toBe('element');
  });

  it.each(['0.00000001', '9', '10.8836784', '999999.5'])('can be %s', (credits) => {
    expect(findPriceTrouble({ ...own, '720p': credits, '1080p': null })).toBeNull();
  });
});

describe('amounts of credits', () => {
  it.each([
    ['81.648', 8_164_800_000n],
    ['0', 0n],
    ['0.00000001', 1n],
    ['-1.5', -150_000_000n],
    [' 7 ', 700_000_000n],
    [40.824, 4_082_400_000n],
    // more digits than the scale holds are cut, not rounded up
    ['0.000000019', 1n],
  ] as const)('reads %s as %s', (value, units) => expect(parseCredits(value)).toBe(units));

  it.each(['', 'abc', '1e3', '1,5', '.5', '1.', 'NaN'])('refuses %j', (value) => {
    expect(() => parseCredits(value)).toThrow(RangeError);
  });

  it('writes exactly what it reads', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }), (units) => {
        expect(parseCredits(creditsToString(units))).toBe(units);
      }),
    );
  });

  it('writes no trailing zeros and no lone point', () => {
    expect(creditsToString(150_000_000n)).toBe('1.5');
    expect(creditsToString(-100_000_000n)).toBe('-1');
    expect(creditsToString(0n)).toBe('0');
  });

  it('adds both ends of ranges', () => {
    expect(addRanges({ low: 1n, high: 2n }, { low: 10n, high: 20n })).toEqual({ low: 11n, high: 22n });
  });

  it('shows numbers and dollars for display', () => {
    expect(creditsToNumber(150_000_000n)).toBe(1.5);
    expect(creditsToDollars(parseCredits('72'))).toBe(1);
  });
});
