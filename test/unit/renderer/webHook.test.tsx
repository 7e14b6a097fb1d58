/** The web hook in Settings: off at first, its secret shown once, a test that says what came back. */
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { WebHookSection } from '../../../renderer/screens/settings/WebHookSection.tsx';
import type { CommandOutput } from '../../../shared/contract/index.ts';
import { installBridge } from './fakeBridge.ts';
import { renderPage } from './renderPage.tsx';

const settingsWith = (webHook: CommandOutput<'settings.get'>['webHook']) =>
  ({ webHook }) as CommandOutput<'settings.get'>;

describe('10: the web hook in Settings', () => {
  it('nothing can be tested while it is off; saving shows the secret', async () => {
    const bridge = installBridge({ 'webHook.set': () => ({ secret: 'whs_abc' }) });
    await renderPage(<WebHookSection settings={settingsWith(null)} />);
    expect(screen.queryByRole('button', { name: 'Send a test' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Save' }).matches(':disabled')).toBe(true);
    fireEvent.change(screen.getByRole('textbox', { name: 'Address' }), { target: { value: ' https://s.example/x ' } });
    fireEvent.click(screen.getByRole('checkbox', { name: 'Results' }));
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('whs_abc')).toBeTruthy();
    const hook = { url: 'https://s.example/x', events: ['failed', 'needsYou'] };
    expect(bridge.inputsOf('webHook.set')).toEqual([{ hook, isSecretRenewed: false }]);
  });

  it('a test says what the server answered; turned off, the address is gone', async () => {
    const bridge = installBridge({ 'webHook.test': () => ({ status: 204 }), 'webHook.set': () => ({ secret: null }) });
    const hook = { url: 'https://s.example/x', events: ['done' as const] };
    await renderPage(<WebHookSection settings={settingsWith(hook)} />);
    fireEvent.click(screen.getByRole('button', { name: 'Send a test' }));
    expect(await screen.findByText('Delivered: HTTP 204')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Turn off' }));
    await waitFor(() => expect(bridge.inputsOf('webHook.set')).toEqual([{ hook: null }]));
  });
});
