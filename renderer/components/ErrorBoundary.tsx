/** Where a screen cannot be drawn, the page says so and offers a way on, instead of going blank. */
import { Button, Stack, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTexts } from '../text/i18n.ts';

interface Props {
  children: ReactNode;
}

export class ErrorBoundary extends Component<Props, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { t } = useTexts();
  return (
    <main style={{ padding: 24, maxWidth: 640 }}>
      <Stack align="flex-start" role="alert">
        <Title order={1} size="h3">
          {t('app.broken.title')}
        </Title>
        <Text c="dimmed">{t('app.broken.advice')}</Text>
        <Button onClick={() => window.location.reload()}>{t('app.broken.reload')}</Button>
      </Stack>
    </main>
  );
}
