/** The beat that the dancer follows: kick, clap, hats, bass and chords made of sines and noise, as stereo PCM. */
import { beatSeconds, danceSeconds } from './dance.mjs';

export const sampleRate = 48_000;
const note = (semitones) => 220 * 2 ** (semitones / 12);
/** One chord per four beats: A minor, F, G, as semitones from A3. */
const chords = [
  [0, 3, 7, 12],
  [-4, 0, 3, 8],
  [-2, 2, 5, 10],
];
const melody = [
  12,
  null,
  15,
  12,
  19,
  null,
  17,
  15,
  12,
  15,
  null,
  12,
  20,
  19,
  15,
  null,
  14,
  17,
  22,
  null,
  19,
  17,
  14,
  10,
];

/** Interleaved 16-bit stereo. */
export function renderMusic() {
  const count = Math.round(danceSeconds * sampleRate);
  const left = new Float32Array(count);
  const right = new Float32Array(count);
  const add = (startSeconds, lengthSeconds, pan, voice) => {
    const first = Math.round(startSeconds * sampleRate);
    for (let i = 0; i < lengthSeconds * sampleRate && first + i < count; i += 1) {
      const value = voice(i / sampleRate);
      left[first + i] += value * (1 - pan);
      right[first + i] += value * (1 + pan);
    }
  };
  const noise = makeNoise();
  for (let beat = 0; beat < danceSeconds / beatSeconds; beat += 1) addBeat(add, noise, beat);
  melody.forEach((step, i) => {
    if (step !== null) add(i * (beatSeconds / 2), 0.34, i % 2 ? 0.3 : -0.3, pluck(note(step)));
  });
  return interleave(left, right);
}

function addBeat(add, noise, beat) {
  const start = beat * beatSeconds;
  const chord = chords[Math.floor(beat / 4) % chords.length];
  add(
    start,
    0.3,
    0,
    (t) => 0.75 * Math.sin(2 * Math.PI * (46 * t + 22 * (1 - Math.exp(-t * 32)) * 0.14)) * Math.exp(-t * 11),
  );
  if (beat % 2 === 1) add(start, 0.2, 0.05, (t) => 0.22 * noise() * Math.exp(-t * 24));
  for (const half of [0, 0.5]) {
    add(start + half * beatSeconds, 0.06, half ? 0.4 : -0.2, (t) => (half ? 0.1 : 0.05) * noise() * Math.exp(-t * 75));
  }
  add(start + beatSeconds / 2, 0.22, 0, (t) => 0.3 * saw(note(chord[0] - 24), t) * Math.exp(-t * 9));
  for (const [i, step] of chord.entries()) {
    const stab = (t) => 0.07 * saw(note(step), t) * Math.exp(-t * 10);
    add(start + beatSeconds / 2, 0.26, (i - 1.5) * 0.3, stab);
  }
}

const pluck = (hz) => (t) =>
  0.13 *
  (Math.sin(2 * Math.PI * hz * t) + 0.35 * Math.sin(4 * Math.PI * hz * t)) *
  Math.exp(-t * 11) *
  Math.min(1, t * 400);

/** A few harmonics only: soft, and without the hiss of a raw saw. */
function saw(hz, t) {
  let value = 0;
  for (let k = 1; k <= 5; k += 1) value += Math.sin(2 * Math.PI * hz * k * t) / k;
  return value * 0.6;
}

/** The same noise every time, so that the file is the same. */
function makeNoise() {
  let state = 12_345;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x3fffffff - 1;
  };
}

function interleave(left, right) {
  const buffer = Buffer.alloc(left.length * 4);
  const fadeSamples = 0.02 * sampleRate;
  for (let i = 0; i < left.length; i += 1) {
    const fade = Math.min(1, (left.length - i) / fadeSamples);
    buffer.writeInt16LE(Math.round(Math.tanh(left[i] * fade) * 30_000), i * 4);
    buffer.writeInt16LE(Math.round(Math.tanh(right[i] * fade) * 30_000), i * 4 + 2);
  }
  return buffer;
}
