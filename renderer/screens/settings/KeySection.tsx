/** The API key: whether there is one, how it is kept, setting and removing it. The key itself never comes back to the page. */
import { Button, Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AccountStatus } from '../../../shared/contract/app.ts';
import { call } from '../../bridge/bridge.ts';
import { useCommand } from '../../bridge/queries.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { KeyFields } from '../../components/KeyFields.tsx';
import { SameAccountDialog } from '../../components/SameAccountDialog.tsx';
import { useKeyEntry } from '../../state/shell/apiKey.ts';
import { notifyError } from '../../state/shell/notify.tsx';
import { useTexts } from '../../text/i18n.ts';
import { Section } from './Section.tsx';
import classes from './Settings.module.css';

const outcomes: Partial<Record<AccountStatus['connection'], 'accepted' | 'refused' | 'unreachable'>> = {
  ok: 'accepted',
  keyRefused: 'refused',
  offline: 'unreachable',
  trouble: 'unreachable',
  unknown: 'unreachable',
};

export function KeySection() {
  const { t } = useTexts();
  const entry = useKeyEntry();
  const key = useCommand('account.status', {}).data?.key;
  const outcome = entry.outcome ? outcomes[entry.outcome] : undefined;
  return (
    <Section title={t('settings.key.title')}>
      {key ? (
        <div role="status">
          <Text>{key.isPresent ? t('settings.key.present', { hint: key.hint ?? '' }) : t('settings.key.none')}</Text>
          {key.storage === 'none' ? null : (
            <Text className={classes.dim}>{t(`settings.key.storage.${key.storage}`)}</Text>
          )}
        </div>
      ) : null}
      {outcome ? (
        <Text className={outcome === 'refused' ? classes.bad : classes.ok} role="status">
          {t(`settings.key.${outcome}`)}
        </Text>
      ) : null}
      <KeyFields isBusy={entry.isBusy} submitLabel={t('settings.key.save')} onSubmit={entry.store} />
      {key?.isPresent && key.storage !== 'environment' ? <ClearKey /> : null}
      {entry.isAskingAccount ? (
        <SameAccountDialog onAnswer={(isSame) => void entry.answerAccount(isSame)} onDismiss={entry.dismissQuestion} />
      ) : null}
    </Section>
  );
}

function ClearKey() {
  const { t } = useTexts();
  const client = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const clear = async () => {
    setIsAsking(false);
    try {
      await call('apiKey.clear', {});
      await client.invalidateQueries({ queryKey: ['account.status'] });
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <>
      <Button variant="subtle" color="red" w="fit-content" onClick={() => setIsAsking(true)}>
        {t('settings.key.clear')}
      </Button>
      {isAsking ? (
        <Dialog onClose={() => setIsAsking(false)} title={t('settings.key.clear')}>
          <Text>{t('settings.key.clearConfirm')}</Text>
          <Group justify="flex-end" gap="xs" mt="md">
            <Button variant="default" onClick={() => setIsAsking(false)}>
              {t('app.action.cancel')}
            </Button>
            <Button color="red.9" onClick={() => void clear()}>
              {t('app.action.remove')}
            </Button>
          </Group>
        </Dialog>
      ) : null}
    </>
  );
}
