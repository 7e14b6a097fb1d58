/** A failure where something should have been: what happened, what to do, and a way to try again. */
import { Alert, Button, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { errorDataOf } from '../bridge/bridge.ts';
import { sentenceOf, useExplain } from '../text/explain.ts';
import { useTexts } from '../text/i18n.ts';

export function ErrorNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTexts();
  const { title, advice, reasons, detail } = useExplain()(errorDataOf(error));
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle />} title={title} role="alert">
      {reasons.length > 0 ? (
        <List size="sm">
          {reasons.map((reason) => (
            <List.Item key={reason.title}>{sentenceOf(reason)}</List.Item>
          ))}
        </List>
      ) : (
        <Text>{advice}</Text>
      )}
      {detail ? (
        <Text c="dimmed" size="xs" mt={4}>
          {detail}
        </Text>
      ) : null}
      {onRetry ? (
        <Button variant="default" mt="xs" onClick={onRetry}>
          {t('app.error.retry')}
        </Button>
      ) : null}
    </Alert>
  );
}
