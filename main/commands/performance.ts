/** Planning a performance that is longer than one order may be, and telling how far ordered ones are. */
import type { Settings } from '../../shared/contract/app.ts';
import type { CommandParsed } from '../../shared/contract/index.ts';
import type { MotionRecipe } from '../../shared/contract/jobs.ts';
import { mostParts } from '../../shared/contract/jobs.ts';
import type { VideoFacts } from '../../shared/contract/media.ts';
import type { PerformancePlan } from '../../shared/contract/performance.ts';
import type { Timeline } from '../../shared/contract/timeline.ts';
import { RestageError } from '../../shared/errors.ts';
import { motionAt, splitPerformance } from '../../shared/media/performance.ts';
import { addRanges, creditsToString, parseCredits } from '../../shared/money/pricing.ts';
import { limitsWith } from '../../shared/rules/limitOverrides.ts';
import { clipTargetFor } from '../../shared/rules/limits.ts';
import { toClipUnit, trimSeconds, wholeClip } from '../../shared/time/trim.ts';
import type { AssetFile, Assets } from '../intake/assets.ts';
import type { Joiner } from '../jobs/join/joiner.ts';
import { requireLegal } from '../jobs/order/check.ts';
import type { MediaService } from '../services.ts';
import type { Handlers } from './types.ts';

interface PerformanceServices {
  assets: Assets;
  media: MediaService;
  settings: () => Settings;
  joiner: Joiner;
}

type PlanInput = CommandParsed<'performance.plan'>;

export function createPerformanceHandlers(
  services: PerformanceServices,
): Pick<Handlers, 'performance.plan' | 'performances.list' | 'performances.join'> {
  const { joiner } = services;
  return {
    'performance.plan': (input) => planPerformance(services, input),
    'performances.list': () => joiner.list(),
    'performances.join': () => {
      joiner.tryAgain();
      return joiner.list();
    },
  };
}

async function planPerformance(services: PerformanceServices, input: PlanInput): Promise<PerformancePlan | null> {
  const { recipe } = input;
  const asset = await services.assets.present(recipe.videoId);
  const { facts } = asset;
  if (facts.kind !== 'video') return null;
  const { minSeconds, maxSeconds } = limitsWith(services.settings().limitOverrides).clips[
    clipTargetFor(recipe.orientation)
  ];
  const whole = toClipUnit(facts, recipe.trim ?? wholeClip(facts));
  if (trimSeconds(facts, whole).duration <= maxSeconds) return null;
  const timeline = await timelineOf(services.media, { ...asset, facts }, input.isPatient);
  const sight = {
    motionBySecond: timeline.motionBySecond ?? [],
    cuts: (timeline.cutsAreCoarse ? [] : (timeline.cuts ?? [])).map(({ seconds }) => seconds),
  };
  const trims = splitPerformance(facts, whole, { minSeconds, maxSeconds, ...sight });
  if (trims === null || trims.length > mostParts) return null;
  const parts = trims.map((trim, index) => {
    const part = { performanceId: input.performanceId, number: index + 1, count: trims.length, whole };
    const own: MotionRecipe = { ...recipe, trim, part };
    const { price } = requireLegal(own, services);
    const { from, duration } = trimSeconds(facts, trim);
    const motion = index === 0 || sight.motionBySecond.length === 0 ? null : motionAt(from, sight);
    return { recipe: own, fromSeconds: from, seconds: duration, price, motion };
  });
  return { parts, price: sumOf(parts), isScanned: timeline.isScanned === true };
}

function sumOf(parts: PerformancePlan['parts']): PerformancePlan['price'] {
  const sum = parts
    .map(({ price }) => ({ low: parseCredits(price.low), high: parseCredits(price.high) }))
    .reduce(addRanges, { low: 0n, high: 0n });
  return { low: creditsToString(sum.low), high: creditsToString(sum.high) };
}

/** What is seen in the clip; `isPatient`: when all has been looked at. Throws cancelled where the look was stopped. */
function timelineOf(
  media: Pick<MediaService, 'timeline'>,
  { path, facts }: AssetFile & { facts: VideoFacts },
  isPatient: boolean,
): Promise<Timeline> {
  return new Promise((resolve, reject) => {
    const onChange = (timeline: Timeline) => {
      if (timeline.isScanned) resolve(timeline);
    };
    media
      .timeline(path, facts, onChange)
      .then((now) => (now.isScanned || !isPatient ? resolve(now) : undefined))
      .catch(() => reject(new RestageError('sourceUnreadable')));
  });
}
