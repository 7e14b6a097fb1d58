/** Beside the handle that is held: how long the range is now and what it costs, or what a fraction too much may add. */

import { creditsToString, estimateMotion } from '../../shared/money/pricing.ts';
import { creditsOf } from '../../shared/money/testCredits.ts';
import { formatSeconds } from '../../shared/time/duration.ts';
import { formatCreditRange, formatCredits } from '../format/units.ts';
import { useDraft } from '../state/order/draftStore.ts';
import { useAccount } from '../state/shell/account.ts';
import { usePrices } from '../state/shell/prices.ts';
import { overWhole } from '../state/trim/trim.ts';
import type { Clip } from '../state/trim/useClip.ts';
import { useTexts } from '../text/i18n.ts';
import classes from './Timeline.module.css';

/** `side`: of the handle, where there is more room. */
export function HandlePrice({ clip, side }: { clip: Clip; side: 'left' | 'right' }) {
  const { t, language } = useTexts();
  const { quality } = useDraft();
  const prices = usePrices();
  const money = creditsOf(useAccount().status?.isSandbox);
  const over = overWhole(clip.clock, clip.range, clip.minSeconds);
  const { low, high } = estimateMotion(clip.seconds, quality, prices);
  const range = { low: creditsToString(low), high: creditsToString(high) };
  const duration = formatSeconds(clip.seconds, language);
  return (
    <span className={`${classes.handlePrice} tabular`} data-side={side} data-testid="handle-price">
      <span>
        {t('create.timeline.handlePrice', { duration, credits: formatCreditRange(range, language), ...money })}
      </span>
      {over ? (
        <span className={classes.handleOver}>
          {t('create.timeline.over', {
            seconds: formatSeconds(over.seconds, language),
            whole: over.whole,
            credits: formatCredits(creditsToString(prices.motionPerSecond[quality]), language),
            ...money,
          })}
        </span>
      ) : null}
    </span>
  );
}
