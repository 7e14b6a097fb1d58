/** Facts and order → verdicts and a plan with exact counts and reasons. Pure: time estimates and files live elsewhere. */

import type { PlanStep, PreparePlan, Trim, Verdict, VideoFacts } from '../../../shared/contract/media.ts';
import { codecText } from '../../../shared/media/codecs.ts';
import { limitsForPlan, limitsOfPlan } from '../../../shared/rules/limitOverrides.ts';
import { type ClipLimits, type Limits, type Preset, presetTargets, tableLimits } from '../../../shared/rules/limits.ts';
import { framesToSeconds, rateToNumber } from '../../../shared/time/timecode.ts';
import { isWholeClip, toClipUnit, totalFrames, trimSeconds, wholeClip } from '../../../shared/time/trim.ts';
import type { PlanAnswer, PlanRequest } from '../../services.ts';
import { chosenAudio } from '../facts/videoFacts.ts';
import { colorText } from './color.ts';
import { chooseGeometry, effectiveCrop, type Geometry, shownPicture } from './geometry.ts';
import { chooseRate, countFrames, type OutputRate } from './outputRate.ts';
import { round3 } from './ruleParts.ts';
import { checkClip, rateText, sizeText, toMB } from './rules.ts';

export const audioBitRate = 160_000;

/** What grainy camera footage took at constant quality with the preset of `fast`. */
const BITS_PER_PIXEL: Readonly<Record<Preset, number>> = { fast: 0.2, best: 0.32, keep: 0.26 };

interface Draft {
  facts: VideoFacts;
  request: PlanRequest;
  limits: ClipLimits;
  trim: Trim;
  geometry: Geometry;
  rate: OutputRate;
  verdicts: Verdict[];
}

function isTrimmed({ facts, trim }: Draft): boolean {
  return !isWholeClip(facts, trim);
}

/** Nothing but the length would change: every rule passes as the clip is, and the preset wants no smaller picture. */
function needsNoEncode({ verdicts, facts, request }: Draft): boolean {
  if (effectiveCrop(facts, request.crop)) return false;
  const wanted = presetTargets[request.preset].maxShortSidePx;
  const isSmallEnough = wanted === null || Math.min(facts.width, facts.height) <= wanted;
  const isKept = ({ state, level, rule }: Verdict) =>
    state === 'pass' || level === 'advice' || rule === 'clip.metadata';
  return isSmallEnough && verdicts.every(isKept);
}

/** A copy of the same pictures has none of it. */
const tellsTooMuch = ({ facts }: Draft) => (facts.privateKinds ?? []).length > 0;

/** Bytes of a copied stretch, by its share of the clip, with room for an uneven stream. */
function copiedBytes({ facts, trim }: Draft): number {
  const share = trimSeconds(facts, trim).duration / Math.max(facts.durationSeconds, 1e-3);
  return Math.round(facts.sizeBytes * Math.min(1, share));
}

function canCopy(draft: Draft): boolean {
  const { facts, trim, limits } = draft;
  if (!facts.cuts || trim.unit !== 'frames' || facts.frameCount === null) return false;
  const endsClean = trim.to === facts.frameCount || facts.cuts.ends === null || facts.cuts.ends.includes(trim.to);
  // A stretch may hold more than its share; the whole clip holds what it holds, and sound of ours.
  const room = isTrimmed(draft) ? 1.5 : 1.05;
  return facts.cuts.starts.includes(trim.from) && endsClean && copiedBytes(draft) * room <= limits.maxBytes;
}

function encodedBytes(draft: Draft, count: number): number {
  const { facts, geometry, rate, request, limits } = draft;
  const seconds = framesToSeconds(count, rate.rate);
  const pixels = geometry.width * geometry.height;
  const byContent = BITS_PER_PIXEL[request.preset] * pixels * count;
  const shrink = Math.min(1, (pixels / Math.max(1, facts.width * facts.height)) ** 0.8);
  const thinned = Math.min(1, rateToNumber(rate.rate) / rateToNumber(facts.frameRate));
  const sourceRate = facts.bitRate ?? (facts.sizeBytes * 8) / Math.max(facts.durationSeconds, 1e-3);
  // Older codecs shrink, newer ones grow; a floor keeps a nearly empty source from promising nothing.
  const growth = ['hevc', 'vp9', 'av1'].includes(facts.codec) ? 2 : 1.3;
  const bySource = sourceRate * seconds * shrink * thinned * growth;
  const bits = Math.max(50_000 * seconds, Math.min(byContent, bySource));
  const audio = chosenAudio(facts, request.soundTrack) ? audioBitRate * seconds : 0;
  return Math.min(limits.maxBytes, Math.round((bits + audio) / 8));
}

