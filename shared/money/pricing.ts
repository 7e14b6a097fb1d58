/**
 * Prices as dated data and the arithmetic of credits. Credits are integers of 10^-8 (bigint in the ledger, decimal string on the wire);
 * dollars are display only. Source: product pages, see `source` of each row.
 */
import type { Quality } from '../rules/limits.ts';

export const creditScale = 100_000_000n;

export interface Prices {
  /** When they were read, or said to be so: 2026-11-21. */
  date: string;
  /** Credits x 10^-8 per second of OUTPUT. */
  motionPerSecond: Readonly<Record<Quality, bigint>>;
  element: bigint;
}

export const publishedPrices: Prices = {
  date: '2026-11-01',
  /**
   * [p]. 1080p is listed as 1.333 x 720p = 10.8836784, and printed as 10.88368: the estimate uses what is printed, so that it is never lower
   * than the price that a person has read.
   */
  motionPerSecond: { '720p': 816_480_000n, '1080p': 1_088_368_000n },
  element: 100_000_000n,
};

/** 72 on the page, 68 in a public client: display only. */
export const creditsPerDollar = 72;

export const priceNames = ['720p', '1080p', 'element'] as const;
export type PriceName = (typeof priceNames)[number];

export function priceOf(prices: Prices, name: PriceName): bigint {
  return name === 'element' ? prices.element : prices.motionPerSecond[name];
}

/** What the provider asks by now, as a person knows it: credits per second and quality, and per element; null: as published. */
export interface PriceOverride extends Record<PriceName, string | null> {
  /** Since when: 2026-11-21. */
  date: string;
}

/** The prices that hold: as published, or a person's dated word over them. */
export function pricesWith(override: PriceOverride | null): Prices {
  if (override === null) return publishedPrices;
  const own = (name: PriceName) => {
    const credits = override[name];
    return credits === null ? priceOf(publishedPrices, name) : parseCredits(credits);
  };
  return {
    date: override.date,
    motionPerSecond: { '720p': own('720p'), '1080p': own('1080p') },
    element: own('element'),
  };
}

/** Whether a price can be counted with: above zero, with no digit that the scale would cut off. */
export function isPrice(credits: string): boolean {
  return /^\d{1,6}(\.\d{1,8})?$/.test(credits) && parseCredits(credits) > 0n;
}

/** The first price of an override that cannot be one; null: all can. */
export function findPriceTrouble(override: PriceOverride): PriceName | null {
  return priceNames.find((name) => override[name] !== null && !isPrice(override[name])) ?? null;
}

/** Both ends in credits x 10^-8. They differ where the two published roundings of seconds differ. */
export interface CreditRange {
  low: bigint;
  high: bigint;
}

/**
 * What an order of `outputSeconds` may cost. "Rounded to the nearest integer" (billing rules) and "rounded up" (FAQ) disagree:
 * low uses the first (never under one second), high the second.
 */
export function estimateMotion(outputSeconds: number, quality: Quality, prices: Prices): CreditRange {
  // A hair of tolerance: 10.0000001 s of float noise is 10 s.
  const exact = Math.max(0, outputSeconds - 1e-6);
  const nearest = BigInt(Math.max(1, Math.round(outputSeconds)));
  const up = BigInt(Math.max(1, Math.ceil(exact)));
  const price = prices.motionPerSecond[quality];
  return nearest <= up ? { low: nearest * price, high: up * price } : { low: up * price, high: nearest * price };
}

export function addRanges(a: CreditRange, b: CreditRange): CreditRange {
  return { low: a.low + b.low, high: a.high + b.high };
}

/** '81.648' → 8164800000n. Accepts numbers as the API sends them; throws RangeError on anything else. */
export function parseCredits(value: string | number): bigint {
  const text = typeof value === 'number' ? value.toFixed(8) : value.trim();
  const match = /^(-?)(\d+)(?:\.(\d{1,}))?$/.exec(text);
  if (!match) throw new RangeError(`not an amount of credits: ${text}`);
  const fraction = (match[3] ?? '').slice(0, 8).padEnd(8, '0');
  const units = BigInt(match[2] ?? '0') * creditScale + BigInt(fraction);
  return match[1] ? -units : units;
}

/** 8164800000n → '81.648': the exact decimal, without trailing zeros. */
export function creditsToString(units: bigint): string {
  const sign = units < 0n ? '-' : '';
  const abs = units < 0n ? -units : units;
  const fraction = (abs % creditScale).toString().padStart(8, '0').replace(/0+$/, '');
  return `${sign}${abs / creditScale}${fraction ? `.${fraction}` : ''}`;
}

export function creditsToNumber(units: bigint): number {
  return Number(units) / Number(creditScale);
}

/** Dollars for display, marked "about" wherever they are shown. */
export function creditsToDollars(units: bigint): number {
  return creditsToNumber(units) / creditsPerDollar;
}
