/** The one question about orders made without a known balance: all of them in one sum, one answer, and no second asking. */
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { ConsentQuestion } from '../../../renderer/shell/ConsentQuestion.tsx';
import { useConsentStore } from '../../../renderer/state/order/consentStore.ts';
import { evolinkAccount, installBridge } from './fakeBridge.ts';
import { renderPage } from './renderPage.tsx';
import { job } from './samples.ts';

const offline = (id: string, waitingFor: 'consent' | 'network') =>
  job({ id, isConsentOpen: true, waitingFor, state: 'uploading', estimate: { low: '20.5', high: '30' } });

beforeEach(() => useConsentStore.setState({ isPutOff: false }));

const ask = async (remainingCredits: string) => {
  const jobs = [offline('a', 'consent'), offline('b', 'network'), job({ id: 'c', waitingFor: 'paused' })];
  const bridge = installBridge({
    'jobs.list': () => jobs,
    'account.status': () => ({ ...evolinkAccount, remainingCredits }),
    'jobs.answerConsent': () => [],
  });
  await renderPage(<ConsentQuestion />);
  return { bridge, dialog: await screen.findByRole('dialog') };
};

it('adds up everything that is open, with the balance', async () => {
  const { bridge, dialog } = await ask('100');
  await waitFor(() => expect(dialog.textContent).toContain('Balance: 100.00 credits'));
  expect(dialog.textContent).toContain('2 waiting for your confirmation.');
  expect(dialog.textContent).toContain('41.00–60.00 credits');
  expect(dialog.textContent).not.toContain('does not cover');
  fireEvent.click(screen.getByRole('button', { name: 'Generate all' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(bridge.inputsOf('jobs.answerConsent')).toEqual([{ answer: 'order' }]);
});

it('says when the balance is not enough, and stays away once it is put off', async () => {
  const { bridge, dialog } = await ask('50');
  await waitFor(() => expect(dialog.textContent).toContain('does not cover'));
  fireEvent.click(screen.getByRole('button', { name: 'Decide later' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(bridge.inputsOf('jobs.answerConsent')).toEqual([]);
});
