/** The price as a range, what remains after it, and what a fraction of a second too much may cost. */

import { Button, Tooltip } from '@mantine/core';
import { useMemo, useState } from 'react';
import { creditsPerDollar, creditsToString, publishedPrices } from '../../../shared/money/pricing.ts';
import { creditsOf } from '../../../shared/money/testCredits.ts';
import { formatSeconds } from '../../../shared/time/duration.ts';
import {
  balanceAfter,
  formatCreditRange,
  formatCredits,
  formatDay,
  formatDollarRange,
  formatNumber,
} from '../../format/units.ts';
import { type Price, timesTakes } from '../../state/matrix/matrix.ts';
import { useDraft } from '../../state/order/draftStore.ts';
import { useIsReading } from '../../state/order/intake.ts';
import { useTakesStore } from '../../state/order/takesStore.ts';
import { useAccount } from '../../state/shell/account.ts';
import { usePrices } from '../../state/shell/prices.ts';
import { overWhole } from '../../state/trim/trim.ts';
import { type Clip, useClip } from '../../state/trim/useClip.ts';
import { useTexts } from '../../text/i18n.ts';
import { ChecksHeadline } from './ChecksHeadline.tsx';
import classes from './Create.module.css';
import { useOrderCheck } from './useOrderCheck.ts';

export function CostLines() {
  const { t, language } = useTexts();
  const { check } = useOrderCheck();
  const clip = useClip();
  const takes = useTakesStore((state) => state.takes);
  const one = check?.price ?? null;
  const price = useMemo(() => (one ? timesTakes(one, takes) : null), [one, takes]);
  const shown = useShownPrice(price);
  const isReading = useIsReading();
  const isOld = price === null || isReading;
  const prices = usePrices();
  const money = creditsOf(useAccount().status?.isSandbox);
  return (
    <section className={classes.cost} aria-label={t('create.cost.label')}>
      {check ? <ChecksHeadline check={check} /> : null}
      {shown ? (
        <div className={classes.price} data-old={isOld}>
          <span className={`${classes.credits} tabular`} data-testid="price">
            {t('create.cost.credits', { credits: formatCreditRange(shown, language), ...money })}
          </span>
          <Tooltip
            label={t('create.cost.dollarsHint', { rate: creditsPerDollar, date: publishedPrices.date })}
            multiline
            w={240}
          >
            <span className={`${classes.dim} tabular`}>
              {t('create.cost.dollars', { dollars: formatDollarRange(shown, language), ...money })}
            </span>
          </Tooltip>
        </div>
      ) : null}
      {price ? null : <span className={classes.dim}>{t(clip ? 'create.cost.blocked' : 'create.cost.unknown')}</span>}
      {price && prices !== publishedPrices ? (
        <span className={classes.dim}>{t('create.cost.ownPrices', { date: formatDay(prices.date, language) })}</span>
      ) : null}
      {price ? <BalanceLine price={price} /> : null}
      {clip && price ? <OverLine clip={clip} /> : null}
    </section>
  );
}

/** While a problem stands the last price of the same clip stays in sight: what is seen must not jump, and the order of size is known. */
function useShownPrice(price: Price | null): Price | null {
  const { videoId } = useDraft();
  const [last, setLast] = useState<{ videoId: string | null; price: Price } | null>(null);
  if (price && (last?.videoId !== videoId || last.price !== price)) setLast({ videoId, price });
  return price ?? (videoId !== null && last?.videoId === videoId ? last.price : null);
}

function BalanceLine({ price }: { price: { high: string } }) {
  const { t, language } = useTexts();
  const { status } = useAccount();
  if (!status?.remainingCredits) return null;
  const { credits, isEnough } = balanceAfter(status.remainingCredits, price);
  return (
    <span className={`${isEnough ? classes.dim : classes.bad} tabular`}>
      {t(isEnough ? 'create.cost.after' : 'create.cost.notEnough', {
        credits: formatNumber(credits, language),
        ...creditsOf(status.isSandbox),
      })}
    </span>
  );
}

/** "0.20 s over 12 s": a fraction that may be billed as a whole second, and the button that takes it away. */
function OverLine({ clip }: { clip: Clip }) {
  const { t, language } = useTexts();
  const { quality } = useDraft();
  const prices = usePrices();
  const money = creditsOf(useAccount().status?.isSandbox);
  const over = overWhole(clip.clock, clip.range, clip.minSeconds);
  if (!over) return null;
  const { whole, seconds, to } = over;
  return (
    <span className={`${classes.over} tabular`}>
      {t('create.timeline.over', {
        seconds: formatSeconds(seconds, language),
        whole,
        credits: formatCredits(creditsToString(prices.motionPerSecond[quality]), language),
        ...money,
      })}
      <Button size="compact-xs" variant="light" onClick={() => clip.setRange({ from: clip.range.from, to })}>
        {t('create.timeline.toWhole', { whole })}
      </Button>
    </span>
  );
}
