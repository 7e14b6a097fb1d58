/** Copies for the timeline, what can be told without a file: rates to the picture, timecode to the label, sizes, names in ASCII, offsets. */
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { findOtherPicture } from '../../../main/handoff/conform/verifyCopy.ts';
import { chooseOffset } from '../../../main/handoff/sound/chooseOffset.ts';
import { pictureLag } from '../../../main/handoff/sound/pictureLag.ts';
import { LEAD_SECONDS, LISTEN_RATE, soundLag } from '../../../main/handoff/sound/soundLag.ts';
import { asciiName } from '../../../shared/handoff/asciiName.ts';
import { conformGeometry, estimateConformBytes } from '../../../shared/handoff/conformPresets.ts';
import {
  conformFrameCount,
  conformRateNames,
  conformRates,
  countChanges,
  framesAtRate,
  framesAtStamps,
} from '../../../shared/handoff/conformRate.ts';
import { timecodeAtIn } from '../../../shared/handoff/conformTimecode.ts';

const rate = conformRates;

/** A counter of timecode that is not ours; the package has no types. */
type Counter = new (from: number | string, fps: number, isDrop: boolean) => { frameCount: number; toString(): string };
const Timecode = createRequire(import.meta.url)('smpte-timecode') as Counter;

describe('19 rate', () => {
  it('shows at every instant the picture that is on screen then, for every pair of rates', () => {
    for (const from of conformRateNames)
      for (const to of conformRateNames) {
        const frames = framesAtRate(300, rate[from], rate[to]);
        expect(frames).toHaveLength(conformFrameCount(300, rate[from], rate[to]));
        for (const [k, frame] of frames.entries()) {
          // The middle of picture k, in whole 1/(2·from·to) of a second: the picture has begun before it and is not over.
          const middle = BigInt(2 * k + 1) * BigInt(rate[to].den) * BigInt(rate[from].num);
          const tick = 2n * BigInt(rate[from].den) * BigInt(rate[to].num);
          const isRight = BigInt(frame) * tick < middle && middle <= BigInt(frame + 1) * tick;
          expect([from, to, k, isRight]).toEqual([from, to, k, true]);
        }
      }
  });

  it('repeats one picture in 1001 of 23.976 in 24 (every 42 s), and none of a rate in itself', () => {
    const frames = framesAtRate(2400, rate['23.976'], rate[24]);
    expect(countChanges(frames, 2400)).toEqual({ repeated: 2, dropped: 0 });
    expect(frames.findIndex((frame, k) => frame !== k)).toBe(500);
    expect(countChanges(framesAtRate(300, rate['29.97'], rate['29.97']), 300)).toEqual({ repeated: 0, dropped: 0 });
    expect(countChanges(framesAtRate(150, rate[30], rate[25]), 150)).toEqual({ repeated: 0, dropped: 25 });
    expect(countChanges(framesAtRate(48, rate[24], rate[60]), 48)).toEqual({ repeated: 72, dropped: 0 });
    expect(framesAtRate(6, rate[60], rate[30])).toEqual([0, 2, 4]);
  });

  it('follows the stamps of a variable rate', () => {
    expect(framesAtStamps([0, 0.04, 0.2, 0.24], 0.28, rate[25])).toEqual([0, 1, 1, 1, 1, 2, 3]);
    expect(framesAtStamps([0, 0.019, 0.06, 0.08], 0.12, rate[25])).toEqual([1, 1, 3]);
  });
});

