/** Recordings that were joined so that both claim the same time, and sound that ends before or after its picture: said, never passed over. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Verdict } from '../../../shared/contract/media.ts';
import * as field from '../../fixtures/fieldClips.ts';
import { fixtureFfmpeg, h264, makeClip, openWorkshop, run, type Workshop } from '../../fixtures/media.ts';
import { factsOf, prepareField, range } from '../../fixtures/prepareField.ts';
import { readPictures, readSound } from '../../fixtures/readClip.ts';

let shop: Workshop;
let ffmpeg: string;
const path = (name: string) => shop.path(name);
beforeAll(async () => {
  shop = await openWorkshop();
  ffmpeg = await fixtureFfmpeg(shop.media);
});
afterAll(() => shop.close());

const FRAMES = 100;
/** The first of two streams begins later by the priming of its sound: so much do both claim. */
const joined = (name: string, bFrames: string) => {
  const part = { sounds: [field.beeps], video: [...h264, '-bf', bFrames] };
  return field.joinedStreams(ffmpeg, path, name, {
    ...{ rate: '25', frames: FRAMES, first: part, second: part, isContinuous: true },
  });
};

async function verdictsOf(source: string, trim?: { from: number; to: number }): Promise<Verdict[]> {
  const facts = await factsOf(shop, source);
  const order = trim ? { trim: { unit: 'seconds' as const, ...trim } } : {};
  return shop.media.planClip(facts, { target: 'motion-video', preset: 'fast', ...order }).verdicts;
}

const ruleOf = (verdicts: readonly Verdict[], rule: string) => verdicts.find((verdict) => verdict.rule === rule);

describe('V3: two recordings joined, the second one’s pictures begin before the first one’s have ended', () => {
  it('are refused by the name of the clock over the joint; each of them can be had', async () => {
    const source = await joined('back', '2');
    const pictures = await readPictures(ffmpeg, source);
    const second = pictures.findIndex(({ number }) => number === FRAMES);
    const [before, at] = [pictures[second - 1]?.seconds ?? 0, pictures[second]?.seconds ?? 0];
    // What ffmpeg decodes does go back.
    expect(before - at).toBeGreaterThan(0.03);
    const zero = pictures[0]?.seconds ?? 0;
    const clock = ruleOf(await verdictsOf(source), 'clip.clock');
    expect(clock?.state).toBe('blocked');
    expect(clock?.params?.at).toBeCloseTo(at - zero, 2);
    expect(clock?.params?.by).toBeCloseTo(before - at, 2);
    const ends = [
      { from: 0, to: Number(clock?.params?.at) },
      { from: Number(clock?.params?.until), to: (pictures.at(-1)?.seconds ?? 0) - zero },
    ];
    for (const [n, trim] of ends.entries()) {
      expect(ruleOf(await verdictsOf(source, trim), 'clip.clock')).toBeUndefined();
      const { numbers } = await prepareField(shop, ffmpeg, source, { trim: { unit: 'seconds', ...trim } });
      const first = numbers[0] ?? -1;
      expect(numbers).toEqual(range(first, first + numbers.length));
      expect(numbers.every((number) => number >= FRAMES === (n === 1))).toBe(true);
    }
  });

  it('say how much of the second one’s sound is lost, and only where it is', async () => {
    const source = await joined('overlap', '0');
    const [overlap] = (await readSound(ffmpeg, source))?.overlaps ?? [];
    const pictures = await readPictures(ffmpeg, source);
    const zero = pictures[0]?.seconds ?? 0;
    const said = ruleOf(await verdictsOf(source), 'clip.soundOverlap');
    expect(said?.state).toBe('fixed');
    expect(Number(said?.params?.at)).toBeCloseTo((overlap?.from ?? 0) - zero, 2);
    // The last packet of the first one may be filled up with silence, and a decoder counts it or not.
    expect(Math.abs(Number(said?.params?.seconds) - ((overlap?.to ?? 0) - (overlap?.from ?? 0)))).toBeLessThan(0.025);
    expect(ruleOf(await verdictsOf(source, { from: 0, to: 3.5 }), 'clip.soundOverlap')).toBeUndefined();
    const made = await prepareField(shop, ffmpeg, source);
    expect(made.numbers).toContain(FRAMES - 1);
    expect(made.numbers).toContain(FRAMES);
  });
});

describe('V1: sound that does not end with its picture, in a clip that goes as it is', () => {
  it.each([
    ['ends early', 2, { seconds: 2 }, -2],
    ['goes on', 6, { seconds: 2, context: 'long' }, 2],
  ])('%s: said in the checks, and how much in the record', async (name, soundFrames, params, over) => {
    const picture = await makeClip(ffmpeg, path(`${name}-picture.mp4`), { rate: '25', frames: 100 });
    const sound = await makeClip(ffmpeg, path(`${name}-sound.mp4`), {
      ...{ rate: '25', frames: soundFrames * 25, sounds: [field.tone] },
    });
    const source = path(`${name}.mp4`);
    const maps = ['-map', '0:v', '-map', '1:a', '-c', 'copy'];
    await run(ffmpeg, ['-v', 'error', '-y', '-i', picture, '-i', sound, ...maps, source]);
    const facts = await factsOf(shop, source);
    const { plan, verdicts } = shop.media.planClip(facts, { target: 'motion-video', preset: 'fast' });
    const said = ruleOf(verdicts, 'clip.soundLength');
    expect(said).toMatchObject({ state: 'warn', level: 'advice', params: { ...params, seconds: expect.any(Number) } });
    expect(Number(said?.params?.seconds)).toBeCloseTo(params.seconds, 1);
    if (plan?.kind !== 'untouched') throw new Error(`planned ${plan?.kind}`);
    const made = await shop.media.prepareClip({ source, facts, plan });
    expect(made.isSource).toBe(true);
    expect(made.inspection?.soundOverSeconds).toBeCloseTo(over, 1);
  });

  it('is not said of sound that ends with its picture, nor of a range that ends before both', async () => {
    const source = await makeClip(ffmpeg, path('even.mp4'), { rate: '25', frames: 100, sounds: [field.tone] });
    expect(ruleOf(await verdictsOf(source), 'clip.soundLength')).toBeUndefined();
  });
});
