/** Every rule and every step has its words in every language, with nothing left to fill in. */
import { describe, expect, it } from 'vitest';
import { checkImage } from '../../../main/media/picture/imageRules.ts';
import { planClip } from '../../../main/media/plan/plan.ts';
import type { Verdict, VideoFacts } from '../../../shared/contract/media.ts';
import { createTranslator } from '../../../shared/i18n/index.ts';
import { limitsSources } from '../../../shared/rules/limits.ts';
import { imageFacts, videoFacts } from '../../fixtures/mediaFacts.ts';

const parts = ['title', 'value', 'rule', 'fix'];

describe.each(['en', 'ja', 'ko'] as const)('%s', (language) => {
  const t = createTranslator(language);

  it.each(Object.keys(limitsSources))('%s', (rule) => {
    for (const part of parts) expect(t(`rules.${rule}.${part}`)).not.toBe(`rules.${rule}.${part}`);
  });

  it('fills every place of every verdict and step', () => {
    const odd: Partial<VideoFacts>[] = [
      {},
      {
        codec: 'hevc',
        bitDepth: 10,
        isHdr: true,
        colorTransfer: 'arib-std-b67',
        scan: 'interlaced',
        rotationDegrees: 90,
      },
      {
        isConstantRate: false,
        hasEditList: true,
        hasCoverArt: true,
        container: 'matroska',
        codedWidth: 1279,
        width: 1279,
      },
      { width: 320, height: 240, codedWidth: 320, codedHeight: 240, sampleAspect: { num: 15, den: 16 } },
      { width: 4000, height: 300, codedWidth: 4000, codedHeight: 300, colorRange: 'pc' },
      { frameCount: 30, durationSeconds: 1 },
      { frameCount: 3000, durationSeconds: 100, frameRate: { num: 60, den: 1 } },
    ];
    const verdicts: Verdict[] = [imageFacts(), imageFacts({ width: 100, height: 400 })].flatMap(
      (facts) => checkImage(facts).verdicts,
    );
    for (const changes of odd) {
      const answer = planClip(videoFacts(changes), { target: 'motion-image', preset: 'fast' });
      verdicts.push(...answer.verdicts);
      for (const { id, params } of answer.plan?.steps ?? []) {
        const text = t(`plan.${id}`, { ...params });
        expect(text).not.toMatch(/\{\{|^plan\./);
      }
    }
    const crop = { x: 900, y: 0, width: 400, height: 720 };
    verdicts.push(...checkImage(imageFacts({ width: 100, height: 400 }), { crop, pad: 'blur' }).verdicts);
    const cropped = planClip(videoFacts(), { target: 'motion-image', preset: 'fast', crop: { ...crop, x: 0 } });
    for (const { id, params } of cropped.plan?.steps ?? []) {
      expect(t(`plan.${id}`, { ...params })).not.toMatch(/\{\{|^plan\./);
    }
    for (const { rule, params } of verdicts) {
      for (const part of parts) expect(t(`rules.${rule}.${part}`, { ...params })).not.toMatch(/\{\{|^rules\./);
    }
  });

  const verdictOf = (rule: string, changes: Partial<VideoFacts>) =>
    planClip(videoFacts(changes), { target: 'motion-video', preset: 'fast' }).verdicts.find((v) => v.rule === rule);
  const words = (rule: string, part: string, changes: Partial<VideoFacts>) =>
    t(`rules.${rule}.${part}`, { ...verdictOf(rule, changes)?.params });

  it('tells of a rotation or of the shape of pixels only where there is one', () => {
    const sampleAspect = { num: 15, den: 16 };
    const value = (changes: Partial<VideoFacts>) => words('clip.upright', 'value', changes);
    expect(value({ sampleAspect })).toContain('15:16');
    expect(value({ sampleAspect })).not.toContain('°');
    expect(value({ rotationDegrees: 90 })).toContain('90°');
    expect(value({ rotationDegrees: 90 })).not.toContain('1:1');
    expect(value({ rotationDegrees: 90, sampleAspect })).toMatch(/90°.*15:16/);
    expect(value({})).not.toMatch(/°|1:1/);
  });

  it('words a variable rate, an interlaced clip and a clip too short as a whole in their own way', () => {
    expect(words('clip.frameRate', 'value', { isConstantRate: false })).not.toBe(words('clip.frameRate', 'value', {}));
    expect(words('clip.scan', 'value', { scan: 'interlaced' })).not.toBe(words('clip.scan', 'value', {}));
    expect(words('clip.durationMin', 'fix', { frameCount: 60, durationSeconds: 2 })).toContain('2');
  });
});
