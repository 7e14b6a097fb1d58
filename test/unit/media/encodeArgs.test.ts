/** The argument builders: pure, so that what ffmpeg is asked can be read here. */
import { describe, expect, it } from 'vitest';
import { planClip } from '../../../main/media/plan/plan.ts';
import { maxVideoBitRate, reencodeArgs } from '../../../main/media/prepare/encodeArgs.ts';
import { remuxArgs } from '../../../main/media/prepare/remuxArgs.ts';
import type { Features } from '../../../main/media/tools.ts';
import type { PreparePlan, Trim, VideoFacts } from '../../../shared/contract/media.ts';
import { videoFacts } from '../../fixtures/mediaFacts.ts';

const now: Features = { hasFpsMode: true, hasZscale: true, hasTonemap: true, hasBwdif: true };
const old: Features = { hasFpsMode: false, hasZscale: false, hasTonemap: false, hasBwdif: false };
const aac = {
  index: 1,
  codec: 'aac',
  channels: 2,
  sampleRateHz: 48_000,
  language: null,
  isDefault: true,
  durationSeconds: 60,
  startSeconds: 0,
};
const minute = { frameCount: 1800, durationSeconds: 60, audio: [aac] };

function setUp(changes: Partial<VideoFacts>, trim?: Trim): { facts: VideoFacts; plan: PreparePlan } {
  const facts = videoFacts(changes);
  const { plan } = planClip(facts, { target: 'motion-video', preset: 'fast', ...(trim ? { trim } : {}) });
  if (!plan) throw new Error('no plan');
  return { facts, plan };
}

const argumentAfter = (list: readonly string[], name: string) => list[list.indexOf(name) + 1];
const frames = (from: number, to: number): Trim => ({ unit: 'frames', from, to });

