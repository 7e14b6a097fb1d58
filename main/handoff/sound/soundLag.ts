/** By how much the sound of a result lies behind that of its reference: loudness first, then the waves themselves. Pure. */
import { findLag, refineLag } from './correlate.ts';

/** Mono samples per second that are compared. */
export const LISTEN_RATE = 8_000;
/** How far a shift is looked for, to either side. */
export const REACH_SECONDS = 0.5;
/** Read around the stretch, so that every lag has something to compare. */
export const LEAD_SECONDS = 0.6;

const SLOT_SECONDS = 0.002;
const SLOT = LISTEN_RATE * SLOT_SECONDS;
/** Two onsets closer than this are one. */
const PEAK_SECONDS = 0.03;
/** Loudness is alike in unlike recordings too: it must be more alike than that. */
const LEAST_LOUDNESS = 0.6;
const LEAST_WAVES = 0.5;
/** Quieter than this is silence, of 1. */
const SILENT = 0.003;

/** Loudness of each 2 ms, bent so that a quiet word counts beside a shout. */
export function loudnessOf(samples: Int16Array): Float64Array {
  const slots = new Float64Array(Math.floor(samples.length / SLOT));
  for (let slot = 0; slot < slots.length; slot += 1) {
    let sum = 0;
    for (let i = slot * SLOT; i < (slot + 1) * SLOT; i += 1) sum += ((samples[i] ?? 0) / 32_768) ** 2;
    slots[slot] = Math.log1p(Math.sqrt(sum / SLOT) * 30);
  }
  return slots;
}

const isSilent = (samples: Int16Array) => !samples.some((value) => Math.abs(value) > SILENT * 32_768);

export interface SoundLag {
  /** Positive: the result's sound comes later than the reference's. */
  seconds: number;
  /** 0..1 */
  confidence: number;
}

/**
 * `source` begins LEAD_SECONDS before the in point, `made` with the result's first picture; both mono at LISTEN_RATE.
 * Null: silent, too even, or alike in several places.
 */
export function soundLag(source: Int16Array, made: Int16Array): SoundLag | null {
  if (isSilent(source) || isSilent(made)) return null;
  const rough = findLag(loudnessOf(source), loudnessOf(made), {
    lead: LEAD_SECONDS / SLOT_SECONDS,
    most: REACH_SECONDS / SLOT_SECONDS,
    width: PEAK_SECONDS / SLOT_SECONDS,
    least: LEAST_LOUDNESS,
  });
  if (!rough) return null;
  const near = rough.steps * SLOT;
  // Music mixed in, or another encoder's phase: then loudness has the last word.
  const fine = refineLag(source, made, near, { lead: LEAD_SECONDS * LISTEN_RATE, reach: SLOT * 3, least: LEAST_WAVES });
  const steps = fine ? fine.steps : near;
  return { seconds: steps / LISTEN_RATE, confidence: Math.max(rough.confidence, fine?.confidence ?? 0) };
}
