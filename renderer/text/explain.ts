/** Turns errors and reasons that crossed the border into text: the only way in which the page words a failure. */
import type { Verdict } from '../../shared/contract/media.ts';
import type { ErrorData, Reason } from '../../shared/errors.ts';
import { type Texts, useTexts } from './i18n.ts';

export interface ExplainedReason {
  title: string;
  value: string | null;
  rule: string | null;
  fix: string | null;
}

export interface Explained {
  title: string;
  advice: string | null;
  reasons: ExplainedReason[];
  detail: string | null;
}

export function explainReason({ find }: Texts, reason: Reason | Verdict): ExplainedReason {
  const part = (name: string) => find(`rules.${reason.rule}.${name}`, reason.params) || null;
  return { title: part('title') ?? reason.rule, value: part('value'), rule: part('rule'), fix: part('fix') };
}

function explainError(texts: Texts, error: ErrorData): Explained {
  return {
    title: texts.find(`errors.${error.code}.title`) ?? texts.t('app.error.unknownTitle'),
    advice: texts.find(`errors.${error.code}.advice`),
    reasons: error.reasons.map((reason) => explainReason(texts, reason)),
    detail: error.detail ?? null,
  };
}

/** One line of value, rule and way out, for lists and notifications. They are texts of their own, so they are set apart, not glued. */
export function sentenceOf(reason: ExplainedReason): string {
  return [reason.value ?? reason.title, reason.rule, reason.fix].filter((part) => part !== null).join(' · ');
}

export function useExplain(): (error: ErrorData) => Explained {
  const texts = useTexts();
  return (error) => explainError(texts, error);
}
