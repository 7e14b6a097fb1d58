/** The first minute: try it in the sandbox with the sample loaded, or bring a key. */
import { Button, NativeSelect, Text, Title } from '@mantine/core';
import { IconBoxMultiple, IconFlask, IconKey } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AccountStatus } from '../../../shared/contract/app.ts';
import { call } from '../../bridge/bridge.ts';
import { commandQuery, useSettings, useSettingsMutation } from '../../bridge/queries.ts';
import { KeyFields } from '../../components/KeyFields.tsx';
import { SameAccountDialog } from '../../components/SameAccountDialog.tsx';
import { useIntake } from '../../state/order/intake.ts';
import { useKeyEntry } from '../../state/shell/apiKey.ts';
import { notifyError } from '../../state/shell/notify.tsx';
import { goTo } from '../../state/shell/route.ts';
import { useTexts } from '../../text/i18n.ts';
import { languageNames, languageSetting } from '../../text/languageNames.ts';
import classes from './FirstRun.module.css';

export function FirstRun() {
  const { t } = useTexts();
  return (
    <main className={classes.page}>
      <LanguageField />
      <div className={classes.content}>
        <div className={classes.mark} aria-hidden="true">
          <IconBoxMultiple size={34} stroke={1.4} />
        </div>
        <Text c="dimmed">{t('app.name')}</Text>
        <Title order={1} className={classes.title}>
          {t('firstRun.title')}
        </Title>
        <Text c="dimmed" maw={560}>
          {t('firstRun.intro')}
        </Text>
        <div className={classes.ways}>
          <SandboxWay />
          <KeyWay />
        </div>
        <Text c="dimmed" size="xs">
          {t('firstRun.later')}
        </Text>
      </div>
    </main>
  );
}

function SandboxWay() {
  const { t } = useTexts();
  const client = useQueryClient();
  const saveSettings = useSettingsMutation();
  const { accept } = useIntake();
  const [isBusy, setIsBusy] = useState(false);
  const start = async () => {
    setIsBusy(true);
    try {
      const { videoId, imageId } = await call('app.loadSample', {});
      for (const id of [videoId, imageId]) accept(await client.fetchQuery(commandQuery('assets.get', { id })));
      goTo('create');
      await saveSettings.mutateAsync({ provider: 'sandbox', isFirstRunDone: true });
    } catch (error) {
      notifyError(error);
      setIsBusy(false);
    }
  };
  return (
    <section className={classes.way} aria-label={t('firstRun.sandbox.title')}>
      <IconFlask size={28} stroke={1.4} aria-hidden="true" />
      <h2>{t('firstRun.sandbox.title')}</h2>
      <Text c="dimmed">{t('firstRun.sandbox.text')}</Text>
      <Button size="sm" loading={isBusy} onClick={() => void start()} data-autofocus>
        {t('firstRun.sandbox.action')}
      </Button>
    </section>
  );
}

function KeyWay() {
  const { t } = useTexts();
  const saveSettings = useSettingsMutation();
  /** Stored and not refused: an unreachable server is no reason to hold a person back. */
  const finish = async (status: AccountStatus) => {
    if (status.connection === 'keyRefused' || status.connection === 'noKey') return;
    goTo('create');
    await saveSettings.mutateAsync({ provider: 'evolink', isFirstRunDone: true });
  };
  const entry = useKeyEntry(finish);
  return (
    <section className={classes.way} aria-label={t('firstRun.key.title')}>
      <IconKey size={28} stroke={1.4} aria-hidden="true" />
      <h2>{t('firstRun.key.title')}</h2>
      <Text c="dimmed">{t('firstRun.key.text')}</Text>
      <KeyFields isBusy={entry.isBusy} submitLabel={t('firstRun.key.action')} onSubmit={entry.store} />
      {entry.outcome === 'keyRefused' ? (
        <Text c="var(--r-bad)" size="xs" role="alert">
          {t('settings.key.refused')}
        </Text>
      ) : null}
      {entry.isAskingAccount ? (
        <SameAccountDialog onAnswer={(isSame) => void entry.answerAccount(isSame)} onDismiss={entry.dismissQuestion} />
      ) : null}
    </section>
  );
}

function LanguageField() {
  const { t } = useTexts();
  const settings = useSettings().data;
  const saveSettings = useSettingsMutation();
  return (
    <NativeSelect
      className={classes.language}
      aria-label={t('firstRun.language')}
      value={settings?.language ?? 'system'}
      data={[
        { value: 'system', label: t('settings.look.languageSystem') },
        ...Object.entries(languageNames).map(([value, label]) => ({ value, label })),
      ]}
      onChange={(event) => saveSettings.mutate({ language: languageSetting(event.currentTarget.value) })}
    />
  );
}