describe('19 timecode', () => {
  const other = (frame: number, fps: 23.976 | 25 | 29.97 | 59.94, isDrop: boolean) =>
    new Timecode(frame, fps, isDrop).toString();

  it('counts on from the reference’s label, as another counter of drop-frame does', () => {
    const start = timecodeAtIn({ timecode: '00:59:58;10', rate: rate['29.97'] }, 0, rate['29.97']);
    expect(start).toEqual({ text: '00:59:58;10', isConverted: false });
    const base = new Timecode('00:59:58;10', 29.97, true).frameCount;
    for (const frames of [1, 19, 49, 50, 51, 1799, 1800, 17_982, 107_892]) {
      const found = timecodeAtIn({ timecode: '00:59:58;10', rate: rate['29.97'] }, frames, rate['29.97']);
      expect(found?.text).toBe(other(base + frames, 29.97, true));
    }
    const fast = new Timecode('01:00:59;50', 59.94, true).frameCount;
    const found = timecodeAtIn({ timecode: '01:00:59;50', rate: rate['59.94'] }, 30, rate['59.94']);
    expect(found?.text).toBe(other(fast + 30, 59.94, true));
  });

  it('keeps the label where both rates count alike, and the time of day where they do not', () => {
    const at = (timecode: string, from: keyof typeof rate, frames: number, to: keyof typeof rate) =>
      timecodeAtIn({ timecode, rate: rate[from] }, frames, rate[to]);
    expect(at('01:00:00:00', '23.976', 30, '24')).toEqual({ text: '01:00:01:06', isConverted: false });
    expect(at('10:00:00:00', '25', 25, '50')).toEqual({ text: '10:00:01:00', isConverted: true });
    expect(at('01:00:00;00', '29.97', 0, '25')).toEqual({ text: '01:00:00:00', isConverted: true });
    expect(at('01:00:00;00', '59.94', 60, '29.97')).toEqual({ text: '01:00:01;00', isConverted: true });
    expect(at('23:59:59:24', '25', 1, '25')?.text).toBe('00:00:00:00');
  });

  it('makes nothing up of what is no timecode of its rate', () => {
    for (const timecode of ['01:00:00:29', 'nonsense', '01:01:00;00'])
      expect(
        timecodeAtIn({ timecode, rate: timecode.includes(';') ? rate['29.97'] : rate[25] }, 0, rate[25]),
      ).toBeNull();
  });
});

describe('19 size', () => {
  it('fits the picture into the sequence with even sides and even bars', () => {
    const shown = { width: 720, height: 1280 };
    const size = { width: 1920, height: 1080 };
    expect(conformGeometry(shown, size, 'pad')).toEqual({
      ...size,
      picture: { width: 608, height: 1080, x: 656, y: 0 },
    });
    expect(conformGeometry(shown, size, 'scale')).toMatchObject({ width: 608, height: 1080 });
    expect(conformGeometry({ width: 853, height: 481 }, undefined, 'pad')).toMatchObject({ width: 852, height: 480 });
    for (const width of [100, 333, 721, 1919])
      for (const fit of ['pad', 'scale'] as const) {
        const { picture, ...all } = conformGeometry({ width, height: 577 }, { width: 1280, height: 720 }, fit);
        expect([all.width, all.height, picture.x, picture.y, picture.width].map((side) => side % 2)).toEqual([
          0, 0, 0, 0, 0,
        ]);
        expect(picture.x + picture.width <= all.width && picture.y + picture.height <= all.height).toBe(true);
      }
  });

  it('asks for more room the larger, the longer and the better it is', () => {
    const copy = { width: 1280, height: 720, frameCount: 300, seconds: 10, hasSound: true };
    const bytes = estimateConformBytes('prores422', copy);
    expect(bytes).toBeGreaterThan(80_000_000);
    expect(estimateConformBytes('prores-hq', copy)).toBeGreaterThan(bytes);
    expect(estimateConformBytes('prores422', { ...copy, frameCount: 600, seconds: 20 })).toBeGreaterThan(bytes * 1.9);
  });
});

