/** Cuts, flashes, black, freezes and takes, decided on made-up differences and on made-up pictures. */
import { describe, expect, it } from 'vitest';
import { coarseCuts } from '../../../main/media/timeline/shotScan.ts';
import { cleanTakes, decideShots, markCuts } from '../../../main/media/timeline/shots.ts';
import { createFrameMeter } from '../../../main/media/verify/frameMeter.ts';

/** `base` everywhere, with other values at some places. */
function signal(count: number, base: number, at: Readonly<Record<number, number>> = {}): number[] {
  return Array.from({ length: count }, (_, n) => at[n] ?? (n === 0 ? 0 : base));
}
const framesOf = (change: number[], bridge = change) => markCuts({ change, bridge }).map((mark) => mark.frame);

describe('cuts', () => {
  it('one change that stands out of calm is a cut, with more confidence the further it stands out', () => {
    expect(framesOf(signal(60, 0.02, { 30: 0.5 }))).toEqual([30]);
    const [clear] = markCuts({ change: signal(60, 0.02, { 30: 0.6 }), bridge: signal(60, 0.02, { 30: 0.6 }) });
    const [faint] = markCuts({ change: signal(60, 0.07, { 30: 0.2 }), bridge: signal(60, 0.07, { 30: 0.2 }) });
    expect(clear?.confidence).toBe(1);
    expect(faint?.confidence).toBeLessThan(0.7);
    expect(faint?.confidence).toBeGreaterThanOrEqual(0.5);
  });

  it('fast motion is none: its changes are large, and all alike', () => {
    expect(framesOf(signal(60, 0.3, { 30: 0.4 }))).toEqual([]);
  });

  it('a cut inside fast motion still stands out', () => {
    expect(framesOf(signal(60, 0.12, { 30: 0.5 }))).toEqual([30]);
  });

  it('a flash is none: what was before comes back', () => {
    const change = signal(60, 0.02, { 30: 0.6, 32: 0.6 });
    expect(framesOf(change, signal(60, 0.02, { 30: 0.05, 32: 0.05 }))).toEqual([]);
  });

  it('a fade is none: no single change is large', () => {
    const fade = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [30 + i, 0.12]));
    expect(framesOf(signal(80, 0.02, fade))).toEqual([]);
  });

  it('two marks within four pictures are one, where the change is larger', () => {
    expect(framesOf(signal(60, 0.02, { 30: 0.4, 33: 0.6 }))).toEqual([33]);
  });

  it('pictures shown twice do not make motion look calm', () => {
    const doubled = Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? 0 : 0.2));
    expect(framesOf(doubled)).toEqual([]);
  });

  it('keyframes that differ more than keyframes usually do mark a cut', () => {
    expect(coarseCuts([0, 0.4, 0.5, 0.4], 2)).toEqual([]);
    expect(coarseCuts([0, 0.1, 0.5, 0.1], 2)).toEqual([{ seconds: 1, confidence: 0.5 }]);
  });
});

describe('takes', () => {
  it('lie between cuts, and leave out what is spoilt and what is too short', () => {
    expect(cleanTakes(300, [100], [{ from: 150, to: 160 }], 75)).toEqual([
      { from: 0, to: 100 },
      { from: 160, to: 300 },
    ]);
    expect(cleanTakes(50, [], [], 75)).toEqual([]);
  });
});

/** Raw 4:2:0 pictures of one brightness each, with an edge that moves by `shift` pixels a picture. */
function pictures(lumas: readonly number[], shift: number): Buffer {
  const [width, height] = [32, 18];
  const frames = lumas.map((luma, n) => {
    const frame = Buffer.alloc(width * height * 1.5, 128);
    for (let i = 0; i < width * height; i += 1) frame[i] = (i + n * shift) % width < width / 2 ? luma : luma * 0.5;
    return frame;
  });
  return Buffer.concat(frames);
}

function decide(lumas: readonly number[], shift: number, fps: number) {
  const meter = createFrameMeter(32, 18);
  const data = pictures(lumas, shift);
  // Chunks of any size: pictures are put together again.
  for (let at = 0; at < data.length; at += 1000) meter.feed(data.subarray(at, at + 1000));
  expect(meter.signals.change.length).toBe(lumas.length);
  return decideShots(meter.signals, fps, 3);
}

it('black and frozen stretches are found in pictures, and motion is graded', () => {
  const moving = (count: number) => Array.from({ length: count }, () => 160);
  const black = Array.from({ length: 25 }, () => 16);
  const found = decide([...moving(100), ...black, ...moving(100)], 1, 25);
  expect(found.black).toEqual([{ from: 4, to: 5 }]);
  expect(found.takes).toEqual([
    { from: 0, to: 4 },
    { from: 5, to: 9 },
  ]);
  expect(found.motion.level).not.toBe('still');
  const still = decide(moving(100), 0, 25);
  expect(still.motion).toEqual({ level: 'still', score: 0 });
  expect(still.freezes).toEqual([{ from: 0.04, to: 4 }]);
  expect(decide(moving(100), 8, 25).motion.level).toBe('fast');
  expect(still.motionBySecond).toEqual([0, 0, 0, 0]);
  expect(found.motionBySecond).toHaveLength(9);
  expect(found.motionBySecond[0]).toBe(found.motion.score);
  expect(found.motionBySecond[4]).toBeLessThan(found.motion.score / 2);
});

it('a flash in pictures is bridged, a cut in pictures is not', () => {
  const shot = (count: number, luma: number) => Array.from({ length: count }, () => luma);
  expect(decide([...shot(30, 90), ...shot(2, 250), ...shot(30, 90)], 0, 25).cuts).toEqual([]);
  const cut = decide([...shot(30, 60), ...shot(30, 220)], 0, 25).cuts;
  expect(cut.map(({ seconds }) => seconds)).toEqual([1.2]);
});
