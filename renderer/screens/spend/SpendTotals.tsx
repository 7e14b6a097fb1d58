/** The four sums: what is reserved, charged, given back, and what nobody knows yet. */

import { creditsToString } from '../../../shared/money/pricing.ts';
import type { SpendSums } from '../../../shared/money/spend.ts';
import { spendStates } from '../../../shared/money/spendStates.ts';
import { creditsOf } from '../../../shared/money/testCredits.ts';
import { formatCredits, formatDollars } from '../../format/units.ts';
import { useTexts } from '../../text/i18n.ts';
import classes from './Spend.module.css';

export function SpendTotals({ sums, isSandbox }: { sums: SpendSums; isSandbox: boolean }) {
  const { t, language } = useTexts();
  const money = creditsOf(isSandbox);
  return (
    <>
      <dl className={classes.totals} data-testid="spend-totals">
        {spendStates.map((state) => {
          const credits = creditsToString(sums[state]);
          return (
            <div key={state} className={classes.total} data-state={state}>
              <dt>{t(`spend.state.${state}`, money)}</dt>
              <dd className="tabular" title={credits} data-credits={credits}>
                {formatCredits(credits, language)}
              </dd>
              <dd className={classes.dim}>
                {isSandbox ? t('spend.credits_test') : t('spend.about', { dollars: formatDollars(credits, language) })}
              </dd>
            </div>
          );
        })}
      </dl>
      {sums.unclear > 0 ? <p role="note">{t('spend.unclear', { number: sums.unclear })}</p> : null}
      {sums.isEstimate ? <p className={classes.dim}>{t('spend.estimated')}</p> : null}
    </>
  );
}
