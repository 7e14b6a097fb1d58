/** Starts the page: providers around the app, text in the remembered language before the first paint. */
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './styles/global.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { App } from './App.tsx';
import { wireEvents } from './bridge/events.ts';
import { createQueryClient } from './bridge/queries.ts';
import { rememberedLanguage } from './state/shell/preferences.ts';
import { createI18n } from './text/i18n.ts';

async function start(root: HTMLElement): Promise<void> {
  const client = createQueryClient();
  wireEvents(client);
  const i18n = await createI18n(rememberedLanguage());
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <I18nextProvider i18n={i18n}>
          <App />
        </I18nextProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (root) void start(root);
