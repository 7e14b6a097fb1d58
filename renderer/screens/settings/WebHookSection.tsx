/** Where a studio's own server is told of jobs: address, what is told, the secret once, and a test. */
import { Button, Checkbox, Code, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Settings } from '../../../shared/contract/app.ts';
import { type HookEvent, hookEvents } from '../../../shared/jobs/hookEvents.ts';
import { useCommandMutation } from '../../bridge/queries.ts';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { notifyDone, notifyError } from '../../state/shell/notify.tsx';
import { useTexts } from '../../text/i18n.ts';
import { Section } from './Section.tsx';
import classes from './Settings.module.css';

export function WebHookSection({ settings: { webHook } }: { settings: Settings }) {
  const { t } = useTexts();
  const [url, setUrl] = useState(webHook?.url ?? '');
  const [events, setEvents] = useState<HookEvent[]>(webHook?.events ?? [...hookEvents]);
  const saving = useCommandMutation('webHook.set');
  const testing = useCommandMutation('webHook.test');
  const isChanged = url.trim() !== (webHook?.url ?? '') || events.join() !== (webHook?.events ?? hookEvents).join();
  const save = (isSecretRenewed: boolean) => saving.mutate({ hook: { url: url.trim(), events }, isSecretRenewed });
  const turnOff = () => saving.mutate({ hook: null }, { onSuccess: () => setUrl('') });
  const toggle = (event: HookEvent, isOn: boolean) =>
    setEvents(hookEvents.filter((each) => (each === event ? isOn : events.includes(each))));
  const test = () =>
    testing.mutate(
      {},
      {
        onSuccess: ({ status }) => notifyDone((say) => say('settings.webHook.delivered', { status })),
        onError: (error) => notifyError(error),
      },
    );
  return (
    <Section title={t('settings.webHook.title')}>
      <Text className={classes.dim}>{t('settings.webHook.about')}</Text>
      <TextInput
        label={t('settings.webHook.url')}
        placeholder="https://…"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <Checkbox.Group label={t('settings.webHook.events')} value={events}>
        <Stack gap={4} mt={4}>
          {hookEvents.map((event) => (
            <Checkbox
              key={event}
              value={event}
              label={t(`settings.webHook.event.${event}`)}
              onChange={(change) => toggle(event, change.currentTarget.checked)}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      {saving.error ? <ErrorNote error={saving.error} /> : null}
      {saving.data?.secret ? <Secret secret={saving.data.secret} /> : null}
      <Group gap="xs">
        <Button disabled={url.trim() === '' || !isChanged} loading={saving.isPending} onClick={() => save(false)}>
          {t('settings.webHook.save')}
        </Button>
        {webHook === null ? null : (
          <>
            <Button variant="default" disabled={isChanged} loading={testing.isPending} onClick={test}>
              {t('settings.webHook.test')}
            </Button>
            <Button variant="default" disabled={isChanged} onClick={() => save(true)}>
              {t('settings.webHook.newSecret')}
            </Button>
            <Button variant="default" onClick={turnOff}>
              {t('settings.webHook.off')}
            </Button>
          </>
        )}
      </Group>
    </Section>
  );
}

/** It is never told again: whoever has not copied it makes a new one. */
function Secret({ secret }: { secret: string }) {
  const { t } = useTexts();
  const copy = () =>
    void navigator.clipboard.writeText(secret).then(() => notifyDone((say) => say('app.action.copied')));
  return (
    <Stack gap={4} role="status">
      <Text size="sm">{t('settings.webHook.secret')}</Text>
      <Group gap="xs">
        <Code style={{ overflowWrap: 'anywhere' }}>{secret}</Code>
        <Button size="compact-xs" variant="light" onClick={copy}>
          {t('settings.webHook.copySecret')}
        </Button>
      </Group>
    </Stack>
  );
}
