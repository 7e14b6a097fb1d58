/** Facts of media in one line, in the words of the field: `1920×1080 · 25 fps · 12.00 s · H.264 · AAC stereo · 14.2 MB`. */

import type { ImageFacts, PreparePlan, VideoFacts } from '../../../shared/contract/media.ts';
import type { Translate } from '../../../shared/i18n/index.ts';
import { codecText } from '../../../shared/media/codecs.ts';
import { formatSeconds } from '../../../shared/time/duration.ts';
import { rateToNumber } from '../../../shared/time/timecode.ts';

interface Words {
  t: Translate;
  locale: string;
}

const number = (value: number, locale: string, digits: number) =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: digits, useGrouping: false }).format(value);

export function sizeText(bytes: number, locale: string): string {
  if (bytes >= 1_000_000) return `${number(bytes / 1_000_000, locale, 1)} MB`;
  return `${number(Math.max(Math.min(1, bytes), Math.round(bytes / 1000)), locale, 0)} kB`;
}

export function videoText(facts: VideoFacts, { t, locale }: Words): string {
  const rate = number(rateToNumber(facts.frameRate), locale, 2);
  const [track] = facts.audio;
  return [
    `${facts.width}×${facts.height}`,
    facts.isConstantRate ? `${rate} fps` : t('cli.facts.variableRate', { rate }),
    formatSeconds(facts.durationSeconds, locale),
    codecText(facts),
    track
      ? `${track.codec.toUpperCase()} ${t('cli.facts.channels', { count: track.channels })}`
      : t('cli.facts.noSound'),
    sizeText(facts.sizeBytes, locale),
  ].join(' · ');
}

export function imageText(facts: ImageFacts, { locale }: Words): string {
  return [`${facts.width}×${facts.height}`, facts.format.toUpperCase(), sizeText(facts.sizeBytes, locale)].join(' · ');
}

export function planText(plan: PreparePlan, sizeBytes: number, { t, locale }: Words): string {
  const { output } = plan;
  return [
    t(`cli.plans.${plan.kind}`),
    `${output.width}×${output.height}`,
    `${number(rateToNumber(output.frameRate), locale, 2)} fps`,
    formatSeconds(output.durationSeconds, locale),
    sizeText(sizeBytes, locale),
  ].join(' · ');
}

/** The steps that say more than the kind of the plan does. */
export function stepsOf(plan: PreparePlan): PreparePlan['steps'] {
  return plan.steps.filter((step) => step.id !== plan.kind && step.id !== 'bytes');
}