describe('19 names', () => {
  it('spells out what can be spelled, and gives the rest a short form that stays', () => {
    expect(asciiName('Ångström – Straße 3')).toBe('Angstrom - Strasse 3');
    expect(asciiName('ダンス ショット きっぷ')).toBe('dansu shotto kippu');
    expect(asciiName('서울 한글')).toBe('seoul hangeul');
    expect(asciiName('ＦＵＬＬ１')).toBe('FULL1');
    const kanji = asciiName('春の踊り');
    expect(kanji).toMatch(/^x[0-9a-z]{6}nox[0-9a-z]{6}ri$/);
    expect(asciiName('春の踊り')).toBe(kanji);
    expect(asciiName('秋の踊り')).not.toBe(kanji);
  });

  it('answers a legal ASCII name for whatever it is given', () => {
    for (const name of [
      '',
      '🕺🏽',
      '...',
      'a/b:c*?"<>|\\d\u0000',
      '\ud800',
      'x'.repeat(500),
      'CON',
      'e\u0301\u0323',
      '\n\t ',
    ]) {
      const ascii = asciiName(name);
      expect(ascii).toMatch(/^[ -~]{1,200}$/);
      expect(ascii).not.toMatch(/[<>:"/\\|?*]/);
    }
  });
});

/** A noise that is the same every time, louder and quieter each tenth of a second. */
function noise(length: number, seed: number): Int16Array {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const levels = Array.from({ length: Math.ceil(length / 800) }, next);
  return Int16Array.from({ length }, (_, i) => (next() * 2 - 1) * 12_000 * (levels[Math.floor(i / 800)] ?? 0));
}

describe('19 sound', () => {
  const lead = LEAD_SECONDS * LISTEN_RATE;
  const whole = noise(LISTEN_RATE * 8, 7);
  const madeAt = (samples: number) => whole.subarray(lead - samples, lead - samples + LISTEN_RATE * 6);

  it('tells a shift of up to half a second to a tenth of a millisecond, and to which side', () => {
    for (const samples of [-4000, -1601, -13, 0, 5, 960, 3999]) {
      const lag = soundLag(whole, madeAt(samples));
      expect(Math.abs((lag?.seconds ?? 9) - samples / LISTEN_RATE)).toBeLessThan(0.0002);
      expect(lag?.confidence).toBeGreaterThan(0.9);
    }
  });

  it('tells nothing of silence, of an even hum, of another recording, and of a click that repeats', () => {
    const of = (make: (i: number) => number, length = 8) =>
      Int16Array.from({ length: LISTEN_RATE * length }, (_, i) => make(i));
    const hum = (i: number) => 6_000 * Math.sin(i / 20);
    expect(
      soundLag(
        of(() => 0),
        madeAt(0),
      ),
    ).toBeNull();
    expect(soundLag(of(hum), of(hum, 6))).toBeNull();
    expect(soundLag(noise(LISTEN_RATE * 8, 99).reverse(), madeAt(0))).toBeNull();
    const click = (i: number) => (i % 1600 < 80 ? 9_000 : 0) * Math.sin(i / 3);
    const clicks = soundLag(
      of(click),
      of((i) => click(i + lead + 600), 6),
    );
    expect(clicks).toBeNull();
  });

  it('tells by how many pictures a movement comes later', () => {
    const light = noise(400, 3);
    const moving = (count: number, from: number) =>
      Array.from({ length: count }, (_, n) => new Uint8Array(64).fill(128 + (light[n + from] ?? 0) / 100));
    for (const late of [-12, -1, 0, 7, 15]) {
      const lag = pictureLag(moving(220, 30), moving(180, 48 - late), { leadFrames: 18, mostFrames: 15 });
      expect(Math.abs((lag?.frames ?? 99) - late)).toBeLessThan(0.5);
    }
    const still = Array.from({ length: 200 }, () => new Uint8Array(64));
    expect(pictureLag(still, still.slice(20), { leadFrames: 18, mostFrames: 15 })).toBeNull();
  });

  it('follows the pictures where sound and pictures part, the sound where they agree, the trim where nothing is told', () => {
    const frame = 1 / 30;
    const sound = (seconds: number) => ({ seconds, confidence: 0.9 });
    const picture = (frames: number) => ({ frames, confidence: 0.8 });
    expect(chooseOffset(null, picture(4), frame)).toEqual({ seconds: 0, by: 'trim', confidence: null });
    expect(chooseOffset(sound(0.01), null, frame)).toMatchObject({ seconds: 0.01, by: 'sound' });
    expect(chooseOffset(sound(0.2), picture(0.2), frame)).toMatchObject({ seconds: 0, by: 'picture' });
    expect(chooseOffset(sound(0.2), picture(6.1), frame)).toMatchObject({ seconds: 0.2, by: 'sound' });
    expect(chooseOffset(sound(0.2), picture(3), frame)).toMatchObject({ seconds: 3 * frame, by: 'picture' });
    expect(chooseOffset(sound(0.2), null, frame)).toMatchObject({ seconds: 0.2, by: 'sound' });
  });
});

it('19 verification: a copy that shows a neighbour, or repeats where it should not, is told', () => {
  const master = Array.from({ length: 20 }, (_, n) =>
    Uint8Array.from({ length: 64 }, (_, i) => ((n * 37) % 200) + (i % 8)),
  );
  const frames = Array.from({ length: 20 }, (_, n) => n);
  expect(findOtherPicture(master, master, frames)).toBeNull();
  const late = [...master];
  late.splice(8, 0, master[7] ?? new Uint8Array(64));
  expect(findOtherPicture(late.slice(0, 20), master, frames)).toBe(8);
});
