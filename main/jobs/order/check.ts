/** All checks of one order, before anything is prepared or paid: clip, image, texts, element. The same for page, CLI and ordering itself. */

import type { Settings } from '../../../shared/contract/app.ts';
import type { CommandParsed } from '../../../shared/contract/index.ts';
import type { Recipe } from '../../../shared/contract/jobs.ts';
import type { CheckResult, Verdict } from '../../../shared/contract/media.ts';
import { RestageError } from '../../../shared/errors.ts';
import {
  type CreditRange,
  creditsToString,
  estimateMotion,
  type Prices,
  pricesWith,
} from '../../../shared/money/pricing.ts';
import { checkCallbackUrl } from '../../../shared/rules/callbackUrl.ts';
import { type ClipTarget, clipTargetFor, limitsSources, textLimits } from '../../../shared/rules/limits.ts';
import { countCharacters, forbiddenCharacter, tidyText } from '../../../shared/words/texts.ts';
import type { Assets } from '../../intake/assets.ts';
import type { MediaService } from '../../services.ts';

export type CheckInput = CommandParsed<'media.check'>;

interface Services {
  assets: Assets;
  media: Pick<MediaService, 'planClip' | 'checkImage'>;
  settings: () => Pick<Settings, 'priceOverride'>;
}

export function checkOrder(input: CheckInput, { assets, media, settings }: Services): CheckResult {
  const verdicts: Verdict[] = [];
  let plan: CheckResult['plan'] = null;
  const clip = clipOf(input);
  if (clip) {
    const { facts, name } = assets.record(clip.id);
    if (facts.kind === 'video') {
      const answer = media.planClip(facts, {
        target: clip.target,
        preset: input.preset,
        trim: input.trim,
        crop: input.crop,
        pad: input.pad,
        soundTrack: input.soundTrack,
      });
      verdicts.push(
        ...answer.verdicts.map((verdict) =>
          clip.field === 'video' || verdict.field !== 'video' ? verdict : { ...verdict, field: clip.field },
        ),
      );
      plan = answer.plan;
    } else verdicts.push(blocked(clip.field, 'kind.clip', { name, kind: facts.kind }));
  }
  if (input.imageId !== undefined) {
    const { facts, name } = assets.record(input.imageId);
    if (facts.kind === 'image') verdicts.push(...media.checkImage(facts, input.imageEdit).verdicts);
    else verdicts.push(blocked('image', 'kind.image', { name, kind: facts.kind }));
  }
  verdicts.push(...promptVerdicts(tidyText(input.prompt ?? '')));
  if (input.callbackUrl !== undefined && input.callbackUrl !== '') {
    const reason = checkCallbackUrl(input.callbackUrl);
    if (reason) verdicts.push(blocked(reason.field, reason.rule, reason.params ?? {}));
  }
  if (input.elementId !== undefined && input.orientation === 'image') {
    verdicts.push({
      ...blocked('orientation', 'element.orientation', { element: input.elementId }),
      fix: 'switchToVideo',
    });
  }
  const prices = pricesWith(settings().priceOverride);
  const price = plan === null ? null : estimateOf(plan, input.quality, prices);
  return {
    verdicts,
    isLegal: verdicts.every((verdict) => verdict.state !== 'blocked'),
    plan,
    price: price && { low: creditsToString(price.low), high: creditsToString(price.high) },
  };
}

function clipOf(input: CheckInput): { id: string; field: string; target: ClipTarget } | null {
  if (input.elementClipId !== undefined) return { id: input.elementClipId, field: 'elementClip', target: 'element' };
  if (input.videoId !== undefined)
    return { id: input.videoId, field: 'video', target: clipTargetFor(input.orientation) };
  return null;
}

function estimateOf(
  { target, output }: NonNullable<CheckResult['plan']>,
  quality: CheckInput['quality'],
  prices: Prices,
): CreditRange | null {
  if (target === 'element') return { low: prices.element, high: prices.element };
  return quality === undefined ? null : estimateMotion(output.durationSeconds, quality, prices);
}

