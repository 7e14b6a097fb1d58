/** Below the sums: what a kept result has cost, and how much of the work and of the credits came to nothing. */
import type { ReactNode } from 'react';
import { creditsToString } from '../../../shared/money/pricing.ts';
import type { SpendSums } from '../../../shared/money/spend.ts';
import { costPerKept, failedShare, releasedShare } from '../../../shared/money/spendSummary.ts';
import { formatCredits, formatDollars, formatNumber, formatShare } from '../../format/units.ts';
import { useTexts } from '../../text/i18n.ts';
import classes from './Spend.module.css';

const none = '–';

export function SpendOutcomes({ sums, isSandbox }: { sums: SpendSums; isSandbox: boolean }) {
  const { t, language } = useTexts();
  const perKept = costPerKept(sums);
  const credits = perKept === null ? null : creditsToString(perKept);
  const count = (number: number) => formatNumber(number, language, 0);
  const share = (part: number | null) => (part === null ? none : formatShare(part, language));
  const results = sums.kept + sums.rejected + sums.gone;
  const costHint = () => {
    if (credits === null) return t('spend.outcome.noneKept');
    return isSandbox ? t('spend.credits_test') : t('spend.about', { dollars: formatDollars(credits, language) });
  };
  return (
    <dl className={classes.totals} data-testid="spend-outcomes" aria-label={t('spend.outcome.label')}>
      <Figure name={t('spend.perKept')} hint={costHint()}>
        <span title={credits ?? undefined} data-credits={credits ?? ''}>
          {credits === null ? none : formatCredits(credits, language)}
        </span>
      </Figure>
      <Figure
        name={t('spend.outcome.keptTitle')}
        hint={t('spend.outcome.keptHint', { rejected: count(sums.rejected), gone: count(sums.gone) })}
      >
        {t('spend.outcome.keptOf', { kept: count(sums.kept), results: count(results) })}
      </Figure>
      <Figure
        name={t('spend.outcome.failedTitle')}
        hint={t('spend.outcome.failedHint', { failed: count(sums.failed), ended: count(sums.failed + sums.delivered) })}
      >
        {share(failedShare(sums))}
      </Figure>
      <Figure name={t('spend.outcome.releasedTitle')} hint={t('spend.outcome.releasedHint')}>
        {share(releasedShare(sums))}
      </Figure>
    </dl>
  );
}

function Figure({ name, hint, children }: { name: string; hint: string; children: ReactNode }) {
  return (
    <div className={classes.total}>
      <dt>{name}</dt>
      <dd className="tabular">{children}</dd>
      <dd className={classes.dim}>{hint}</dd>
    </div>
  );
}
