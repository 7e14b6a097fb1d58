/** How results are being compared: which pictures are there, how two of them lie over each other, offsets, sound. Pure. */

export type CompareMode = 'side' | 'flip' | 'wipe' | 'difference';

export interface Comparison {
  mode: CompareMode;
  /** Keys of sides that were put away. */
  hidden: readonly string[];
  /** The two that lie over each other; null: the first that are there. */
  a: string | null;
  b: string | null;
  /** Of the two, the one that is seen when flipping. */
  isShowingB: boolean;
  wipe: number;
  /** Small differences are made bright. */
  isAmplified: boolean;
  /** Frames later (above 0) or earlier than the others. */
  offsets: Readonly<Record<string, number>>;
  /** What keys for one side mean; null: the last one. */
  active: string | null;
  /** Whose sound is heard; null: none. */
  sound: string | null;
}

export const freshComparison: Comparison = {
  mode: 'side',
  hidden: [],
  a: null,
  b: null,
  isShowingB: true,
  wipe: 0.5,
  isAmplified: false,
  offsets: {},
  active: null,
  sound: null,
};

/** At most four results beside the reference and the character. */
export const mostResults = 4;
const mostOffset = 600;

export function shownOf(comparison: Comparison, keys: readonly string[]): string[] {
  const shown = keys.filter((key) => !comparison.hidden.includes(key));
  return shown.length > 0 ? shown : [...keys];
}

/** The two that lie over each other; one picture alone is both. */
export function pairOf(comparison: Comparison, shown: readonly string[]): { a: string; b: string } {
  const has = (key: string | null): key is string => key !== null && shown.includes(key);
  const a = has(comparison.a) ? comparison.a : (shown.find((key) => key !== comparison.b) ?? shown[0] ?? '');
  const b = has(comparison.b) && comparison.b !== a ? comparison.b : (shown.find((key) => key !== a) ?? a);
  return { a, b };
}

export function activeOf(comparison: Comparison, shown: readonly string[]): string {
  const { active } = comparison;
  return active !== null && shown.includes(active) ? active : (shown.at(-1) ?? '');
}

/** Put away, or back; the last two stay. */
export function toggleShown(comparison: Comparison, key: string, keys: readonly string[]): Comparison {
  const { hidden } = comparison;
  if (hidden.includes(key)) return { ...comparison, hidden: hidden.filter((other) => other !== key) };
  if (keys.length - hidden.length <= 2) return comparison;
  const sound = comparison.sound === key ? null : comparison.sound;
  return { ...comparison, sound, hidden: [...hidden, key] };
}

/** Another way of looking; the same one once more flips. */
export function withMode(comparison: Comparison, mode: CompareMode): Comparison {
  if (mode === 'flip' && comparison.mode === 'flip') return { ...comparison, isShowingB: !comparison.isShowingB };
  return { ...comparison, mode };
}

/** A side that is chosen while it is the other one changes places with it. */
export function withPair(
  comparison: Comparison,
  pair: { a: string; b: string },
  chosen: Partial<typeof pair>,
): Comparison {
  const next = { ...pair, ...chosen };
  if (next.a === next.b) return { ...comparison, a: pair.b, b: pair.a };
  return { ...comparison, ...next };
}

export function offsetBy(comparison: Comparison, key: string, frames: number): Comparison {
  const to = Math.max(-mostOffset, Math.min(mostOffset, (comparison.offsets[key] ?? 0) + frames));
  return { ...comparison, offsets: { ...comparison.offsets, [key]: to } };
}

export function withoutOffset(comparison: Comparison, key: string): Comparison {
  const { [key]: _gone, ...offsets } = comparison.offsets;
  return { ...comparison, offsets };
}

export function toggleSound(comparison: Comparison, key: string): Comparison {
  return { ...comparison, sound: comparison.sound === key ? null : key };
}

/** Through all that can be heard, and silence. */
export function nextSound(comparison: Comparison, audible: readonly string[]): Comparison {
  const order = [null, ...audible];
  const at = order.indexOf(comparison.sound);
  return { ...comparison, sound: order[(at + 1) % order.length] ?? null };
}

/** A or B: shown when flipping, chosen when they lie over each other; beside each other the picture before or after. */
export function withLetter(comparison: Comparison, shown: readonly string[], letter: 'a' | 'b'): Comparison {
  if (comparison.mode !== 'side') {
    return { ...comparison, isShowingB: letter === 'b', active: pairOf(comparison, shown)[letter] };
  }
  const at = shown.indexOf(activeOf(comparison, shown)) + (letter === 'b' ? 1 : -1);
  return { ...comparison, active: shown[(at + shown.length) % shown.length] ?? null };
}
