/** F19: the test of the line in Settings says which step failed, and what to do about it. */
import { fireEvent, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { SettingsScreen } from '../../../renderer/screens/settings/SettingsScreen.tsx';
import type { LinePlace } from '../../../shared/contract/line.ts';
import { installBridge } from './fakeBridge.ts';
import { renderPage } from './renderPage.tsx';

const step = (
  name: LinePlace['steps'][number]['step'],
  outcome: LinePlace['steps'][number]['outcome'],
  detail = '',
) => ({
  ...{ step: name, outcome, detail: detail || null, tookMs: 1 },
});
const broken: LinePlace = {
  host: 'api.evolink.ai',
  proxy: 'http://proxy.studio:3128',
  steps: [
    step('name', 'notNeeded'),
    step('connection', 'ok', 'proxy.studio:3128'),
    step('proxy', 'ok'),
    step('tls', 'failed', 'SELF_SIGNED_CERT_IN_CHAIN · A Studio Authority'),
    step('answer', 'skipped'),
  ],
};

it('F19: says at which step the line ends, and the way out', async () => {
  installBridge({ 'account.testLine': () => ({ places: [broken] }) });
  await renderPage(<SettingsScreen />);
  fireEvent.click(await screen.findByText('Test the line'));
  const place = await screen.findByTestId('line-place');
  expect(place.textContent).toContain('through http://proxy.studio:3128');
  expect(place.textContent).toContain('✗ SELF_SIGNED_CERT_IN_CHAIN · A Studio Authority');
  expect(place.textContent).toContain('set the certificate of its authority');
  expect(place.textContent).toContain('not reached');
  expect(place.textContent).not.toContain('Name');
});