const step = (id: string, params?: PlanStep['params']): PlanStep => (params ? { id, params } : { id });

function pictureSteps({ facts, geometry, request }: Draft): PlanStep[] {
  const steps: PlanStep[] = [];
  if (facts.scan === 'interlaced') steps.push(step('deinterlace'));
  if (facts.isMirrored) steps.push(step('mirror'));
  if (facts.rotationDegrees !== 0) steps.push(step('rotate', { degrees: facts.rotationDegrees }));
  if (facts.sampleAspect.num !== facts.sampleAspect.den) {
    steps.push(step('squarePixels', { aspect: `${facts.sampleAspect.num}:${facts.sampleAspect.den}` }));
  }
  const crop = effectiveCrop(facts, request.crop);
  const shown = shownPicture(facts, request.crop);
  const from = sizeText(shown.width, shown.height);
  if (crop) steps.push(step('crop', { from: sizeText(facts.width, facts.height), to: from }));
  const picture = sizeText(geometry.pictureWidth, geometry.pictureHeight);
  if (from !== picture) {
    const id = geometry.factor > 1 ? 'enlarge' : geometry.factor < 1 ? 'scale' : 'cropEdge';
    steps.push(step(id, { from, to: picture, factor: Number(geometry.factor.toFixed(2)) }));
  }
  if (geometry.isPadded) steps.push(step('pad', { from: picture, to: sizeText(geometry.width, geometry.height) }));
  const color = colorText(facts);
  if (color !== 'SDR') steps.push(step(facts.isHdr ? 'toneMap' : 'color', { from: color, to: 'SDR BT.709' }));
  return steps;
}

function rateSteps({ facts, rate }: Draft): PlanStep[] {
  const to = rateText(rate.rate);
  if (!facts.isConstantRate) return [step('constantRate', { average: rateText(facts.frameRate), to })];
  return rate.divide > 1 || rate.multiply > 1 ? [step('frameRate', { from: rateText(facts.frameRate), to })] : [];
}

function soundSteps({ facts, request, verdicts }: Draft): PlanStep[] {
  const track = chosenAudio(facts, request.soundTrack);
  if (!track) return facts.audio.length > 0 || facts.emptySoundCount ? [step('withoutSound')] : [];
  const isFixed = verdicts.some((verdict) => verdict.rule === 'clip.sound' && verdict.state === 'fixed');
  const from = `${track.codec.toUpperCase()} ${track.channels}ch`;
  return isFixed ? [step('sound', { from, to: 'AAC 2ch', tracks: facts.audio.length })] : [];
}

/** What rules have settled that no other step shows. */
function saidSteps({ verdicts }: Draft): PlanStep[] {
  const said = (rule: string) => verdicts.find((verdict) => verdict.rule === rule && verdict.state === 'fixed');
  const overlap = said('clip.soundOverlap');
  return [
    ...(said('clip.transparency') ? [step('transparency')] : []),
    ...(overlap ? [step('soundOverlap', overlap.params)] : []),
  ];
}

function encodeSteps(draft: Draft, predictedBytes: number): PlanStep[] {
  const { facts } = draft;
  const steps = [...pictureSteps(draft), ...rateSteps(draft), ...soundSteps(draft), ...saidSteps(draft)];
  if (codecText(facts) !== 'H.264') steps.push(step('codec', { from: codecText(facts), to: 'H.264' }));
  if (!['mp4', 'mov'].includes(facts.container)) {
    steps.push(step('container', { from: facts.container.toUpperCase(), to: 'MP4' }));
  }
  if (facts.hasEditList) steps.push(step('start'));
  if (facts.undecodableCount) steps.push(step('undecodable', { count: facts.undecodableCount }));
  if (facts.isCutShort) steps.push(step('cutShort'));
  if (facts.videoStreamCount > 1 || facts.hasCoverArt) steps.push(step('streams'));
  steps.push(...metadataSteps(draft));
  if (steps.length === 0) steps.push(step('encode'));
  steps.push(step('bytes', { fromMB: toMB(facts.sizeBytes), toMB: toMB(predictedBytes) }));
  return steps;
}

const metadataSteps = (draft: Draft): PlanStep[] => (tellsTooMuch(draft) ? [step('metadata')] : []);

