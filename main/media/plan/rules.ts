/** Every rule for a clip as data: what is measured, what the limit is, and whether preparing settles it. Pure. */

import type { Crop, Verdict, VideoFacts } from '../../../shared/contract/media.ts';
import type { ReasonParams } from '../../../shared/errors.ts';
import { codecText } from '../../../shared/media/codecs.ts';
import {
  clipMaxDecodePixels,
  limitsSources,
  untouchedFrameRate,
  upscaleAdviceFactor,
} from '../../../shared/rules/limits.ts';
import { framesCovering, framesWithin, rateToNumber } from '../../../shared/time/timecode.ts';
import { isWholeClip, totalFrames, trimSeconds } from '../../../shared/time/trim.ts';
import { isInsidePicture, shownPicture } from './geometry.ts';
import { jointRules } from './jointRules.ts';
import { type Finding, isKept, type Rule, type RuleContext, round3 } from './ruleParts.ts';
import { colorRules, sourceRules } from './sourceRules.ts';

export type { Finding } from './ruleParts.ts';

export const toMB = (bytes: number) => Number((bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 2 : 1));
export const sizeText = (width: number, height: number) => `${width}×${height}`;
export const rateText = (rate: VideoFacts['frameRate']) => String(Number(rateToNumber(rate).toFixed(3)));

const shortSide = ({ width, height }: { width: number; height: number }) => Math.min(width, height);
const longSide = ({ width, height }: { width: number; height: number }) => Math.max(width, height);

function shownText(facts: VideoFacts, crop: Crop | undefined): string {
  const { width, height } = shownPicture(facts, crop);
  return sizeText(width, height);
}

/** A constant-rate length is judged in frames: "10 s" at 29.97 is 299 of them. */
function isTooShort({ facts, limits, trim }: RuleContext): boolean {
  return trim.unit === 'frames'
    ? trim.to - trim.from < framesCovering(limits.minSeconds, facts.frameRate)
    : trim.to - trim.from < limits.minSeconds - 1e-6;
}

function isTooLong({ facts, limits, trim }: RuleContext): boolean {
  return trim.unit === 'frames'
    ? trim.to - trim.from > framesWithin(limits.maxSeconds, facts.frameRate)
    : trim.to - trim.from > limits.maxSeconds + 1e-6;
}

function checkShortest(context: RuleContext): Finding {
  const { facts, limits, trim, hasTrim } = context;
  const found = trimSeconds(facts, trim).duration;
  const params = {
    found: round3(found),
    min: limits.minSeconds,
    missing: round3(Math.max(0, limits.minSeconds - found)),
    clip: round3(facts.durationSeconds),
  };
  if (!isTooShort(context)) return { state: 'pass', params };
  const canGrow = facts.durationSeconds >= limits.minSeconds;
  // `context` chooses the wording: a clip that is too short as a whole cannot be helped by its out point.
  const worded = canGrow ? params : { ...params, context: 'whole' };
  return { state: 'blocked', params: worded, fix: canGrow ? 'extendToMin' : null, ...(hasTrim ? { field: 'to' } : {}) };
}

function checkLongest(context: RuleContext): Finding {
  const { facts, limits, trim, hasTrim, target, longestSeconds } = context;
  const found = trimSeconds(facts, trim).duration;
  // With the longer limit of orientation "video" the same range may be legal as it is: then there are two ways out.
  const canSwitchToVideo = target === 'motion-image' && found <= longestSeconds;
  const over = round3(Math.max(0, found - limits.maxSeconds));
  const base = { found: round3(found), max: limits.maxSeconds, over };
  const params = canSwitchToVideo ? { ...base, context: 'image' } : base;
  if (!isTooLong(context)) return { state: 'pass', params };
  const fix = canSwitchToVideo ? 'switchToVideo' : 'trimToMax';
  return { state: 'blocked', params, fix, ...(hasTrim ? { field: 'to' } : {}) };
}

function checkBytes({ facts, limits, trim }: RuleContext): Finding {
  const params = { found: toMB(facts.sizeBytes), max: toMB(limits.maxBytes) };
  return { state: isKept(facts.sizeBytes <= limits.maxBytes || !isWholeClip(facts, trim)), params };
}

function checkRate({ facts }: RuleContext): Finding {
  const found = rateToNumber(facts.frameRate);
  const { min, max } = untouchedFrameRate;
  const base = { found: rateText(facts.frameRate), min, max };
  const params = facts.isConstantRate ? base : { ...base, context: 'variable' };
  return { state: isKept(facts.isConstantRate && found >= min && found <= max * 1.0001), params };
}

function checkTrimRange({ facts, trim }: RuleContext): Finding {
  const seconds = trimSeconds(facts, trim);
  const params = { from: round3(seconds.from), to: round3(seconds.to), clip: round3(facts.durationSeconds) };
  if (trim.to <= trim.from) return { state: 'blocked', params, field: 'to' };
  const end = trim.unit === 'frames' ? totalFrames(facts) : facts.durationSeconds + 1e-3;
  if (trim.from >= end) return { state: 'blocked', params, field: 'from' };
  return trim.to > end ? { state: 'blocked', params, field: 'to' } : { state: 'pass', params };
}

export function cropParams(picture: { width: number; height: number }, crop: Crop): ReasonParams {
  const { width, height } = shownPicture(picture, crop);
  return { found: `${sizeText(width, height)}+${crop.x}+${crop.y}`, size: sizeText(picture.width, picture.height) };
}

