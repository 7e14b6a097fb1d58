/** Beside the sums: the spending limits, and how much of the day's and the month's is used. */
import { Anchor, Progress } from '@mantine/core';
import { creditsToNumber, parseCredits } from '../../../shared/money/pricing.ts';
import { useSettings } from '../../bridge/queries.ts';
import { formatCredits } from '../../format/units.ts';
import { hrefOf } from '../../state/shell/route.ts';
import { useTexts } from '../../text/i18n.ts';
import classes from './Spend.module.css';

export function LimitMeters({ counted }: { counted: { day: string; month: string } }) {
  const { t, language } = useTexts();
  const limits = useSettings().data?.limits;
  if (!limits) return null;
  return (
    <section className={classes.limits} aria-label={t('settings.limits.title')}>
      <h2>{t('settings.limits.title')}</h2>
      <Meter name={t('settings.limits.perDay')} used={counted.day} limit={limits.perDay} />
      <Meter name={t('settings.limits.perMonth')} used={counted.month} limit={limits.perMonth} />
      <div className={classes.limit}>
        <span>{t('settings.limits.perJob')}</span>
        <span className="tabular">
          {limits.perJob === null ? t('spend.noLimit') : formatCredits(limits.perJob, language)}
        </span>
      </div>
      <p className={classes.dim}>{t('spend.limitsAbout')}</p>
      <Anchor href={hrefOf('settings')} size="xs">
        {t('spend.changeLimits')}
      </Anchor>
    </section>
  );
}

function Meter({ name, used, limit }: { name: string; used: string; limit: string | null }) {
  const { t, language } = useTexts();
  const of = limit === null ? 0 : creditsToNumber(parseCredits(limit));
  const percent = of > 0 ? Math.min(100, (creditsToNumber(parseCredits(used)) / of) * 100) : limit === null ? 0 : 100;
  const isUnused = parseCredits(used) === 0n;
  const text =
    limit === null
      ? isUnused
        ? t('spend.noLimit')
        : t('spend.usedNoLimit', { used: formatCredits(used, language) })
      : t('spend.used', { used: formatCredits(used, language), limit: formatCredits(limit, language) });
  return (
    <div>
      <div className={classes.limit}>
        <span>{name}</span>
        <span className="tabular">{text}</span>
      </div>
      {limit === null ? null : (
        <Progress value={percent} size="sm" color={percent >= 100 ? 'red' : 'accent'} aria-label={`${name}: ${text}`} />
      )}
    </div>
  );
}
