/** A key replaces another: do jobs and elements go on with it, or does it belong to somebody else? */
import { Button, Stack, Text } from '@mantine/core';
import { useTexts } from '../text/i18n.ts';
import { Dialog } from './Dialog.tsx';

interface SameAccountDialogProps {
  onAnswer: (isSame: boolean) => void;
  onDismiss: () => void;
}

export function SameAccountDialog({ onAnswer, onDismiss }: SameAccountDialogProps) {
  const { t } = useTexts();
  return (
    <Dialog onClose={onDismiss} title={t('settings.key.sameTitle')} isFirm>
      <Stack gap="sm">
        <Text>{t('settings.key.sameText')}</Text>
        <Button variant="default" size="sm" onClick={() => onAnswer(true)}>
          {t('settings.key.sameYes')}
        </Button>
        <Text c="dimmed" size="xs">
          {t('settings.key.sameYesHint')}
        </Text>
        <Button variant="default" size="sm" onClick={() => onAnswer(false)}>
          {t('settings.key.sameNo')}
        </Button>
        <Text c="dimmed" size="xs">
          {t('settings.key.sameNoHint')}
        </Text>
      </Stack>
    </Dialog>
  );
}