function promptVerdicts(prompt: string): Verdict[] {
  const forbidden = forbiddenCharacter(prompt, { isMultiline: true });
  if (forbidden !== null) return [blocked('prompt', 'text.control', { character: forbidden })];
  const length = countCharacters(prompt);
  if (length > textLimits.promptMax) {
    return [
      {
        ...blocked('prompt', 'prompt.length', {
          length,
          max: textLimits.promptMax,
          over: length - textLimits.promptMax,
        }),
        fix: 'shortenPrompt',
      },
    ];
  }
  if (length > textLimits.promptAdviceMax) {
    return [
      {
        ...blocked('prompt', 'prompt.lengthAdvice', { length, max: textLimits.promptAdviceMax }),
        state: 'warn',
        level: 'advice',
      },
    ];
  }
  return [];
}

function blocked(field: string, rule: string, params: Record<string, string | number>): Verdict {
  const { level, source } = limitsSources[rule] ?? { level: 'ours', source: 'r' };
  return { field, rule, params, level, source, state: 'blocked', fix: null };
}

/** Element names and descriptions: required, and no longer than the contract allows. */
function elementVerdicts(recipe: Extract<Recipe, { kind: 'element' }>): Verdict[] {
  const texts = [
    { field: 'name', rule: 'element.name', text: recipe.name, max: textLimits.elementNameMax, isMultiline: false },
    {
      field: 'description',
      rule: 'element.description',
      text: recipe.description,
      max: textLimits.elementDescriptionMax,
      isMultiline: true,
    },
  ];
  return texts.flatMap(({ field, rule, text, max, isMultiline }) => {
    const forbidden = forbiddenCharacter(text, { isMultiline });
    if (forbidden !== null) return [blocked(field, 'text.control', { character: forbidden })];
    const length = countCharacters(text);
    return length >= 1 && length <= max ? [] : [blocked(field, rule, { length, max })];
  });
}

/** A project becomes part of names on disk. */
function projectVerdicts({ project }: Extract<Recipe, { kind: 'motion' }>): Verdict[] {
  const forbidden = forbiddenCharacter(project ?? '');
  return forbidden === null ? [] : [blocked('project', 'text.control', { character: forbidden })];
}

/** The check of a recipe as it is ordered, its texts tidied before (shared/rules/tidyRecipe.ts). Throws refused with every reason; answers plan and price. */
export function requireLegal(
  recipe: Recipe,
  services: Services,
): { plan: NonNullable<CheckResult['plan']>; price: { low: string; high: string } } {
  const input: CheckInput =
    recipe.kind === 'element'
      ? {
          elementClipId: recipe.videoId,
          trim: recipe.trim,
          crop: recipe.crop,
          pad: recipe.pad,
          orientation: 'video',
          preset: recipe.preset,
          callbackUrl: recipe.callbackUrl,
        }
      : {
          videoId: recipe.videoId,
          imageId: recipe.imageId,
          trim: recipe.trim,
          crop: recipe.crop,
          pad: recipe.pad,
          soundTrack: recipe.soundTrack,
          imageEdit: recipe.imageEdit,
          orientation: recipe.orientation,
          quality: recipe.quality,
          preset: recipe.preset,
          prompt: recipe.prompt,
          elementId: recipe.elementId,
          callbackUrl: recipe.callbackUrl,
        };
  const { verdicts, plan, price } = checkOrder(input, services);
  const all = [...verdicts, ...(recipe.kind === 'element' ? elementVerdicts(recipe) : projectVerdicts(recipe))];
  const reasons = all
    .filter((verdict) => verdict.state === 'blocked')
    .map(({ field, rule, params }) => ({ field, rule, params: params ?? {} }));
  if (reasons.length > 0 || plan === null || price === null) throw new RestageError('refused', { reasons });
  return { plan, price };
}
