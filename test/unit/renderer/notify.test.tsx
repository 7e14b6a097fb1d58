/** Short messages: in the language that is spoken while they stand there, and never with a way to where one is. */
import { notifications } from '@mantine/notifications';
import { act, screen, waitFor } from '@testing-library/react';
import type { i18n as I18n } from 'i18next';
import { useTranslation } from 'react-i18next';
import { beforeEach, expect, it } from 'vitest';
import { CallError } from '../../../renderer/bridge/bridge.ts';
import { notifyDone, notifyError } from '../../../renderer/state/shell/notify.tsx';
import { goTo } from '../../../renderer/state/shell/route.ts';
import { speak } from '../../../renderer/text/i18n.ts';
import { renderPage } from './renderPage.tsx';

let page: { i18n: I18n; notifyError: (error: unknown) => void };

function Page() {
  page = { i18n: useTranslation().i18n, notifyError };
  return null;
}

beforeEach(() => {
  notifications.clean();
  goTo('create');
});

const ordered = () =>
  act(() =>
    notifyDone((t) => t('create.orderedNotice', { count: 1 }), {
      screen: 'queue',
      label: (t) => t('create.openQueue'),
    }),
  );

it('follows a change of the language', async () => {
  await renderPage(<Page />);
  ordered();
  act(() => page.notifyError(new CallError({ code: 'network', reasons: [] })));
  await screen.findByText('1 take queued');
  const title = screen.getByText('No connection');
  expect(screen.getAllByRole('button', { name: 'Close' })).toHaveLength(2);
  await act(() => speak(page.i18n, 'ja'));
  expect(screen.queryByText('1 take queued')).toBeNull();
  expect(screen.getByRole('link', { name: 'キューを開く' })).toBeTruthy();
  expect(screen.getAllByRole('button', { name: '閉じる' })).toHaveLength(2);
  expect(title.textContent).toMatch(/[\u3040-\u30ff]/);
});

it('leads to another screen only', async () => {
  await renderPage(<Page />);
  ordered();
  await screen.findByRole('link', { name: 'Open queue' });
  act(() => goTo('queue'));
  await waitFor(() => expect(screen.queryAllByRole('link')).toEqual([]));
  // It moves to where this screen has its messages: for a moment it is in both places.
  await waitFor(() => expect(screen.getAllByText('1 take queued')).toHaveLength(1));
});