const clipRules: readonly Rule[] = [
  { id: 'trim.range', check: checkTrimRange },
  {
    id: 'crop.range',
    check: ({ facts, crop }) =>
      crop
        ? {
            state: isInsidePicture(facts, crop) ? 'pass' : 'blocked',
            params: cropParams(facts, crop),
            field: 'crop',
          }
        : null,
  },
  {
    id: 'clip.format',
    check: ({ facts, limits }) => ({
      // WebM is allowed for elements, but only MP4 and MOV go untouched.
      state: isKept(['mp4', 'mov'].includes(facts.container)),
      params: { found: facts.container.toUpperCase(), allowed: limits.formats.join(', ').toUpperCase() },
    }),
  },
  { id: 'clip.durationMin', check: checkShortest },
  { id: 'clip.durationMax', check: checkLongest },
  {
    id: 'clip.sideMin',
    check: ({ facts, limits, geometry, crop }) => ({
      state: isKept(shortSide(shownPicture(facts, crop)) >= limits.minSidePx),
      params: {
        found: shownText(facts, crop),
        min: limits.minSidePx,
        to: sizeText(geometry.width, geometry.height),
      },
    }),
  },
  {
    id: 'clip.sideMax',
    check: ({ facts, limits, geometry, crop }) => ({
      state: isKept(longSide(shownPicture(facts, crop)) <= limits.maxSidePx),
      params: {
        found: shownText(facts, crop),
        max: limits.maxSidePx,
        to: sizeText(geometry.width, geometry.height),
      },
    }),
  },
  { id: 'clip.bytes', check: checkBytes },
  {
    id: 'clip.pixels',
    check: ({ facts }) => ({
      state: facts.codedWidth * facts.codedHeight > clipMaxDecodePixels ? 'blocked' : 'pass',
      params: { found: sizeText(facts.codedWidth, facts.codedHeight), maxMP: clipMaxDecodePixels / 1_000_000 },
    }),
  },
  {
    id: 'clip.codec',
    check: ({ facts }) => ({
      state: isKept(facts.codec === 'h264' && facts.bitDepth === 8 && facts.chroma === '4:2:0'),
      params: { found: codecText(facts) },
    }),
  },
  ...colorRules,
  {
    id: 'clip.scan',
    check: ({ facts }) => ({ state: isKept(facts.scan === 'progressive'), params: { context: facts.scan } }),
  },
  { id: 'clip.frameRate', check: checkRate },
  {
    id: 'clip.upright',
    check: ({ facts: { rotationDegrees, sampleAspect, isMirrored = false } }) => {
      const isTurned = rotationDegrees !== 0;
      const isStretched = sampleAspect.num !== sampleAspect.den;
      // Told of what is so, and of nothing that is not.
      const context = isMirrored
        ? 'mirrored'
        : isTurned
          ? isStretched
            ? 'both'
            : 'turned'
          : isStretched
            ? 'stretched'
            : 'upright';
      return {
        state: isKept(!isTurned && !isStretched && !isMirrored),
        params: { context, rotation: rotationDegrees, aspect: `${sampleAspect.num}:${sampleAspect.den}` },
      };
    },
  },
  {
    id: 'clip.evenSides',
    check: ({ facts, geometry }) => ({
      state: isKept(facts.codedWidth % 2 === 0 && facts.codedHeight % 2 === 0),
      params: { found: sizeText(facts.width, facts.height), to: sizeText(geometry.width, geometry.height) },
    }),
  },
  {
    id: 'clip.shape',
    check: ({ facts, geometry, crop }) => ({
      state: isKept(!geometry.isPadded),
      params: { found: shownText(facts, crop), to: sizeText(geometry.width, geometry.height) },
    }),
  },
  {
    id: 'clip.start',
    check: ({ facts: { hasEditList, startSeconds, undecodableCount = 0 } }) => {
      const base = { start: round3(startSeconds) };
      const params = undecodableCount > 0 ? { ...base, count: undecodableCount, context: 'undecodable' } : base;
      return { state: isKept(!hasEditList), params };
    },
  },
  {
    id: 'clip.streams',
    check: ({ facts }) => ({
      state: isKept(facts.videoStreamCount === 1 && !facts.hasCoverArt),
      params: { found: facts.videoStreamCount + (facts.hasCoverArt ? 1 : 0) },
    }),
  },
  ...sourceRules,
  ...jointRules,
  {
    id: 'clip.upscale',
    check: ({ geometry }) => ({
      state: geometry.factor > upscaleAdviceFactor ? 'warn' : 'pass',
      params: { factor: Number(geometry.factor.toFixed(1)), max: upscaleAdviceFactor },
    }),
  },
];

export function toVerdict(id: string, defaultField: string, finding: Finding): Verdict {
  const origin = limitsSources[id] ?? { source: 'r', level: 'ours' };
  return {
    field: finding.field ?? defaultField,
    rule: id,
    params: finding.params,
    level: origin.level,
    source: origin.source,
    state: finding.state,
    fix: finding.fix ?? null,
  };
}

export function checkClip(context: RuleContext): Verdict[] {
  const field = context.target === 'element' ? 'elementClip' : 'video';
  return clipRules.flatMap((rule) => {
    const finding = rule.check(context);
    return finding ? [toVerdict(rule.id, field, finding)] : [];
  });
}
