/** Bars of the last days or months: charged, reserved and unknown on top of each other. The table below says the same in figures. */

import { creditsToNumber, creditsToString } from '../../../shared/pricing.ts';
import { atStake, recentRows, type SpendRow } from '../../../shared/spend.ts';
import type { SpendState } from '../../../shared/spendStates.ts';
import { formatCredits } from '../../format/units.ts';
import { useTexts } from '../../i18n.ts';
import classes from './Spend.module.css';
import { spendLabel } from './spendLabel.ts';

const counts = { day: 30, month: 12 } as const;
const stacked: readonly SpendState[] = ['charged', 'reserved', 'unknown'];
/** Units of the drawing: it is scaled to the width there is. */
const size = { width: 720, height: 150, bars: 128 } as const;

export function SpendChart({ rows, by }: { rows: readonly SpendRow[]; by: 'day' | 'month' }) {
  const texts = useTexts();
  const { t, language } = texts;
  const recent = recentRows(rows, { by, count: counts[by], today: new Date() });
  const highest = recent.reduce((most, row) => (atStake(row) > most ? atStake(row) : most), 0n);
  const step = size.width / recent.length;
  const labelEvery = by === 'day' ? 5 : 1;
  const top = formatCredits(creditsToString(highest), language);
  return (
    <figure className={classes.chart}>
      <figcaption className={classes.legend}>
        <span>{t(`spend.chart.${by}`)}</span>
        {stacked.map((state) => (
          <span key={state} className={classes.key} data-state={state}>
            {t(`spend.state.${state}`)}
          </span>
        ))}
      </figcaption>
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        className={classes.bars}
        role="img"
        aria-label={t('spend.chart.label', { highest: top })}
      >
        <line x1="0" x2={size.width} y1={size.bars} y2={size.bars} className={classes.axis} />
        {recent.map((row, index) => (
          <g key={row.key} transform={`translate(${index * step} 0)`}>
            <title>{`${spendLabel(row, by, texts)}: ${formatCredits(creditsToString(atStake(row)), language)}`}</title>
            <rect width={step} height={size.bars} className={classes.hit} />
            {segmentsOf(row, highest).map(({ state, y, height }) => (
              <rect
                key={state}
                data-state={state}
                x={step * 0.15}
                width={step * 0.7}
                y={size.bars - y - height}
                height={height}
              />
            ))}
            {(recent.length - 1 - index) % labelEvery === 0 ? (
              <text
                x={index === recent.length - 1 ? step : step / 2}
                y={size.height - 6}
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
    </figure>
  );
}

function segmentsOf(row: SpendRow, highest: bigint) {
  const scale = highest === 0n ? 0 : (size.bars - 16) / creditsToNumber(highest);
  let y = 0;
  return stacked.flatMap((state) => {
    const height = creditsToNumber(row[state]) * scale;
    const segment = { state, y, height };
    y += height;
    return height > 0 ? [segment] : [];
  });
}
