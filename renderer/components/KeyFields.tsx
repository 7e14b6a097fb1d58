/** The field for a key and, where nothing protects it at rest, the question whether a private file may hold it. */
import { Anchor, Button, Checkbox, Group, PasswordInput, Stack } from '@mantine/core';
import { useState } from 'react';
import { call } from '../bridge/bridge.ts';
import { useCommand } from '../bridge/queries.ts';
import { notifyError } from '../state/shell/notify.tsx';
import { useTexts } from '../text/i18n.ts';

interface KeyFieldsProps {
  isBusy: boolean;
  submitLabel: string;
  onSubmit: (input: { key: string; allowFile: boolean }) => Promise<boolean>;
}

const shortestKey = 8;

export function KeyFields({ isBusy, submitLabel, onSubmit }: KeyFieldsProps) {
  const { t } = useTexts();
  const capabilities = useCommand('app.info', {}).data?.capabilities;
  const [key, setKey] = useState('');
  const [allowFile, setAllowFile] = useState(false);
  const [isShort, setIsShort] = useState(false);
  const submit = async () => {
    const trimmed = key.trim();
    setIsShort(trimmed.length < shortestKey);
    if (trimmed.length < shortestKey) return;
    // A stored key leaves the page at once.
    if (await onSubmit({ key: trimmed, allowFile })) setKey('');
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="xs">
        <PasswordInput
          label={t('settings.key.label')}
          placeholder={t('settings.key.placeholder')}
          value={key}
          error={isShort ? t('settings.key.tooShort') : null}
          onChange={(event) => setKey(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        {capabilities && !capabilities.keychain ? (
          <Checkbox
            label={t('settings.key.allowFile')}
            description={t('settings.key.allowFileHint')}
            checked={allowFile}
            onChange={(event) => setAllowFile(event.currentTarget.checked)}
          />
        ) : null}
        <Group gap="sm">
          <Button type="submit" loading={isBusy} disabled={key.trim() === ''}>
            {submitLabel}
          </Button>
          <Anchor
            component="button"
            type="button"
            size="xs"
            onClick={() =>
              void call('app.openExternal', { link: 'keys' }).catch((error: unknown) => notifyError(error))
            }
          >
            {t('settings.key.get')}
          </Anchor>
        </Group>
      </Stack>
    </form>
  );
}
