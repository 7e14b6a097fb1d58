/** Going through results one by one and judging them: where one stands, what was decided, and the way back. Pure. */
import type { LibraryFlag } from '../../../shared/contract/library.ts';

export interface Cull {
  ids: readonly string[];
  /** Behind the last one: the summary. */
  at: number;
  /** What was decided here, and of what was seen what had been decided before. */
  flags: Readonly<Record<string, LibraryFlag>>;
  ratings: Readonly<Record<string, number>>;
  /** Decisions in their order, each with what was there before. */
  past: readonly Decision[];
}

export interface Decision {
  id: string;
  at: number;
  flag?: LibraryFlag;
  rating?: number;
}

export function startCull(ids: readonly string[]): Cull {
  return { ids, at: 0, flags: {}, ratings: {}, past: [] };
}

export function move(cull: Cull, by: number): Cull {
  return { ...cull, at: Math.max(0, Math.min(cull.ids.length, cull.at + by)) };
}

/** A result that came with a decision counts with it. */
export function see(cull: Cull, id: string, flag: LibraryFlag): Cull {
  return flag === 'none' || cull.flags[id] !== undefined ? cull : { ...cull, flags: { ...cull.flags, [id]: flag } };
}

/** What the result says of itself, and what was decided here over it. */
export interface Judged {
  flag: LibraryFlag;
  rating: number;
}

export function judgedOf(cull: Cull, id: string, own: Judged): Judged {
  return { flag: cull.flags[id] ?? own.flag, rating: cull.ratings[id] ?? own.rating };
}

/** Picked or rejected: the next one comes by itself. Taken back (none): it stays. */
export function decideFlag(cull: Cull, own: Judged, flag: LibraryFlag): Cull {
  const id = cull.ids[cull.at];
  if (id === undefined) return cull;
  const before = { id, at: cull.at, flag: judgedOf(cull, id, own).flag };
  const decided = { ...cull, flags: { ...cull.flags, [id]: flag }, past: [...cull.past, before] };
  return flag === 'none' ? decided : move(decided, 1);
}

/** Stars stay with the picture: a pick may follow. */
export function decideRating(cull: Cull, own: Judged, rating: number): Cull {
  const id = cull.ids[cull.at];
  if (id === undefined) return cull;
  const before = { id, at: cull.at, rating: judgedOf(cull, id, own).rating };
  return { ...cull, ratings: { ...cull.ratings, [id]: rating }, past: [...cull.past, before] };
}

/** Back to the picture of the last decision, which is as it was; null: nothing was decided. */
export function takeBack(cull: Cull): { cull: Cull; decision: Decision } | null {
  const decision = cull.past.at(-1);
  if (!decision) return null;
  const { id, at, flag, rating } = decision;
  const flags = flag === undefined ? cull.flags : { ...cull.flags, [id]: flag };
  const ratings = rating === undefined ? cull.ratings : { ...cull.ratings, [id]: rating };
  return { cull: { ...cull, at, flags, ratings, past: cull.past.slice(0, -1) }, decision };
}
