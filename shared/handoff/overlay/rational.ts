/** Exact fractions of seconds, as FCPXML tells time: '1001/30000s', '5s', '2.5s'. Pure. */
import type { FrameRate } from '../../time/timecode.ts';

export interface Rational {
  num: bigint;
  /** Positive. */
  den: bigint;
}

export const zero: Rational = { num: 0n, den: 1n };

/** 64 bits over 32 say the rules; twice as many digits are no time. */
const TIME = /^\s*(-?\d{1,40})(?:\/(\d{1,20})|\.(\d{1,18}))?s\s*$/;

/** Null: no time. */
export function parseTime(text: string | null): Rational | null {
  const match = TIME.exec(text ?? '');
  if (!match) return null;
  const [, whole = '0', below, decimals] = match;
  if (decimals !== undefined) {
    const scale = 10n ** BigInt(decimals.length);
    const sign = whole.startsWith('-') ? -1n : 1n;
    return reduced(BigInt(whole) * scale + sign * BigInt(decimals), scale);
  }
  const den = BigInt(below ?? '1');
  return den === 0n ? null : reduced(BigInt(whole), den);
}

function reduced(num: bigint, den: bigint): Rational {
  let [high, low] = [num < 0n ? -num : num, den];
  while (low > 0n) [high, low] = [low, high % low];
  return high === 0n ? zero : { num: num / high, den: den / high };
}

export const add = (a: Rational, b: Rational): Rational => reduced(a.num * b.den + b.num * a.den, a.den * b.den);
export const subtract = (a: Rational, b: Rational): Rational => add(a, { num: -b.num, den: b.den });
export const isLess = (a: Rational, b: Rational): boolean => a.num * b.den < b.num * a.den;
export const later = (a: Rational, b: Rational): Rational => (isLess(a, b) ? b : a);
export const earlier = (a: Rational, b: Rational): Rational => (isLess(a, b) ? a : b);
export const isEqual = (a: Rational, b: Rational): boolean => a.num === b.num && a.den === b.den;

export const secondsOf = (frames: number, { num, den }: FrameRate): Rational =>
  reduced(BigInt(frames) * BigInt(den), BigInt(num));

/** Null: between two frames. */
export function framesOf({ num, den }: Rational, rate: FrameRate): number | null {
  const [dividend, divisor] = [num * BigInt(rate.num), den * BigInt(rate.den)];
  return dividend % divisor === 0n ? Number(dividend / divisor) : null;
}

/** In the units of the rate where the time is a whole frame, else in lowest terms. */
export function timeText(time: Rational, rate: FrameRate): string {
  if (time.den === 1n) return `${time.num}s`;
  const unit = BigInt(rate.num);
  return unit % time.den === 0n ? `${time.num * (unit / time.den)}/${unit}s` : `${time.num}/${time.den}s`;
}
