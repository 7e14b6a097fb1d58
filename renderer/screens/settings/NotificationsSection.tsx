/** What a person is told of while they look elsewhere. Where the browser has to allow it, it is asked when something is switched on. */
import { Stack, Switch, Text } from '@mantine/core';
import type { Settings } from '../../../shared/contract/app.ts';
import { type NewsKind, newsKinds } from '../../../shared/outsideNews.ts';
import { askPermission, useNewsWay } from '../../state/shell/outsideNews.ts';
import { useTexts } from '../../text/i18n.ts';
import { Section } from './Section.tsx';
import classes from './Settings.module.css';
import { useSave } from './useSave.ts';

export function NotificationsSection({ settings: { notifications } }: { settings: Settings }) {
  const { t } = useTexts();
  const save = useSave();
  const way = useNewsWay();
  const isPossible = way !== 'missing' && way !== 'denied';
  const isTold = way === 'host' || way === 'granted';
  const change = async (kind: NewsKind, isOn: boolean) => {
    if (!isTold && (await askPermission()) !== 'granted') return;
    // What was wished for without a way to be told begins with the one that was switched on.
    const others = isTold ? notifications : { finished: false, attention: false, linkDies: false };
    save({ notifications: { ...others, [kind]: isOn } });
  };
  return (
    <Section title={t('settings.notifications.title')}>
      <Text className={classes.dim}>{t('settings.notifications.about')}</Text>
      <Stack gap="xs">
        {newsKinds.map((kind) => (
          <Switch
            key={kind}
            label={t(`settings.notifications.kind.${kind}`)}
            checked={isTold && notifications[kind]}
            disabled={!isPossible}
            onChange={(event) => void change(kind, event.currentTarget.checked)}
          />
        ))}
      </Stack>
      {isPossible ? null : (
        <Text className={classes.dim} role="status">
          {t(way === 'denied' ? 'settings.notifications.denied' : 'settings.notifications.missing')}
        </Text>
      )}
    </Section>
  );
}
