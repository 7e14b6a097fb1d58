/** What a person should know before anything else: the state of the line and the key, and what start-up found. */
import { Anchor, CloseButton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useCommand } from '../bridge/queries.ts';
import { useTexts } from '../i18n.ts';
import { useAccount, useBalanceKeeper } from '../state/account.ts';
import { hrefOf } from '../state/route.ts';
import classes from './Shell.module.css';

const spoken = ['offline', 'noKey', 'keyRefused'] as const;

export function Banners() {
  const { t, find } = useTexts();
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
          {connection === 'offline' ? null : <Anchor href={hrefOf('settings')}>{t('app.banner.openSettings')}</Anchor>}
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
