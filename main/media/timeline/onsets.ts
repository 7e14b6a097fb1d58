/** Where a sound begins anew: the spectral flux of its samples, step by step. Pure. */

/** Samples a second that are looked at. */
export const ONSET_SAMPLE_RATE = 8_000;

const WINDOW = 256;
const HOP = 64;
/** Steps of the envelope a second. */
export const ONSET_STEPS_PER_SECOND = ONSET_SAMPLE_RATE / HOP;
/** A stroke is felt most when it has come this far into the (Hann) window, measured from its late end. */
const FELT_AT = 0.7;
/** Soft strokes count beside loud ones: magnitudes are compressed by this before they are compared. */
const COMPRESSION = 20;

/** When step `n` of the envelope was, in seconds. */
export function onsetSeconds(step: number): number {
  return (step * HOP + WINDOW * FELT_AT) / ONSET_SAMPLE_RATE;
}

const hann = Float64Array.from({ length: WINDOW }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / WINDOW));
const cosines = Float64Array.from({ length: WINDOW / 2 }, (_, n) => Math.cos((2 * Math.PI * n) / WINDOW));
const sines = Float64Array.from({ length: WINDOW / 2 }, (_, n) => -Math.sin((2 * Math.PI * n) / WINDOW));
const bits = Math.log2(WINDOW);
const mirrored = Uint16Array.from({ length: WINDOW }, (_, n) => {
  let reversed = 0;
  for (let bit = 0; bit < bits; bit += 1) reversed |= ((n >> bit) & 1) << (bits - 1 - bit);
  return reversed;
});

/** In place, of `WINDOW` values that stand in mirrored order (Cooley and Tukey, radix 2). */
function transform(real: Float64Array, imaginary: Float64Array): void {
  for (let size = 2; size <= WINDOW; size *= 2) {
    const half = size / 2;
    const stride = WINDOW / size;
    for (let start = 0; start < WINDOW; start += size) {
      for (let n = 0; n < half; n += 1) {
        const [low, high] = [start + n, start + n + half];
        const [c, s] = [cosines[n * stride] ?? 0, sines[n * stride] ?? 0];
        const [re, im] = [real[high] ?? 0, imaginary[high] ?? 0];
        const [turnedRe, turnedIm] = [re * c - im * s, re * s + im * c];
        real[high] = (real[low] ?? 0) - turnedRe;
        imaginary[high] = (imaginary[low] ?? 0) - turnedIm;
        real[low] = (real[low] ?? 0) + turnedRe;
        imaginary[low] = (imaginary[low] ?? 0) + turnedIm;
      }
    }
  }
}

export interface OnsetMeter {
  /** How much of the spectrum grew at each step. */
  envelope: number[];
  /** -1..1, at `ONSET_SAMPLE_RATE`. */
  add(sample: number): void;
}

export function createOnsetMeter(): OnsetMeter {
  const envelope: number[] = [];
  const recent = new Float64Array(WINDOW);
  const real = new Float64Array(WINDOW);
  const imaginary = new Float64Array(WINDOW);
  let before = new Float64Array(WINDOW / 2);
  let now = new Float64Array(WINDOW / 2);
  let count = 0;

  const measure = () => {
    // The oldest sample lies where the next one will.
    const oldest = count % WINDOW;
    for (let n = 0; n < WINDOW; n += 1) {
      const to = mirrored[n] ?? 0;
      real[to] = (recent[(oldest + n) % WINDOW] ?? 0) * (hann[n] ?? 0);
      imaginary[to] = 0;
    }
    transform(real, imaginary);
    let flux = 0;
    for (let bin = 1; bin < WINDOW / 2; bin += 1) {
      const [re, im] = [real[bin] ?? 0, imaginary[bin] ?? 0];
      const level = Math.log1p(COMPRESSION * Math.sqrt(re * re + im * im));
      now[bin] = level;
      flux += Math.max(0, level - (before[bin] ?? 0));
    }
    [before, now] = [now, before];
    // Nothing came before the first step: that the sound is there is no stroke.
    envelope.push(envelope.length === 0 ? 0 : flux);
  };

  return {
    envelope,
    add: (sample) => {
      recent[count % WINDOW] = sample;
      count += 1;
      if (count >= WINDOW && (count - WINDOW) % HOP === 0) measure();
    },
  };
}
