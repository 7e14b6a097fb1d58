/** What a person should know before anything else: the state of the line and the key, and what start-up found. */
import { Anchor, CloseButton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { isLinkAlarm } from '../../shared/jobs/linkLife.ts';
import { useCommand, useJobs } from '../bridge/queries.ts';
import { useAccount, useBalanceKeeper } from '../state/shell/account.ts';
import { useNow } from '../state/shell/now.ts';
import { hrefOf } from '../state/shell/route.ts';
import { useTexts } from '../text/i18n.ts';
import classes from './Shell.module.css';

const spoken = ['offline', 'trouble', 'noKey', 'keyRefused'] as const;

export function Banners() {
  const { t, find, language } = useTexts();
  const alarm = useLinkAlarm();
  const { status } = useAccount();
  useBalanceKeeper();
  const info = useCommand('app.info', {});
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const connection = spoken.find((name) => name === status?.connection);
  const notices = (info.data?.notices ?? []).filter((notice) => !dismissed.includes(notice.id));
  return (
    <>
      {connection ? (
        <div className={classes.banner} role="status">
          <IconAlertTriangle size={16} aria-hidden="true" />
          <span className={classes.bannerText}>{t(`app.banner.${connection}`)}</span>
          {connection === 'noKey' || connection === 'keyRefused' ? (
            <Anchor href={hrefOf('settings')}>{t('app.banner.openSettings')}</Anchor>
          ) : null}
        </div>
      ) : null}
      {alarm ? (
        <div className={classes.banner} role="alert">
          <IconAlertTriangle size={16} aria-hidden="true" />
          <span className={classes.bannerText}>
            {t('app.banner.linkDies', { time: new Date(alarm).toLocaleTimeString(language) })}
          </span>
          <Anchor href={hrefOf('queue')}>{t('app.nav.queue')}</Anchor>
        </div>
      ) : null}
      {notices.map((notice) => (
        <div key={notice.id} className={classes.banner} role="status">
          <IconAlertTriangle size={16} aria-hidden="true" />
          <span className={classes.bannerText}>{find(`notices.${notice.id}`, notice.params) ?? notice.id}</span>
          <CloseButton
            size="sm"
            aria-label={t('app.banner.dismiss')}
            onClick={() => setDismissed([...dismissed, notice.id])}
          />
        </div>
      ))}
    </>
  );
}

/** The first link that will soon be dead, of results that are not fetched yet. */
function useLinkAlarm(): string | null {
  const waiting = (useJobs().data ?? []).flatMap(({ linkExpiresAt }) => linkExpiresAt ?? []);
  const now = useNow(waiting.length > 0 ? 60_000 : null);
  return waiting.toSorted().find((at) => isLinkAlarm(at, now)) ?? null;
}
