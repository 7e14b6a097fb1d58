/** Numbers as people of each language write them: credits, dollars, sizes, times. Pure. */
import { creditsToDollars, creditsToNumber, parseCredits } from '../../shared/money/pricing.ts';

/** Making a formatter costs more than using it a hundred times, and lists ask for the same ones again and again. */
function kept<Options extends object, Made>(make: (language: string, options: Options) => Made) {
  const known = new Map<string, Made>();
  return (language: string, options: Options): Made => {
    const key = `${language} ${JSON.stringify(options)}`;
    const made = known.get(key) ?? make(language, options);
    known.set(key, made);
    return made;
  };
}

const numbers = kept((language, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options));
const dates = kept((language, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options));

export function formatNumber(value: number, language: string, digits = 2): string {
  return numbers(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** 0.125 → '12.5%'. */
export function formatShare(share: number, language: string): string {
  return numbers(language, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

/** '97.9776' → '97.98'. */
export function formatCredits(credits: string, language: string): string {
  return formatNumber(creditsToNumber(parseCredits(credits)), language);
}

export function formatCreditRange(range: { low: string; high: string }, language: string): string {
  const [low, high] = [formatCredits(range.low, language), formatCredits(range.high, language)];
  return low === high ? low : `${low}–${high}`;
}

/** Display only, always shown as "about". */
export function formatDollars(credits: string, language: string): string {
  const dollars = creditsToDollars(parseCredits(credits));
  return numbers(language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
  }).format(dollars);
}

export function formatDollarRange(range: { low: string; high: string }, language: string): string {
  const [low, high] = [formatDollars(range.low, language), formatDollars(range.high, language)];
  return low === high ? low : `${low}–${high}`;
}

/** What is left when the dearer end of a price is paid; may be negative. */
export function balanceAfter(balance: string, price: { high: string }): { credits: number; isEnough: boolean } {
  const rest = parseCredits(balance) - parseCredits(price.high);
  return { credits: creditsToNumber(rest), isEnough: rest >= 0n };
}

/** 75 → '1:15'. */
export function formatElapsed(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Decimal units, as file managers and the provider count them. */
export function formatBytes(bytes: number, language: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  let value = bytes;
  let index = 0;
  while (value >= 1000 && index < units.length - 1) {
    value /= 1000;
    index += 1;
  }
  return numbers(language, {
    style: 'unit',
    unit: units[index] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 && index > 0 ? 1 : 0,
  }).format(value);
}

export function formatRate(rate: { num: number; den: number }, language: string): string {
  return numbers(language, { maximumFractionDigits: 3 }).format(rate.num / rate.den);
}

/** '2026-11-21' as people write it, whatever the zone. */
export function formatDay(day: string, language: string): string {
  return dates(language, { dateStyle: 'medium' }).format(new Date(`${day}T12:00:00`));
}

export function formatWhen(iso: string, language: string): string {
  return dates(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
}
