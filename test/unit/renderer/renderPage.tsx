/** Renders a part of the page as the page itself would: theme, texts, queries. */
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { createQueryClient } from '../../../renderer/bridge/queries.ts';
import { Notices } from '../../../renderer/shell/Notices.tsx';
import { createI18n, laterTexts } from '../../../renderer/text/i18n.ts';
import { theme } from '../../../renderer/theme.ts';
import type { Language } from '../../../shared/contract/app.ts';

export const isDisabled = (element: HTMLElement) => element.matches(':disabled');

export async function renderPage(children: ReactNode, language: Language = 'en') {
  const i18n = await createI18n(language);
  // Parts are rendered by themselves here, whenever the page would fetch them.
  await laterTexts();
  return render(
    <QueryClientProvider client={createQueryClient()}>
      <I18nextProvider i18n={i18n}>
        <MantineProvider theme={theme} env="test" withCssVariables={false} withGlobalClasses={false}>
          <Notices />
          {children}
        </MantineProvider>
      </I18nextProvider>
    </QueryClientProvider>,
  );
}
