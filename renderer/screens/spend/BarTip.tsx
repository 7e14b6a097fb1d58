/** What a bar of the chart stands for, in figures: shown under the pointer, and for the bar that the arrow keys are at. */
import { creditsToString } from '../../../shared/money/pricing.ts';
import { atStake, type SpendRow } from '../../../shared/money/spend.ts';
import { spendStates } from '../../../shared/money/spendStates.ts';
import { creditsOf } from '../../../shared/money/testCredits.ts';
import { formatCredits } from '../../format/units.ts';
import { useTexts } from '../../text/i18n.ts';
import classes from './Spend.module.css';
import { spendLabel } from './spendLabel.ts';

export function BarTip({ row, by, isSandbox }: { row: SpendRow | null; by: 'day' | 'month'; isSandbox: boolean }) {
  const texts = useTexts();
  const { t, language } = texts;
  if (!row) return null;
  const figure = (units: bigint) => formatCredits(creditsToString(units), language);
  return (
    <div className={classes.tip} data-testid="spend-tip">
      <strong>{spendLabel(row, by, texts)}</strong>
      {spendStates
        .filter((state) => row[state] !== 0n)
        .map((state) => (
          <span key={state} className={classes.tipLine} data-state={state}>
            <span className={classes.key}>{t(`spend.state.${state}`, creditsOf(isSandbox))}</span>
            <span className="tabular">{figure(row[state])}</span>
          </span>
        ))}
      <span className={classes.tipLine}>
        <span>{t('spend.total')}</span>
        <span className="tabular">{figure(atStake(row))}</span>
      </span>
    </div>
  );
}
