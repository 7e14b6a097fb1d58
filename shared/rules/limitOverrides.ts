/** A person's dated word over the table of limits, for the day on which the provider has changed one and the table has not yet. Pure. */
import type { LimitOverride } from '../contract/app.ts';
import type { PreparePlan } from '../contract/media.ts';
import {
  type ClipLimits,
  type ClipTarget,
  clipLimits,
  imageLimits,
  type Limits,
  limitNames,
  tableLimits,
  uploadMaxBytes,
} from './limits.ts';

export type OverrideTarget = LimitOverride['target'];
export type OverrideName = LimitOverride['name'];

/** What each value may be: what ffmpeg, sharp and a person's patience can still do. */
export const overrideBounds: Readonly<Record<OverrideName, { min: number; max: number; isWhole: boolean }>> = {
  minSeconds: { min: 0.1, max: 600, isWhole: false },
  maxSeconds: { min: 0.1, max: 600, isWhole: false },
  minSidePx: { min: 16, max: 65_536, isWhole: true },
  maxSidePx: { min: 16, max: 65_536, isWhole: true },
  maxBytes: { min: 100_000, max: 10_000_000_000, isWhole: true },
};

/** An image has no length. */
export function namesOf(target: OverrideTarget): readonly OverrideName[] {
  return target === 'image' ? limitNames.filter((name) => !name.endsWith('Seconds')) : limitNames;
}

/** What the table says, without any override. */
export function tableValue(target: OverrideTarget, name: OverrideName): number {
  if (target !== 'image') return clipLimits[target][name];
  return name === 'minSeconds' || name === 'maxSeconds' ? 0 : imageLimits[name];
}

/** What the provider publishes, where Restage keeps to less; null: the table says the same. */
export function publishedValue(target: OverrideTarget, name: OverrideName): number | null {
  const isUploadSize = name === 'maxBytes' && tableValue(target, name) === uploadMaxBytes.ours;
  return isUploadSize ? uploadMaxBytes.contract : null;
}

/** The limits that hold. A target without overrides keeps the table's own object. */
export function limitsWith(overrides: readonly LimitOverride[]): Limits {
  if (overrides.length === 0) return tableLimits;
  const changed = <T extends object>(base: T, target: OverrideTarget): T => {
    const own = overrides.filter((override) => override.target === target);
    return own.length === 0 ? base : { ...base, ...Object.fromEntries(own.map(({ name, value }) => [name, value])) };
  };
  return {
    clips: {
      'motion-image': changed(clipLimits['motion-image'], 'motion-image'),
      'motion-video': changed(clipLimits['motion-video'], 'motion-video'),
      element: changed(clipLimits.element, 'element'),
    },
    image: changed(imageLimits, 'image'),
  };
}

export type OverrideTrouble = 'value' | 'order' | 'twice';

/** What is wrong with a list of overrides; null: nothing. `order`: a smallest that is larger than the largest. */
export function findTrouble(
  overrides: readonly LimitOverride[],
): { trouble: OverrideTrouble; target: OverrideTarget; name: OverrideName } | null {
  const seen = new Set<string>();
  for (const { target, name, value } of overrides) {
    const { min, max, isWhole } = overrideBounds[name];
    if (!namesOf(target).includes(name)) return { trouble: 'value', target, name };
    if (seen.has(`${target}.${name}`)) return { trouble: 'twice', target, name };
    if (!(value >= min && value <= max) || (isWhole && !Number.isInteger(value)))
      return { trouble: 'value', target, name };
    seen.add(`${target}.${name}`);
  }
  const limits = limitsWith(overrides);
  for (const { target, name } of overrides) {
    const own = target === 'image' ? { ...limits.image, minSeconds: 0, maxSeconds: 0 } : limits.clips[target];
    if (own.minSeconds > own.maxSeconds || own.minSidePx > own.maxSidePx) return { trouble: 'order', target, name };
  }
  return null;
}

const nameOfRule: Readonly<Record<string, OverrideName>> = {
  'clip.durationMin': 'minSeconds',
  'clip.durationMax': 'maxSeconds',
  'clip.sideMin': 'minSidePx',
  'clip.sideMax': 'maxSidePx',
  'clip.bytes': 'maxBytes',
  'image.sideMin': 'minSidePx',
  'image.sideMax': 'maxSidePx',
  'image.bytes': 'maxBytes',
};

/** The override that a rule was judged by. */
export function overrideOfRule(
  overrides: readonly LimitOverride[],
  target: OverrideTarget,
  rule: string,
): LimitOverride | undefined {
  const name = nameOfRule[rule];
  return overrides.find((override) => override.target === target && override.name === name);
}

/** The limits that a plan was made under: its own where it carries some. */
export function limitsOfPlan(plan: Pick<PreparePlan, 'target' | 'limits'>): ClipLimits {
  return { ...clipLimits[plan.target], ...plan.limits };
}

/** What a plan has to carry so that it is made and verified by what it was planned by; null: the table. */
export function limitsForPlan(target: ClipTarget, limits: ClipLimits): PreparePlan['limits'] {
  if (limits === clipLimits[target]) return undefined;
  const { minSeconds, maxSeconds, minSidePx, maxSidePx, maxBytes } = limits;
  return { minSeconds, maxSeconds, minSidePx, maxSidePx, maxBytes };
}

const MB = 1_000_000;

/** Bytes are typed and read in MB. */
export const unitOf = (name: OverrideName): { text: string; scale: number } =>
  name === 'maxBytes' ? { text: 'MB', scale: MB } : { text: name.endsWith('Seconds') ? 's' : 'px', scale: 1 };

export function valueText(name: OverrideName, value: number): string {
  const { text, scale } = unitOf(name);
  return `${Number((value / scale).toFixed(3))} ${text}`;
}
