/** The table of limits holds what the contract says, and nothing contradicts it. */
import { describe, expect, it } from 'vitest';
import {
  clipLimits,
  clipTargetFor,
  imageLimits,
  limitsSources,
  presetTargets,
  textLimits,
  untouchedFrameRate,
  uploadMaxBytes,
} from '../../../shared/rules/limits.ts';
import { countCharacters } from '../../../shared/words/texts.ts';

describe('the numbers of the contract', () => {
  it('bounds clips', () => {
    expect(clipLimits['motion-image']).toMatchObject({
      minSeconds: 3,
      maxSeconds: 10,
      minSidePx: 340,
      maxSidePx: 3850,
    });
    expect(clipLimits['motion-video']).toMatchObject({
      minSeconds: 3,
      maxSeconds: 30,
      minSidePx: 340,
      maxSidePx: 3850,
    });
    expect(clipLimits.element).toMatchObject({ maxSeconds: 8, minSidePx: 720, maxSidePx: 2160 });
  });

  it('bounds images and texts', () => {
    expect(imageLimits).toMatchObject({ maxBytes: 10_000_000, minSidePx: 300, minRatio: 0.4, maxRatio: 2.5 });
    expect(textLimits).toMatchObject({ promptMax: 2500, elementNameMax: 20, elementDescriptionMax: 100 });
  });

  it('stays under what an upload may hold: MB is 10^6', () => {
    expect(uploadMaxBytes).toEqual({ contract: 100_000_000, ours: 95_000_000 });
    for (const limits of Object.values(clipLimits)) expect(limits.maxBytes).toBeLessThanOrEqual(uploadMaxBytes.ours);
  });
});

describe('the table against itself', () => {
  it('has room between every smallest and largest', () => {
    for (const limits of Object.values(clipLimits)) {
      expect(limits.minSeconds).toBeLessThan(limits.maxSeconds);
      expect(limits.minSidePx).toBeLessThan(limits.maxSidePx);
      // scaling down to even sides must stay possible at both ends
      expect(limits.minSidePx % 2).toBe(0);
      expect(limits.maxSidePx % 2).toBe(0);
    }
    expect(untouchedFrameRate.min).toBeLessThan(untouchedFrameRate.max);
  });

  it('aims every preset inside the limits', () => {
    for (const { maxShortSidePx, maxRate } of Object.values(presetTargets)) {
      expect(maxRate).toBeLessThanOrEqual(untouchedFrameRate.max);
      if (maxShortSidePx !== null) expect(maxShortSidePx).toBeGreaterThanOrEqual(clipLimits.element.minSidePx);
    }
  });

  it('calls nothing hard that is only a rule of ours', () => {
    const wrong = Object.entries(limitsSources).filter(([, row]) => row.level === 'hard' && row.source === 'r');
    expect(wrong).toEqual([]);
  });

  it('picks the clip limits by what the character faces like', () => {
    expect(clipTargetFor('image')).toBe('motion-image');
    expect(clipTargetFor('video')).toBe('motion-video');
  });

  it('counts characters as people do, not as UTF-16 does', () => {
    expect(countCharacters('踊る💃')).toBe(3);
    expect(countCharacters('')).toBe(0);
  });
});
