/** Bars of the last days or months: charged, reserved and unknown on top of each other. The table below says the same in figures. */
import { useElementSize } from '@mantine/hooks';
import { creditsToNumber, creditsToString } from '../../../shared/money/pricing.ts';
import { atStake, recentRows, type SpendRow } from '../../../shared/money/spend.ts';
import type { SpendState } from '../../../shared/money/spendStates.ts';
import { creditsOf } from '../../../shared/money/testCredits.ts';
import { formatCredits } from '../../format/units.ts';
import { useTexts } from '../../i18n.ts';
import classes from './Spend.module.css';
import { spendLabel } from './spendLabel.ts';

const counts = { day: 30, month: 12 } as const;
const stacked: readonly SpendState[] = ['charged', 'reserved', 'unknown'];
/** In pixels. The width is what there is: figures that grow and shrink with it would be unreadable at one end. */
const height = { all: 160, bars: 138 } as const;
/** Until it is measured. */
const usualWidth = 720;

interface SpendChartProps {
  rows: readonly SpendRow[];
  by: 'day' | 'month';
  isSandbox: boolean;
}

export function SpendChart({ rows, by, isSandbox }: SpendChartProps) {
  const texts = useTexts();
  const { t, language } = texts;
  const { ref, width: measured } = useElementSize();
  const width = measured || usualWidth;
  const recent = recentRows(rows, { by, count: counts[by], today: new Date() });
  const highest = recent.reduce((most, row) => (atStake(row) > most ? atStake(row) : most), 0n);
  const step = width / recent.length;
  const labelEvery = by === 'day' ? 5 : 1;
  const top = formatCredits(creditsToString(highest), language);
  return (
    <figure className={classes.chart}>
      <figcaption className={classes.legend}>
        <span>{t(`spend.chart.${by}`)}</span>
        {stacked.map((state) => (
          <span key={state} className={classes.key} data-state={state}>
            {t(`spend.state.${state}`, creditsOf(isSandbox))}
          </span>
        ))}
      </figcaption>
      <div ref={ref}>
        <svg
          viewBox={`0 0 ${width} ${height.all}`}
          className={classes.bars}
          role="img"
          aria-label={t('spend.chart.label', { highest: top })}
        >
          <line x1="0" x2={width} y1={height.bars} y2={height.bars} className={classes.axis} />
          {recent.map((row, index) => (
            <g key={row.key} transform={`translate(${index * step} 0)`}>
              <title>{`${spendLabel(row, by, texts)}: ${formatCredits(creditsToString(atStake(row)), language)}`}</title>
              <rect width={step} height={height.bars} className={classes.hit} />
              {segmentsOf(row, highest).map(({ state, y, tall }) => (
                <rect
                  key={state}
                  data-state={state}
                  x={step * 0.15}
                  width={step * 0.7}
                  y={height.bars - y - tall}
                  height={tall}
                />
              ))}
              {(recent.length - 1 - index) % labelEvery === 0 ? (
                <text
                  x={index === recent.length - 1 ? step : step / 2}
                  y={height.all - 6}
                  textAnchor={index === recent.length - 1 ? 'end' : 'middle'}
                >
                  {spendLabel(row, by, texts, true)}
                </text>
              ) : null}
            </g>
          ))}
          {highest > 0n ? (
            <text x="2" y="10" className={classes.top}>
              {top}
            </text>
          ) : null}
        </svg>
      </div>
    </figure>
  );
}

function segmentsOf(row: SpendRow, highest: bigint) {
  const scale = highest === 0n ? 0 : (height.bars - 18) / creditsToNumber(highest);
  let y = 0;
  return stacked.flatMap((state) => {
    const tall = creditsToNumber(row[state]) * scale;
    const segment = { state, y, tall };
    y += tall;
    return tall > 0 ? [segment] : [];
  });
}
