/** Bars of the last days or months: charged, on hold and unknown on top of each other, with the limit drawn through. The table below says the same in figures. */
import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { creditsToNumber, creditsToString, parseCredits } from '../../../shared/money/pricing.ts';
import { atStake, recentRows, type SpendRow } from '../../../shared/money/spend.ts';
import type { SpendState } from '../../../shared/money/spendStates.ts';
import { creditsOf } from '../../../shared/money/testCredits.ts';
import { useSettings } from '../../bridge/queries.ts';
import { formatCredits, formatNumber } from '../../format/units.ts';
import { useTexts } from '../../text/i18n.ts';
import { BarTip } from './BarTip.tsx';
import { placeLimit } from './placeLimit.ts';
import classes from './Spend.module.css';
import { spendLabel } from './spendLabel.ts';

const counts = { day: 30, month: 12 } as const;
const colours = { charged: 'var(--r-accent)', reserved: 'var(--r-warn)', unknown: 'var(--r-bad)' } as const;
const stacked = ['charged', 'reserved', 'unknown'] as const satisfies readonly SpendState[];

interface SpendChartProps {
  rows: readonly SpendRow[];
  by: 'day' | 'month';
  isSandbox: boolean;
}

export function SpendChart({ rows, by, isSandbox }: SpendChartProps) {
  const texts = useTexts();
  const { t, language } = texts;
  const limits = useSettings().data?.limits;
  const recent = recentRows(rows, { by, count: counts[by], today: new Date() });
  const highest = recent.reduce((most, row) => (atStake(row) > most ? atStake(row) : most), 0n);
  // Limits are about real credits.
  const limit = isSandbox ? null : ((by === 'day' ? limits?.perDay : limits?.perMonth) ?? null);
  const place = placeLimit(limit, highest);
  const limitText = limit === null ? '' : formatCredits(limit, language);
  // Handed on to the drawing, which the arrow keys step through.
  const named = {
    'aria-label': `${t('spend.chart.label', { highest: formatCredits(creditsToString(highest), language) })} ${t('spend.chart.keys')}`,
  };
  return (
    <figure className={classes.chart}>
      <figcaption className={classes.legend}>
        <span>{t(`spend.chart.${by}`)}</span>
        {/* Not beside the line: a bar that crosses it would cover its words. */}
        {place === 'none' ? null : (
          <span className={classes.limitKey} data-place={place}>
            {t(place === 'above' ? 'spend.chart.limitAbove' : 'spend.chart.limit', { credits: limitText })}
          </span>
        )}
        {stacked.map((state) => (
          <span key={state} className={classes.key} data-state={state}>
            {t(`spend.state.${state}`, creditsOf(isSandbox))}
          </span>
        ))}
      </figcaption>
      <BarChart
        className={classes.bars}
        type="stacked"
        dataKey="label"
        data={recent.map((row) => ({
          label: spendLabel(row, by, texts, true),
          row,
          ...Object.fromEntries(stacked.map((state) => [state, creditsToNumber(row[state])])),
        }))}
        series={stacked.map((state) => ({ name: state, color: colours[state] }))}
        valueFormatter={(value) => formatNumber(value, language, 0)}
        maxBarWidth={36}
        tickLine="none"
        xAxisProps={{ interval: 'equidistantPreserveEnd', minTickGap: 12 }}
        yAxisProps={{ width: 56, domain: [0, 'auto'] }}
        referenceLines={
          limit !== null && place === 'drawn'
            ? [
                {
                  y: creditsToNumber(parseCredits(limit)),
                  color: 'var(--r-bad)',
                  strokeDasharray: '6 4',
                  ifOverflow: 'extendDomain',
                },
              ]
            : []
        }
        tooltipProps={{ content: ({ payload }) => <BarTip row={rowOf(payload)} by={by} isSandbox={isSandbox} /> }}
        barChartProps={{ tabIndex: 0, ...named }}
      />
    </figure>
  );
}

/** The row that a bar was made of: its figures are exact. */
function rowOf(payload: readonly { payload?: { row?: SpendRow } }[] | undefined): SpendRow | null {
  return payload?.[0]?.payload?.row ?? null;
}