describe('reencode', () => {
  it('picks frames by the file’s own clock, half a frame early, and counts them', () => {
    const { facts, plan } = setUp({ ...minute, startSeconds: 0.5 }, frames(601, 691));
    const { inputOptions, outputOptions } = reencodeArgs(facts, plan, { features: now });
    const filters = argumentAfter(outputOptions, '-filter_complex') ?? '';
    expect(filters).toContain(
      `trim=start=${(0.5 + 601 / 30 - 1 / 60).toFixed(6)}:end=${(0.5 + 691 / 30 - 1 / 60).toFixed(6)}`,
    );
    expect(filters).toContain('trim=end_frame=90');
    // V1: a count on the picture's output would end the sound with it.
    expect(outputOptions).not.toContain('-frames:v');
    // Room of two groups of pictures and a half second before the in point.
    expect(argumentAfter(inputOptions, '-ss')).toBe((0.5 + 601 / 30 - 2.5).toFixed(6));
    expect(inputOptions).toContain('-copyts');
  });

  it('does not seek near the beginning, in containers without an index, or when told not to', () => {
    const near = setUp(minute, frames(31, 151));
    expect(reencodeArgs(near.facts, near.plan, { features: now }).inputOptions).not.toContain('-ss');
    const ts = setUp({ ...minute, container: 'mpegts' }, frames(601, 721));
    expect(reencodeArgs(ts.facts, ts.plan, { features: now }).inputOptions).not.toContain('-ss');
    const far = setUp(minute, frames(601, 721));
    expect(reencodeArgs(far.facts, far.plan, { features: now, withoutSeek: true }).inputOptions).not.toContain('-ss');
  });

  it('asks old builds only for what they know', () => {
    const { facts, plan } = setUp(
      { ...minute, scan: 'interlaced', isHdr: true, colorTransfer: 'smpte2084' },
      frames(0, 90),
    );
    const line = reencodeArgs(facts, plan, { features: old }).outputOptions.join(' ');
    expect(line).toContain('-vsync vfr');
    expect(line).not.toMatch(/fps_mode|bwdif/);
    const modern = reencodeArgs(facts, plan, { features: now }).outputOptions.join(' ');
    expect(modern).toMatch(/-fps_mode cfr/);
    expect(modern).toContain('bwdif');
    // Scaling comes before tone mapping.
    expect(modern.indexOf('scale=1280:720')).toBeLessThan(modern.indexOf('tonemap'));
  });

  it('pads and cuts the sound to the picture, and leaves it out where there is none', () => {
    const { facts, plan } = setUp(minute, frames(31, 151));
    const filters = reencodeArgs(facts, plan, { features: now }).outputOptions.join(' ');
    expect(filters).toContain(`[0:1]atrim=start=${(31 / 30).toFixed(6)}`);
    expect(filters).toContain('apad,atrim=end=4.000000[a]');
    const silent = setUp({ ...minute, audio: [] }, frames(31, 151));
    expect(reencodeArgs(silent.facts, silent.plan, { features: now }).outputOptions).toContain('-an');
  });

  it('takes the default track, and nothing else of the file', () => {
    const audio = [
      { ...aac, index: 2, isDefault: false },
      { ...aac, index: 3 },
    ];
    const { facts, plan } = setUp({ ...minute, audio }, frames(31, 151));
    const { outputOptions } = reencodeArgs(facts, plan, { features: now });
    expect(outputOptions.join(' ')).toContain('[0:3]atrim');
    expect(outputOptions).toEqual(expect.arrayContaining(['-sn', '-dn', '-map_metadata', '-map_chapters']));
  });

  it('caps the rate so that the worst content stays under the limit', () => {
    const { facts, plan } = setUp(minute, frames(0, 900));
    const rate = maxVideoBitRate(plan);
    expect(((rate + 160_000) * 30) / 8).toBeLessThan(95_000_000 * 0.95);
    expect(argumentAfter(reencodeArgs(facts, plan, { features: now }).outputOptions, '-maxrate')).toBe(String(rate));
    expect(maxVideoBitRate(plan, 0.5)).toBeLessThan(rate);
  });

  it('halves 60 fps, doubles 12, and repeats variable pictures until the next one', () => {
    const filtersFor = (changes: Partial<VideoFacts>) => {
      const { facts, plan } = setUp(changes);
      return argumentAfter(reencodeArgs(facts, plan, { features: now }).outputOptions, '-filter_complex') ?? '';
    };
    expect(filtersFor({ frameRate: { num: 60, den: 1 }, frameCount: 480, codec: 'hevc' })).toContain('framestep=2');
    expect(filtersFor({ frameRate: { num: 12, den: 1 }, frameCount: 96 })).toContain('fps=fps=24/1');
    expect(filtersFor({ isConstantRate: false })).toContain('fps=fps=30/1:start_time=0:round=up,tpad');
  });

  it('contains no option with exactly one space, which fluent-ffmpeg would split', () => {
    const { facts, plan } = setUp({ ...minute, isHdr: true, colorTransfer: 'smpte2084' }, frames(601, 721));
    const { inputOptions, outputOptions } = reencodeArgs(facts, plan, { features: now });
    expect([...inputOptions, ...outputOptions].filter((option) => option.includes(' '))).toEqual([]);
  });
});

describe('remux', () => {
  it('copies the picture by count and encodes the sound anew', () => {
    const { facts, plan } = setUp(minute, frames(30, 150));
    expect(plan.kind).toBe('remux');
    const { picture, sound } = remuxArgs(facts, plan);
    expect(argumentAfter(picture.inputOptions, '-ss')).toBe('1.000000');
    expect(picture.outputOptions.join(' ')).toContain('-c:v copy -copypriorss 0 -frames:v 120');
    expect(argumentAfter(sound?.outputOptions ?? [], '-c:a')).toBe('aac');
    // V1: where the picture is counted there is no sound that the count could end.
    expect(sound?.outputOptions).not.toContain('-frames:v');
  });
});
