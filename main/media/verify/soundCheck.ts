/** Judges the sound of a result: how long it is, that nothing is missing, and that it begins when the source's does. Pure. */

/** Mono samples per second that are compared. */
export const CHECK_RATE = 8_000;
/** Sound and picture may part by this much at the end. */
const END_SECONDS = 0.02;
/** The last packet of AAC is filled with silence: 1024 samples at 48 kHz. */
const FILL_SECONDS = 0.024;
const SLOT_SECONDS = 0.005;
/** How far a shift is looked for, and how much of one is heard. */
const LAG_SECONDS = 0.25;
const SHIFT_SECONDS = 0.02;
/** Quieter than this is silence (of 1). */
const SILENT = 0.003;
const PARTS = 16;
const EDGE_SLOTS = 6;

export interface SoundResult {
  /** `told`: aligned by its own ups and downs. `steady`: too even to tell when it begins. `silent`: nothing to hear. */
  state: 'told' | 'steady' | 'silent' | 'wrong';
  /** What is wrong, for the log; empty otherwise. */
  problem: string;
  seconds: number;
  shiftSeconds: number | null;
}

/** Loudness of each 5 ms (0..1). */
export function envelopeOf(samples: Int16Array): number[] {
  const slot = Math.round(CHECK_RATE * SLOT_SECONDS);
  return Array.from({ length: Math.floor(samples.length / slot) }, (_, i) => {
    let sum = 0;
    for (let n = i * slot; n < (i + 1) * slot; n += 1) sum += ((samples[n] ?? 0) / 32_768) ** 2;
    return Math.sqrt(sum / slot);
  });
}

const meanOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);

/** Correlation of two envelopes with `b` read `lag` slots later; null where one of them does not vary. */
function correlation(a: readonly number[], b: readonly number[], lag: number): number | null {
  const from = Math.max(0, -lag);
  const to = Math.min(a.length, b.length - lag);
  if (to - from < 40) return null;
  const [x, y] = [a.slice(from, to), b.slice(from + lag, to + lag)];
  const [mx, my] = [meanOf(x), meanOf(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i += 1) {
    const [dx, dy] = [(x[i] ?? 0) - mx, (y[i] ?? 0) - my];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  // A steady tone still wavers by a few hundredths of itself.
  if (xx / x.length < (0.05 * mx) ** 2 || yy / y.length < (0.05 * my) ** 2) return null;
  return xy / Math.sqrt(xx * yy);
}

/** How many seconds `made` lags behind `source`; null where neither has an edge to hold on to. */
export function shiftOf(source: readonly number[], made: readonly number[]): number | null {
  const most = Math.round(LAG_SECONDS / SLOT_SECONDS);
  const none = correlation(source, made, 0);
  if (none === null) return null;
  let best = { lag: 0, value: none };
  for (let lag = -most; lag <= most; lag += 1) {
    const value = correlation(source, made, lag);
    if (value !== null && value > best.value) best = { lag, value };
  }
  if (best.value < 0.6) return null;
  // Nearly as good where it should be: a rhythm that repeats.
  return best.value - none < 0.03 ? 0 : best.lag * SLOT_SECONDS;
}

/** Where the source is heard and the result is not, as seconds; null: nowhere. */
function missingAt(source: readonly number[], made: readonly number[]): number | null {
  const length = Math.floor(source.length / PARTS);
  for (let part = 0; part < PARTS && length > 0; part += 1) {
    const own = meanOf(source.slice(part * length, (part + 1) * length));
    // A little wider: sound at the edge of a part may lie just beyond it.
    const other = meanOf(made.slice(Math.max(0, part * length - EDGE_SLOTS), (part + 1) * length + EDGE_SLOTS));
    if (own > SILENT * 2 && other < own * 0.1) return part * length * SLOT_SECONDS;
  }
  return null;
}

/** `source`: what the source's track sounds like over the same stretch; null where that could not be read. */
export function judgeSound(made: Int16Array, source: Int16Array | null, pictureSeconds: number): SoundResult {
  const seconds = made.length / CHECK_RATE;
  const base = { seconds: Number(seconds.toFixed(3)), shiftSeconds: null, problem: '' };
  const over = seconds - pictureSeconds;
  if (over < -END_SECONDS || over > FILL_SECONDS + END_SECONDS) {
    const problem = `sound ${seconds.toFixed(3)} s of ${pictureSeconds.toFixed(3)} s`;
    return { ...base, state: 'wrong', problem };
  }
  if (!source) return { ...base, state: 'steady' };
  const [own, other] = [envelopeOf(source), envelopeOf(made)];
  if (Math.max(0, ...own) < SILENT) return { ...base, state: 'silent' };
  const shiftSeconds = shiftOf(own, other);
  if (shiftSeconds !== null && Math.abs(shiftSeconds) > SHIFT_SECONDS) {
    return { ...base, state: 'wrong', shiftSeconds, problem: `sound shifted by ${shiftSeconds.toFixed(3)} s` };
  }
  const missing = missingAt(own, other);
  if (missing !== null) return { ...base, state: 'wrong', problem: `no sound at ${missing.toFixed(2)} s` };
  return { ...base, state: shiftSeconds === null ? 'steady' : 'told', shiftSeconds };
}
