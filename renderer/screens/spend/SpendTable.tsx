/** The sums in figures, one line per day, month, character, clip, tag or project, and a total that equals the ledger; a bar shows each line's share of the dearest. */

import { creditsToNumber, creditsToString } from '../../../shared/money/pricing.ts';
import { atStake, type SpendRow, type SpendSums } from '../../../shared/money/spend.ts';
import { spendStates } from '../../../shared/money/spendStates.ts';
import { costPerKept, type SpendSummary } from '../../../shared/money/spendSummary.ts';
import { creditsOf } from '../../../shared/money/testCredits.ts';
import { formatCredits, formatNumber } from '../../format/units.ts';
import { useTexts } from '../../text/i18n.ts';
import classes from './Spend.module.css';
import { spendLabel } from './spendLabel.ts';

const countColumns = ['jobs', 'failed', 'kept'] as const;

export function SpendTable({ summary, isSandbox }: { summary: SpendSummary; isSandbox: boolean }) {
  const texts = useTexts();
  const { t } = texts;
  const { rows, by, overlap, total } = summary;
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
            {[...countColumns, 'perKept' as const].map((name) => (
              <th key={name} scope="col" className={classes.figure}>
                {t(`spend.${name}`)}
              </th>
            ))}
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
              <Figures sums={row} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          {overlap ? (
            <tr className={classes.overlap} data-testid="spend-overlap">
              <th scope="row">
                {t('spend.overlap')}
                <span className={classes.overlapNote}>{t('spend.overlapNote')}</span>
              </th>
              <Figures sums={overlap} />
            </tr>
          ) : null}
          <tr data-testid="spend-total">
            <th scope="row">{t('spend.total')}</th>
            <Figures sums={total} />
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function Figures({ sums }: { sums: SpendSums }) {
  const { language } = useTexts();
  const nothing = <span className={classes.dim}>–</span>;
  const perKept = costPerKept(sums);
  const amounts = [...spendStates.map((state) => ({ name: state, units: sums[state] }))];
  const amount = (name: string, units: bigint) => (
    <td key={name} className={`${classes.figure} tabular`} title={creditsToString(units)} data-column={name}>
      {units === 0n ? nothing : formatCredits(creditsToString(units), language)}
    </td>
  );
  return (
    <>
      {amounts.map(({ name, units }) => amount(name, units))}
      {countColumns.map((name) => (
        <td key={name} className={`${classes.figure} tabular`} data-column={name}>
          {sums[name] === 0 ? nothing : formatNumber(sums[name], language, 0)}
        </td>
      ))}
      {perKept === null ? <td className={classes.figure}>{nothing}</td> : amount('perKept', perKept)}
    </>
  );
}

function shareOf(row: SpendRow, highest: bigint): number {
  return highest === 0n ? 0 : (creditsToNumber(atStake(row)) / creditsToNumber(highest)) * 100;
}
