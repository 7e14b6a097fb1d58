/** The sums in figures, one line per day, month, character, clip or project; a bar shows each line's share of the dearest. */

import { creditsToNumber, creditsToString } from '../../../shared/money/pricing.ts';
import { atStake, type SpendGrouping, type SpendRow } from '../../../shared/money/spend.ts';
import { spendStates } from '../../../shared/money/spendStates.ts';
import { creditsOf } from '../../../shared/money/testCredits.ts';
import { formatCredits, formatNumber } from '../../format/units.ts';
import { useTexts } from '../../i18n.ts';
import classes from './Spend.module.css';
import { spendLabel } from './spendLabel.ts';

interface SpendTableProps {
  rows: readonly SpendRow[];
  by: SpendGrouping;
  isSandbox: boolean;
}

export function SpendTable({ rows, by, isSandbox }: SpendTableProps) {
  const texts = useTexts();
  const { t, language } = texts;
  const highest = rows.reduce((most, row) => (atStake(row) > most ? atStake(row) : most), 0n);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must scroll by keys too
    <section className={classes.tableFrame} aria-label={t('spend.table')} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t(`spend.by.${by}`)}</th>
            {spendStates.map((state) => (
              <th key={state} scope="col" className={classes.figure}>
                {t(`spend.state.${state}`, creditsOf(isSandbox))}
              </th>
            ))}
            <th scope="col" className={classes.figure}>
              {t('spend.jobs')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} data-testid="spend-row">
              <th scope="row">
                <span className={classes.rowName}>{spendLabel(row, by, texts)}</span>
                <span className={classes.share} aria-hidden="true">
                  <span style={{ width: `${shareOf(row, highest)}%` }} />
                </span>
              </th>
              {spendStates.map((state) => {
                const credits = creditsToString(row[state]);
                return (
                  <td key={state} className={`${classes.figure} tabular`} title={credits}>
                    {row[state] === 0n ? <span className={classes.dim}>–</span> : formatCredits(credits, language)}
                  </td>
                );
              })}
              <td className={`${classes.figure} tabular`}>{formatNumber(row.jobs, language, 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function shareOf(row: SpendRow, highest: bigint): number {
  return highest === 0n ? 0 : (creditsToNumber(atStake(row)) / creditsToNumber(highest)) * 100;
}
