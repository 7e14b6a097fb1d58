/** The plan: which of the three, why, and that whatever it promises is legal, for any facts and any order. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planClip, reencodeInstead } from '../../../main/media/plan/plan.ts';
import type { Trim, VideoFacts } from '../../../shared/contract/media.ts';
import { type ClipTarget, clipLimits, limitsSources, type Preset } from '../../../shared/rules/limits.ts';
import { framesToSeconds } from '../../../shared/time/timecode.ts';
import { videoFacts } from '../../fixtures/mediaFacts.ts';

const aac = {
  index: 1,
  codec: 'aac',
  channels: 2,
  sampleRateHz: 48_000,
  language: null,
  isDefault: true,
  durationSeconds: 8,
  startSeconds: 0,
};

function plan(changes: Partial<VideoFacts> = {}, order: { target?: ClipTarget; preset?: Preset; trim?: Trim } = {}) {
  const { target = 'motion-video', preset = 'fast', trim } = order;
  return planClip(videoFacts(changes), { target, preset, ...(trim ? { trim } : {}) });
}

const stepsOf = (answer: ReturnType<typeof plan>) => answer.plan?.steps.map((step) => step.id) ?? [];
const statesOf = (answer: ReturnType<typeof plan>, state: string) =>
  answer.verdicts.filter((verdict) => verdict.state === state).map((verdict) => verdict.rule);

describe('untouched', () => {
  it.each(['fast', 'best', 'keep'] as const)('a legal clip without trim, preset %s', (preset) => {
    const answer = plan({ audio: [aac] }, { preset });
    expect(answer.plan).toMatchObject({ kind: 'untouched', output: { frameCount: 240, predictedBytes: 5_000_000 } });
    expect(statesOf(answer, 'fixed')).toEqual([]);
  });

  it('a tall picture goes as it is in best, and is scaled in fast', () => {
    const uhd = { codedWidth: 2160, codedHeight: 3840, width: 2160, height: 3840 };
    expect(plan(uhd, { preset: 'best' }).plan?.kind).toBe('untouched');
    const fast = plan(uhd).plan;
    expect(fast).toMatchObject({ kind: 'reencode', output: { width: 1080, height: 1920 } });
    expect(fast?.steps[0]).toEqual({ id: 'scale', params: { from: '2160×3840', to: '1080×1920', factor: 0.5 } });
  });

  it.each<[string, Partial<VideoFacts>, string, string]>([
    ['HEVC', { codec: 'hevc' }, 'clip.codec', 'codec'],
    ['10-bit', { bitDepth: 10 }, 'clip.codec', 'codec'],
    ['4:2:2', { chroma: '4:2:2' }, 'clip.codec', 'codec'],
    ['Matroska', { container: 'matroska' }, 'clip.format', 'container'],
    ['interlaced', { scan: 'interlaced' }, 'clip.scan', 'deinterlace'],
    ['rotated', { rotationDegrees: 90 }, 'clip.upright', 'rotate'],
    ['sample aspect', { sampleAspect: { num: 15, den: 16 } }, 'clip.upright', 'squarePixels'],
    ['variable rate', { isConstantRate: false }, 'clip.frameRate', 'constantRate'],
    ['HDR', { isHdr: true, colorTransfer: 'smpte2084' }, 'clip.color', 'toneMap'],
    ['full range', { colorRange: 'pc' }, 'clip.color', 'color'],
    ['edit list', { hasEditList: true }, 'clip.start', 'start'],
    ['odd sides', { codedWidth: 1279, width: 1279 }, 'clip.evenSides', 'cropEdge'],
    ['cover art', { hasCoverArt: true }, 'clip.streams', 'streams'],
    ['5.1', { audio: [{ ...aac, channels: 6 }] }, 'clip.sound', 'sound'],
    ['two tracks', { audio: [aac, { ...aac, index: 2 }] }, 'clip.sound', 'sound'],
    ['late sound', { audio: [{ ...aac, startSeconds: 0.2 }] }, 'clip.sound', 'sound'],
    ['over 95 MB', { sizeBytes: 95_000_001 }, 'clip.bytes', 'bytes'],
    ['over 3850 px', { codedWidth: 4096, codedHeight: 2304, width: 4096, height: 2304 }, 'clip.sideMax', 'scale'],
    ['under 340 px', { codedWidth: 320, codedHeight: 240, width: 320, height: 240 }, 'clip.sideMin', 'enlarge'],
    ['12 fps', { frameRate: { num: 12, den: 1 }, frameCount: 96 }, 'clip.frameRate', 'frameRate'],
    ['120 fps', { frameRate: { num: 120, den: 1 }, frameCount: 960 }, 'clip.frameRate', 'frameRate'],
  ])('not when %s: the rule is fixed, and a step says how', (_, changes, rule, step) => {
    const answer = plan(changes);
    expect(answer.plan?.kind).toBe('reencode');
    expect(statesOf(answer, 'fixed')).toContain(rule);
    expect(stepsOf(answer)).toContain(step);
  });

  it('not when the sound ends after the longest allowed length: the file as a whole is measured', () => {
    const changes = { frameCount: 300, durationSeconds: 10, audio: [{ ...aac, durationSeconds: 10.4 }] };
    expect(plan(changes, { target: 'motion-image' }).plan?.kind).toBe('reencode');
    expect(plan(changes, { target: 'motion-video' }).plan?.kind).toBe('untouched');
  });
});

describe('remux', () => {
  const trim = (from: number, to: number): Trim => ({ unit: 'frames', from, to });

  it('from one clean keyframe on', () => {
    const answer = plan({}, { trim: trim(30, 150) });
    expect(answer.plan).toMatchObject({ kind: 'remux', output: { frameCount: 120, durationSeconds: 4 } });
  });

  it('not between keyframes, not where pictures lean over the out point, not without knowing', () => {
    expect(plan({}, { trim: trim(31, 151) }).plan?.kind).toBe('reencode');
    expect(
      plan({ cuts: { starts: [0, 30], startsSeconds: [0, 1], ends: [33, 36] } }, { trim: trim(30, 150) }).plan?.kind,
    ).toBe('reencode');
    expect(plan({ cuts: null }, { trim: trim(30, 150) }).plan?.kind).toBe('reencode');
  });

  it('not when the stretch might be too large', () => {
    expect(plan({ sizeBytes: 190_000_000 }, { trim: trim(30, 150) }).plan?.kind).toBe('reencode');
  });
});

describe('what is settled and shows in no picture is a step of the plan', () => {
  it('sound that two recordings claim, with how much is lost; not outside of the range', () => {
    const audio = [{ ...aac, overlaps: [{ atSeconds: 3.2, seconds: 0.052 }] }];
    const steps = plan({ audio }).plan?.steps;
    expect(steps).toContainEqual({ id: 'soundOverlap', params: { at: 3.2, seconds: 0.052 } });
    expect(stepsOf(plan({ audio }, { trim: { unit: 'frames', from: 120, to: 240 } }))).not.toContain('soundOverlap');
  });

  it('transparency', () => {
    expect(stepsOf(plan({ pixelFormat: 'yuva444p10le', codec: 'prores', bitDepth: 10 }))).toContain('transparency');
  });

  it('pictures that two recordings claim stop the plan, and no longer when the range lies beside them', () => {
    const clockOverlaps = [{ atSeconds: 4, seconds: 0.04 }];
    const answer = plan({ clockOverlaps });
    expect([answer.plan, statesOf(answer, 'blocked')]).toEqual([null, ['clip.clock']]);
    expect(plan({ clockOverlaps }, { trim: { unit: 'frames', from: 0, to: 120 } }).plan).not.toBeNull();
    expect(plan({ clockOverlaps }, { trim: { unit: 'frames', from: 123, to: 240 } }).plan).not.toBeNull();
  });

  it.each([
    ['ends early', 6.5, [['clip.soundLength', { seconds: 1.5 }]]],
    ['goes on', 8.9, [['clip.soundLength', { seconds: 0.9, context: 'long' }]]],
    ['ends with the picture', 7.95, []],
  ] as const)('sound that %s is said, and the clip goes as it is', (_, endSeconds, wanted) => {
    const answer = plan({ audio: [{ ...aac, endSeconds }] });
    const said = answer.verdicts.filter(({ state }) => state === 'warn').map(({ rule, params }) => [rule, params]);
    expect([answer.plan?.kind, said]).toEqual(['untouched', wanted]);
  });
});

describe('the sound track', () => {
  const audio = [aac, { ...aac, index: 2, isDefault: false }, { ...aac, index: 3, isDefault: false }];
  const order = { target: 'motion-video', preset: 'fast' } as const;

  it('goes into the plan when it is another than the default one', () => {
    const chosen = (soundTrack: number | undefined) =>
      planClip(videoFacts({ audio }), { ...order, soundTrack }).plan?.soundTrack;
    expect([undefined, 1, 2, 3].map(chosen)).toEqual([undefined, undefined, 2, 3]);
    const { plan: made } = planClip(videoFacts({ audio }), { ...order, soundTrack: 2 });
    expect(made && reencodeInstead(videoFacts({ audio }), made).soundTrack).toBe(2);
  });

  it('that the clip does not have is refused, and none is taken in its place', () => {
    for (const [tracks, soundTrack] of [
      [audio, 4],
      [[], 1],
    ] as const) {
      const answer = planClip(videoFacts({ audio: [...tracks] }), { ...order, soundTrack });
      expect(answer.plan).toBeNull();
      expect(answer.verdicts).toContainEqual(
        expect.objectContaining({
          field: 'soundTrack',
          rule: 'clip.soundTrack',
          state: 'blocked',
          params: { found: soundTrack, tracks: tracks.length },
        }),
      );
    }
  });
});

describe('crop', () => {
  const crop = { x: 400, y: 0, width: 406, height: 720 };

  it('makes what would go untouched an encode, with its own step, in the shape that was asked for', () => {
    const { plan: made } = planClip(videoFacts(), { target: 'motion-video', preset: 'fast', crop });
    expect(made).toMatchObject({ kind: 'reencode', crop, output: { width: 406, height: 720 } });
    expect(made?.steps[0]).toEqual({ id: 'crop', params: { from: '1280×720', to: '406×720' } });
  });

  it('of the whole picture is none, and of more than the picture is refused', () => {
    const whole = { x: 0, y: 0, width: 1280, height: 720 };
    const order = { target: 'motion-video', preset: 'fast' } as const;
    expect(planClip(videoFacts(), { ...order, crop: whole }).plan?.kind).toBe('untouched');
    const outside = planClip(videoFacts(), { ...order, crop: { ...crop, x: 900 } });
    expect(outside.plan).toBeNull();
    expect(outside.verdicts.find((each) => each.state === 'blocked')).toMatchObject({
      field: 'crop',
      rule: 'crop.range',
    });
  });

  it('is enlarged into the limits, and said aloud over two times', () => {
    const small = { x: 0, y: 0, width: 90, height: 160 };
    const { plan: made, verdicts } = planClip(videoFacts(), { target: 'motion-video', preset: 'fast', crop: small });
    expect(made?.output).toMatchObject({ width: 340, height: 604 });
    expect(verdicts.find((each) => each.rule === 'clip.upscale')?.state).toBe('warn');
  });

  it('stays when a copy turns out to be none, and a fill is kept only where there is room to fill', () => {
    const strip = videoFacts({ width: 1920, height: 120, codedWidth: 1920, codedHeight: 120 });
    const padded = planClip(strip, { target: 'motion-video', preset: 'fast', pad: 'blur' }).plan;
    expect(padded).toMatchObject({ pad: 'blur', output: { width: 1920, height: 340 } });
    expect(padded && reencodeInstead(strip, padded)).toEqual(padded);
    const none = planClip(videoFacts(), { target: 'motion-video', preset: 'fast', pad: 'blur' }).plan;
    expect(none?.kind).toBe('untouched');
    expect(none).not.toHaveProperty('pad');
  });
});

describe('length', () => {
  const ntsc = { frameRate: { num: 30_000, den: 1001 }, frameCount: 900, durationSeconds: 30.03 };

  it('"10 s" at 29.97 is 299 frames, one more is over', () => {
    const order = (to: number) => ({ target: 'motion-image' as const, trim: { unit: 'frames', from: 0, to } as const });
    expect(plan(ntsc, order(299)).plan?.output.frameCount).toBe(299);
    expect(statesOf(plan(ntsc, order(300)), 'blocked')).toEqual(['clip.durationMax']);
  });

  it('"3 s" at 29.97 is 90 frames, one less is under', () => {
    const order = (to: number) => ({ trim: { unit: 'frames', from: 0, to } as const });
    expect(plan(ntsc, order(90)).plan?.output.frameCount).toBe(90);
    expect(statesOf(plan(ntsc, order(89)), 'blocked')).toEqual(['clip.durationMin']);
  });

  it('too long for image names both ways out, and nothing is cut silently', () => {
    const answer = plan({ frameCount: 360, durationSeconds: 12 }, { target: 'motion-image' });
    expect(answer.plan).toBeNull();
    const verdict = answer.verdicts.find((each) => each.rule === 'clip.durationMax');
    expect(verdict).toMatchObject({
      state: 'blocked',
      field: 'video',
      fix: 'switchToVideo',
      params: { over: 2, context: 'image' },
    });
  });

  it('too long for video too leaves one way out', () => {
    const answer = plan({ frameCount: 1000, durationSeconds: 33.33 }, { target: 'motion-image' });
    const verdict = answer.verdicts.find((each) => each.rule === 'clip.durationMax');
    expect(verdict?.fix).toBe('trimToMax');
    expect(verdict?.params).not.toHaveProperty('context');
  });

  it('names the point that has to move when the person set one', () => {
    const short = plan({}, { trim: { unit: 'frames', from: 30, to: 60 } });
    expect(short.verdicts.find((each) => each.rule === 'clip.durationMin')).toMatchObject({
      field: 'to',
      fix: 'extendToMin',
      params: { found: 1, missing: 2 },
    });
    expect(statesOf(plan({}, { trim: { unit: 'frames', from: 0, to: 241 } }), 'blocked')).toEqual(['trim.range']);
    expect(statesOf(plan({}, { trim: { unit: 'frames', from: 200, to: 100 } }), 'blocked')).toContain('trim.range');
  });
});

const anyFacts = fc
  .record({
    width: fc.integer({ min: 1, max: 12_000 }),
    height: fc.integer({ min: 1, max: 12_000 }),
    rate: fc.constantFrom(
      [24_000, 1001],
      [24, 1],
      [25, 1],
      [30_000, 1001],
      [30, 1],
      [50, 1],
      [60_000, 1001],
      [7, 1],
      [12, 1],
      [31, 1],
      [61, 1],
      [240, 1],
      [1733, 200],
    ),
    frames: fc.integer({ min: 1, max: 20_000 }),
    isConstantRate: fc.boolean(),
    codec: fc.constantFrom('h264', 'hevc', 'prores', 'vp9'),
    container: fc.constantFrom('mp4', 'mov', 'matroska', 'webm', 'mpegts'),
    scan: fc.constantFrom('progressive' as const, 'interlaced' as const),
    rotationDegrees: fc.constantFrom(0, 90, 180, 270),
    isHdr: fc.boolean(),
    hasEditList: fc.boolean(),
    sizeBytes: fc.integer({ min: 1_000, max: 4_000_000_000 }),
    tracks: fc.integer({ min: 0, max: 2 }),
    isEveryCutClean: fc.boolean(),
  })
  .map(({ width, height, rate: [num = 30, den = 1], frames, tracks, isEveryCutClean, ...rest }) => {
    const durationSeconds = framesToSeconds(frames, { num, den });
    const starts = Array.from({ length: Math.min(200, frames) }, (_, i) => i);
    return videoFacts({
      ...rest,
      ...{ width, height, codedWidth: width, codedHeight: height, frameRate: { num, den }, frameCount: frames },
      durationSeconds,
      bitRate: (rest.sizeBytes * 8) / durationSeconds,
      audio: Array.from({ length: tracks }, () => ({ ...aac, durationSeconds: durationSeconds + 0.02 })),
      cuts: isEveryCutClean ? { starts, startsSeconds: starts.map((n) => (n * den) / num), ends: null } : null,
    });
  });

const anyOrder = fc.record({
  target: fc.constantFrom<ClipTarget>('motion-image', 'motion-video', 'element'),
  preset: fc.constantFrom<Preset>('fast', 'best', 'keep'),
  from: fc.integer({ min: 0, max: 400 }),
  length: fc.option(fc.integer({ min: 1, max: 2_000 }), { nil: undefined }),
  isInSeconds: fc.boolean(),
  crop: fc.option(
    fc.record({
      x: fc.integer({ min: 0, max: 3_000 }),
      y: fc.integer({ min: 0, max: 3_000 }),
      width: fc.integer({ min: 1, max: 6_000 }),
      height: fc.integer({ min: 1, max: 6_000 }),
    }),
    { nil: undefined },
  ),
  pad: fc.constantFrom(undefined, 'blur' as const, '#102030'),
  soundTrack: fc.constantFrom(undefined, 1, 2),
});

describe('for any facts and any order', () => {
  it('the plan is legal, or a verdict says which rule cannot be met', () => {
    fc.assert(
      fc.property(anyFacts, anyOrder, (facts, { from, length, isInSeconds, ...order }) => {
        const { target, crop, soundTrack } = order;
        const scale = isInSeconds ? 0.07 : 1;
        const unit = isInSeconds ? 'seconds' : 'frames';
        const trim =
          length === undefined ? {} : { trim: { unit, from: from * scale, to: (from + length) * scale } as Trim };
        const { plan: made, verdicts } = planClip(facts, { ...order, ...trim });
        const isBlocked = verdicts.some((verdict) => verdict.state === 'blocked');
        expect(made === null).toBe(isBlocked);
        for (const verdict of verdicts) expect(limitsSources[verdict.rule]).toBeDefined();
        const isOutside = crop && (crop.x + crop.width > facts.width || crop.y + crop.height > facts.height);
        const cropState = verdicts.find((verdict) => verdict.rule === 'crop.range')?.state;
        expect(cropState).toBe(crop ? (isOutside ? 'blocked' : 'pass') : undefined);
        const isNoTrack = soundTrack !== undefined && soundTrack > facts.audio.length;
        expect(verdicts.some((verdict) => verdict.rule === 'clip.soundTrack')).toBe(isNoTrack);
        if (!made) return;
        if (made.soundTrack) expect(made.kind).toBe('reencode');
        if (made.crop) expect(made.kind).toBe('reencode');
        const limits = clipLimits[target];
        const { width, height, durationSeconds, frameCount, frameRate, predictedBytes } = made.output;
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(limits.minSidePx);
        expect(Math.max(width, height)).toBeLessThanOrEqual(limits.maxSidePx);
        expect([width % 2, height % 2]).toEqual([0, 0]);
        expect(durationSeconds).toBeGreaterThanOrEqual(limits.minSeconds - 1e-4);
        expect(durationSeconds).toBeLessThanOrEqual(limits.maxSeconds + 1e-4);
        expect(durationSeconds).toBeCloseTo(framesToSeconds(frameCount, frameRate), 6);
        expect(predictedBytes).toBeLessThanOrEqual(limits.maxBytes);
        expect(made.steps.length).toBeGreaterThan(0);
      }),
      { numRuns: 3_000 },
    );
  });

  it('keeps the shape: no side is stretched by more than rounding', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom<Preset>('fast', 'best'), (facts, preset) => {
        const { plan: made } = planClip(facts, { target: 'motion-video', preset });
        if (!made || made.steps.some((step) => step.id === 'pad')) return;
        const { width, height } = made.output;
        // Two pixels of rounding on the shorter side.
        const tolerance = (2.01 / Math.min(width, height)) * (facts.width / facts.height);
        expect(Math.abs(width / height - facts.width / facts.height)).toBeLessThan(tolerance);
      }),
      { numRuns: 1_000 },
    );
  });
});
