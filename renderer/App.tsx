/** The page: theme and notifications around either the first run or the shell with its screens. */
import { Loader, MantineProvider } from '@mantine/core';
import { useNotifications } from '@mantine/notifications';
import { Suspense, useState } from 'react';
import { useCommand, useSettings } from './bridge/queries.ts';
import { ErrorBoundary } from './components/ErrorBoundary.tsx';
import { ErrorNote } from './components/ErrorNote.tsx';
import { Shell } from './shell/Shell.tsx';
import { useScaleKeys } from './shell/useScaleKeys.ts';
import { useKeptDraft } from './state/order/draftKeeper.ts';
import { useApplyPreferences } from './state/shell/preferences.ts';
import { useTexts } from './text/i18n.ts';
import { later } from './text/later.ts';
import { theme } from './theme.ts';

const Notices = later(() => import('./shell/Notices.tsx').then((module) => module.Notices));
const FirstRun = later(() => import('./screens/firstRun/FirstRun.tsx').then((module) => module.FirstRun));

export function App({ env = 'default' }: { env?: 'default' | 'test' }) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="dark" env={env}>
      <Messages />
      <ErrorBoundary>
        <Page />
      </ErrorBoundary>
    </MantineProvider>
  );
}

/** What shows messages is loaded with the first one, which waits in the store until then. */
function Messages() {
  const isWanted = useNotifications().notifications.length > 0;
  const [wasWanted, setWasWanted] = useState(false);
  if (isWanted && !wasWanted) setWasWanted(true);
  return wasWanted ? (
    <Suspense fallback={null}>
      <Notices />
    </Suspense>
  ) : null;
}

function Page() {
  const { t } = useTexts();
  const settings = useSettings();
  const info = useCommand('app.info', {});
  const isDraftThere = useKeptDraft();
  useApplyPreferences(settings.data, info.data?.locale);
  useScaleKeys();

  if (settings.isError) {
    return (
      <main style={{ padding: 24, maxWidth: 640 }}>
        <ErrorNote error={settings.error} onRetry={() => void settings.refetch()} />
      </main>
    );
  }
  const waiting = (
    <Loader role="status" aria-label={t('app.loading')} style={{ margin: '40cqh auto 0', display: 'block' }} />
  );
  if (!settings.data || !isDraftThere) return waiting;
  if (settings.data.isFirstRunDone) return <Shell />;
  return (
    <Suspense fallback={waiting}>
      <FirstRun />
    </Suspense>
  );
}
