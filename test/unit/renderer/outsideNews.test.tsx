/** Notifications of the page: the browser is asked by a person's click alone, and tells only what happens out of sight. */
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useSettings } from '../../../renderer/bridge/queries.ts';
import { NotificationsSection } from '../../../renderer/screens/settings/NotificationsSection.tsx';
import { OutsideNews } from '../../../renderer/shell/OutsideNews.tsx';
import type { CommandOutput } from '../../../shared/contract/index.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { installBridge } from './fakeBridge.ts';
import { isDisabled, renderPage } from './renderPage.tsx';
import { job } from './samples.ts';

/** The browser's own, which the test's page does not have. */
class BrowserNotification {
  static permission: NotificationPermission = 'default';
  static answer: NotificationPermission = 'granted';
  static asked = 0;
  static shown: BrowserNotification[] = [];
  static async requestPermission() {
    BrowserNotification.asked += 1;
    BrowserNotification.permission = BrowserNotification.answer;
    return BrowserNotification.permission;
  }
  onclick: (() => void) | null = null;
  readonly title: string;
  readonly options: NotificationOptions;
  constructor(title: string, options: NotificationOptions) {
    this.title = title;
    this.options = options;
    BrowserNotification.shown.push(this);
  }
}

beforeEach(() => {
  Object.assign(BrowserNotification, { permission: 'default', answer: 'granted', asked: 0, shown: [] });
  vi.stubGlobal('Notification', BrowserNotification);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const info = {
  capabilities: { nativeDragOut: false, reveal: false, keychain: false, chooseFolder: false, notifications: false },
} as CommandOutput<'app.info'>;

function Notifications() {
  const settings = useSettings().data;
  return settings ? <NotificationsSection settings={settings} /> : null;
}

describe('in Settings', () => {
  it('the browser is asked when one is switched on, and only that one is on then', async () => {
    const bridge = installBridge({ 'app.info': () => info });
    await renderPage(<Notifications />);
    const finished = await screen.findByRole<HTMLInputElement>('switch', { name: 'A result is finished' });
    expect(finished.checked).toBe(false);
    expect(BrowserNotification.asked).toBe(0);
    fireEvent.click(finished);
    const notifications = { finished: true, attention: false, linkDies: false };
    await waitFor(() => expect(bridge.inputsOf('settings.set')).toEqual([{ notifications }]));
    await waitFor(() => expect(finished.checked).toBe(true));
    expect(BrowserNotification.asked).toBe(1);
  });

  it('a refusal is told, and nothing is saved', async () => {
    BrowserNotification.answer = 'denied';
    const bridge = installBridge({ 'app.info': () => info });
    await renderPage(<Notifications />);
    const finished = await screen.findByRole('switch', { name: 'A result is finished' });
    fireEvent.click(finished);
    await screen.findByText(/does not let this page show notifications/);
    expect(isDisabled(finished)).toBe(true);
    expect(bridge.inputsOf('settings.set')).toEqual([]);
  });

  it('a host that tells by itself needs nobody’s permission', async () => {
    const capabilities = { ...info.capabilities, notifications: true };
    const bridge = installBridge({ 'app.info': () => ({ ...info, capabilities }) });
    await renderPage(<Notifications />);
    const finished = await screen.findByRole<HTMLInputElement>('switch', { name: 'A result is finished' });
    await waitFor(() => expect(finished.checked).toBe(true));
    fireEvent.click(finished);
    const notifications = { finished: false, attention: true, linkDies: true };
    await waitFor(() => expect(bridge.inputsOf('settings.set')).toEqual([{ notifications }]));
    expect(BrowserNotification.asked).toBe(0);
  });
});

describe('the page', () => {
  async function listen(): Promise<(jobs: Job[]) => void> {
    let changed: ((payload: { jobs: Job[] }) => void) | undefined;
    installBridge({ 'app.info': () => info, 'jobs.list': () => [job({ id: 'old', state: 'completed' })] });
    window.restage.on = (event, listener) => {
      if (event === 'jobs.changed') changed = listener as typeof changed;
      return () => undefined;
    };
    vi.useFakeTimers({ shouldAdvanceTime: true });
    await renderPage(<OutsideNews />);
    await waitFor(() => expect(changed).toBeDefined());
    await act(() => vi.advanceTimersByTimeAsync(50));
    return (jobs) => changed?.({ jobs });
  }

  it('tells what has finished out of sight, and leads to it', async () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(false);
    const change = await listen();
    change([job({ id: 'old', state: 'completed' }), job({ id: 'new', state: 'completed' })]);
    await act(() => vi.advanceTimersByTimeAsync(5000));
    expect(BrowserNotification.shown.map(({ title, options }) => [title, options.body])).toEqual([
      ['Result finished', 'dance.mp4 → wanderer.jpg'],
    ]);
    vi.spyOn(window, 'focus').mockImplementation(() => undefined);
    BrowserNotification.shown[0]?.onclick?.();
    expect(window.location.hash).toBe('#/library');
  });

  it('is silent before somebody’s eyes', async () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(true);
    const change = await listen();
    change([job({ id: 'new', state: 'completed' })]);
    await act(() => vi.advanceTimersByTimeAsync(5000));
    expect(BrowserNotification.shown).toEqual([]);
  });
});