function trimSteps(draft: Draft, count: number): PlanStep[] {
  if (!isTrimmed(draft)) return [];
  const { from, to } = trimSeconds(draft.facts, draft.trim);
  return [step('trim', { from: round3(from), to: round3(to), frames: count })];
}

type Output = PreparePlan['output'];

function copyOutput(draft: Draft): Output {
  const { facts, trim } = draft;
  const count = trim.unit === 'frames' ? trim.to - trim.from : totalFrames(facts);
  return {
    width: facts.width,
    height: facts.height,
    frameRate: facts.frameRate,
    frameCount: count,
    durationSeconds: framesToSeconds(count, facts.frameRate),
    hasAudio: chosenAudio(facts, draft.request.soundTrack) !== null,
    predictedBytes: isTrimmed(draft) ? copiedBytes(draft) : facts.sizeBytes,
  };
}

function encodeOutput(draft: Draft): Output {
  const { facts, trim, rate, limits, geometry } = draft;
  const count = countFrames(facts, trim, rate, limits);
  return {
    width: geometry.width,
    height: geometry.height,
    frameRate: rate.rate,
    frameCount: count,
    durationSeconds: framesToSeconds(count, rate.rate),
    hasAudio: chosenAudio(facts, draft.request.soundTrack) !== null,
    predictedBytes: encodedBytes(draft, count),
  };
}

function baseOf({ facts, request, trim, geometry, limits: own }: Draft) {
  const crop = effectiveCrop(facts, request.crop);
  const pad = geometry.isPadded ? request.pad : undefined;
  const limits = limitsForPlan(request.target, own);
  // The default track by its number is the same order as no number.
  const isOther = chosenAudio(facts, request.soundTrack) !== chosenAudio(facts);
  return {
    target: request.target,
    preset: request.preset,
    trim,
    ...(crop ? { crop } : {}),
    ...(pad ? { pad } : {}),
    ...(isOther && request.soundTrack !== undefined ? { soundTrack: request.soundTrack } : {}),
    ...(limits ? { limits } : {}),
  };
}

function decide(draft: Draft): PreparePlan {
  const base = baseOf(draft);
  const isAsItIs = !isTrimmed(draft) && !tellsTooMuch(draft);
  if (needsNoEncode(draft) && (isAsItIs || canCopy(draft))) {
    const output = copyOutput(draft);
    if (isAsItIs) return { ...base, kind: 'untouched', steps: [step('untouched')], output };
    const steps = [...trimSteps(draft, output.frameCount), ...metadataSteps(draft), step('remux')];
    return { ...base, kind: 'remux', steps, output };
  }
  return encodePlan(draft);
}

function encodePlan(draft: Draft): PreparePlan {
  const output = encodeOutput(draft);
  const steps = [...trimSteps(draft, output.frameCount), ...encodeSteps(draft, output.predictedBytes)];
  return { ...baseOf(draft), kind: 'reencode', steps, output };
}

function draftOf(facts: VideoFacts, request: PlanRequest, all: Limits): Draft {
  const limits = all.clips[request.target];
  const trim = request.trim ? toClipUnit(facts, request.trim) : wholeClip(facts);
  const geometry = chooseGeometry(shownPicture(facts, request.crop), limits, request.preset);
  const { target, preset, crop, soundTrack } = request;
  const context = { facts, limits, target, preset, trim, geometry, crop, soundTrack };
  const longestSeconds = all.clips['motion-video'].maxSeconds;
  const verdicts = checkClip({ ...context, longestSeconds, hasTrim: request.trim !== undefined });
  return { facts, request, limits, trim, geometry, rate: chooseRate(facts, request.preset), verdicts };
}

export function planClip(facts: VideoFacts, request: PlanRequest, all: Limits = tableLimits): PlanAnswer {
  const draft = draftOf(facts, request, all);
  const isBlocked = draft.verdicts.some((verdict) => verdict.state === 'blocked');
  return { verdicts: draft.verdicts, plan: isBlocked ? null : decide(draft) };
}

/** The same order by re-encoding: what is left when a copy turns out not to be what its index promised. */
export function reencodeInstead(facts: VideoFacts, plan: PreparePlan): PreparePlan {
  const { target, preset, trim, crop, pad, soundTrack } = plan;
  const limits = plan.limits ? limitsOfPlan(plan) : tableLimits.clips[target];
  const all = { ...tableLimits, clips: { ...tableLimits.clips, [target]: limits } };
  return encodePlan(draftOf(facts, { target, preset, trim, crop, pad, soundTrack }, all));
}
