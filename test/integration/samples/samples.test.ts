/** The committed sample project: small, and legal as it is, so that a first run shows the shortest way through. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageLimits } from '../../../shared/rules/limits.ts';
import { openTestProfile, type TestProfile } from '../app/harness.ts';

const folder = path.resolve(import.meta.dirname, '../../../samples');
let profile: TestProfile;
let sample: { videoId: string; imageId: string };

beforeAll(async () => {
  profile = await openTestProfile();
  sample = await profile.call('app.loadSample', {});
});
afterAll(() => profile.remove());

it('weighs less than a megabyte in all', () => {
  const sizes = readdirSync(folder).map((name) => statSync(path.join(folder, name)).size);
  expect(sizes.length).toBe(2);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_000_000);
});

describe.each(['image', 'video'] as const)('facing as in the %s', (orientation) => {
  it('is legal, needs no change and draws no advice', async () => {
    const checked = await profile.call('media.check', { ...sample, orientation, quality: '1080p' });
    expect(checked.isLegal).toBe(true);
    expect(checked.plan?.kind).toBe('untouched');
    expect(checked.verdicts.filter((verdict) => verdict.state !== 'pass')).toEqual([]);
  });
});

it('has a clip with sound, and a character large enough for every host of the model', async () => {
  const { facts: clip } = await profile.call('assets.get', { id: sample.videoId });
  const { facts: image } = await profile.call('assets.get', { id: sample.imageId });
  if (clip.kind !== 'video' || image.kind !== 'image') throw new Error('the sample is mixed up');
  expect(clip.audio).toHaveLength(1);
  expect(clip).toMatchObject({ codec: 'h264', width: 720, height: 1280, isConstantRate: true, hasEditList: false });
  expect(Math.min(image.width, image.height)).toBeGreaterThanOrEqual(720);
  expect(imageLimits.formats).toContain(image.format);
});
