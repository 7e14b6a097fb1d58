/** A person's word over the limits: sensible or refused, and then the plan holds to it, for any clip. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkImage, planImage } from '../../../main/media/picture/imageRules.ts';
import { planClip, reencodeInstead } from '../../../main/media/plan/plan.ts';
import type { LimitOverride } from '../../../shared/contract/app.ts';
import {
  findTrouble,
  limitsOfPlan,
  limitsWith,
  overrideOfRule,
  tableValue,
  valueText,
} from '../../../shared/rules/limitOverrides.ts';
import {
  type ClipTarget,
  clipLimits,
  limitNames,
  overrideTargets,
  type Preset,
  tableLimits,
} from '../../../shared/rules/limits.ts';
import { imageFacts, videoFacts } from '../../fixtures/mediaFacts.ts';

const override = (more: Partial<LimitOverride>): LimitOverride => ({
  target: 'motion-video',
  name: 'maxBytes',
  value: 1_000_000,
  date: '2026-11-21',
  note: '',
  ...more,
});

describe('a list of overrides', () => {
  it.each<[string, Partial<LimitOverride>[], string | null]>([
    ['none', [], null],
    ['one', [{}], null],
    ['a length of an image', [{ target: 'image', name: 'maxSeconds', value: 5 }], 'value'],
    ['a size that is no whole number', [{ value: 1_000_000.5 }], 'value'],
    ['bytes that hold nothing', [{ value: 10 }], 'value'],
    ['a smallest above the largest', [{ name: 'minSidePx', value: 4000 }], 'order'],
    [
      'both moved together',
      [
        { name: 'minSidePx', value: 4000 },
        { name: 'maxSidePx', value: 5000 },
      ],
      null,
    ],
    ['the same limit twice', [{}, { value: 2_000_000 }], 'twice'],
  ])('%s', (_name, changes, trouble) => expect(findTrouble(changes.map(override))?.trouble ?? null).toBe(trouble));

  it('leaves the table’s own limits where nothing is said', () => {
    expect(limitsWith([])).toBe(tableLimits);
    const limits = limitsWith([override({})]);
    expect(limits.clips['motion-video']).toEqual({ ...clipLimits['motion-video'], maxBytes: 1_000_000 });
    expect(limits.clips.element).toBe(clipLimits.element);
    expect(limits.image).toBe(tableLimits.image);
    expect(valueText('maxBytes', tableValue('motion-video', 'maxBytes'))).toBe('95 MB');
  });

  it('is found by the rule it stands behind, for its own target only', () => {
    const own = [override({ target: 'image' })];
    expect(overrideOfRule(own, 'image', 'image.bytes')).toBe(own[0]);
    expect(overrideOfRule(own, 'motion-video', 'clip.bytes')).toBeUndefined();
    expect(overrideOfRule(own, 'image', 'image.sideMin')).toBeUndefined();
  });
});

const sensible = fc
  .uniqueArray(
    fc.record({
      target: fc.constantFrom(...overrideTargets),
      name: fc.constantFrom(...limitNames),
      value: fc.integer({ min: 1, max: 6_000 }),
    }),
    { selector: ({ target, name }) => `${target}.${name}`, maxLength: 8 },
  )
  .map((list) =>
    list.map((one) => override({ ...one, value: one.name === 'maxBytes' ? one.value * 100_000 : one.value })),
  )
  .filter((list) => findTrouble(list) === null);

describe('the plan', () => {
  it('holds to the overrides, says by which limits it was made, and keeps to them when it has to encode after all', () => {
    fc.assert(
      fc.property(
        sensible,
        fc.constantFrom<ClipTarget>('motion-image', 'motion-video', 'element'),
        fc.constantFrom<Preset>('fast', 'best', 'keep'),
        fc.integer({ min: 90, max: 1800 }),
        fc.tuple(fc.integer({ min: 16, max: 5000 }), fc.integer({ min: 16, max: 5000 })),
        (overrides, target, preset, frames, [width, height]) => {
          const all = limitsWith(overrides);
          const facts = videoFacts({
            frameCount: frames,
            durationSeconds: frames / 30,
            width,
            height,
            codedWidth: width,
            codedHeight: height,
          });
          const { plan, verdicts } = planClip(facts, { target, preset }, all);
          expect(plan === null).toBe(verdicts.some(({ state }) => state === 'blocked'));
          if (!plan) return;
          const limits = all.clips[target];
          const { output } = plan;
          expect(Math.max(output.width, output.height)).toBeLessThanOrEqual(limits.maxSidePx);
          expect(output.durationSeconds).toBeLessThanOrEqual(limits.maxSeconds + 1e-4);
          expect(output.durationSeconds).toBeGreaterThanOrEqual(limits.minSeconds - 1e-4);
          expect(output.predictedBytes).toBeLessThanOrEqual(limits.maxBytes);
          expect(limitsOfPlan(plan)).toEqual(limits);
          expect(plan.limits === undefined).toBe(limits === clipLimits[target]);
          const instead = reencodeInstead(facts, plan);
          expect(limitsOfPlan(instead)).toEqual(limits);
          expect(instead.output.predictedBytes).toBeLessThanOrEqual(limits.maxBytes);
        },
      ),
      { numRuns: 600 },
    );
  });

  it('of an image follows them too', () => {
    const limits = limitsWith([override({ target: 'image', name: 'maxSidePx', value: 600 })]).image;
    const facts = imageFacts({ width: 1200, height: 900 });
    expect(planImage(facts)).toMatchObject({ kind: 'untouched' });
    expect(planImage(facts, {}, limits)).toMatchObject({ kind: 'convert', width: 600, height: 450 });
    const side = checkImage(facts, {}, limits).verdicts.find(({ rule }) => rule === 'image.sideMax');
    expect(side).toMatchObject({ state: 'fixed', params: { max: 600 } });
  });
});
