/** The rules that ask what becomes of the place where two recordings were joined. Pure. */
import { trimSeconds } from '../../../shared/time/trim.ts';
import type { Overlap } from '../facts/joints.ts';
import { chosenAudio } from '../facts/videoFacts.ts';
import { type Finding, type Rule, type RuleContext, round3 } from './ruleParts.ts';

/** The first one that the ordered range reaches into. */
function overlapWithin({ facts, trim }: RuleContext, overlaps: readonly Overlap[] | undefined): Overlap | undefined {
  const { from, to } = trimSeconds(facts, trim);
  return overlaps?.find(({ atSeconds, seconds }) => atSeconds < to - 1e-6 && atSeconds + seconds >= from);
}

/** Where two pictures claim one instant, none of them is the one that was meant. */
function checkClock(context: RuleContext): Finding | null {
  const found = overlapWithin(context, context.facts.clockOverlaps);
  if (!found) return null;
  const { atSeconds, seconds } = found;
  const frame = context.facts.frameRate.den / context.facts.frameRate.num;
  const params = { at: round3(atSeconds), by: round3(seconds), until: round3(atSeconds + seconds + frame) };
  return { state: 'blocked', params, ...(context.hasTrim ? { field: 'to' } : {}) };
}

/** One piece of sound is heard at a time: what the second one holds of the time of the first is lost. */
function checkSoundOverlap(context: RuleContext): Finding | null {
  const found = overlapWithin(context, chosenAudio(context.facts, context.soundTrack)?.overlaps);
  if (!found) return null;
  return { state: 'fixed', params: { at: round3(found.atSeconds), seconds: round3(found.seconds) } };
}

export const jointRules: readonly Rule[] = [
  { id: 'clip.clock', check: checkClock },
  { id: 'clip.soundOverlap', check: checkSoundOverlap },
];
