/** The Settings screen as a whole: what is looked for most comes first, a list leads to each group, and a search finds by every word of a section. */
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { SettingsScreen } from '../../../renderer/screens/settings/SettingsScreen.tsx';
import { goToPart } from '../../../renderer/state/shell/route.ts';
import { installBridge } from './fakeBridge.ts';
import { renderPage } from './renderPage.tsx';

// Not by roles: there are a thousand elements to ask for theirs.
const list = () => screen.findByLabelText('Groups of settings');
const entries = async () => [...(await list()).querySelectorAll('button')].map((entry) => entry.textContent);
const shownSections = () =>
  [...document.querySelectorAll<HTMLElement>('section[aria-label]')]
    .filter((section) => section.closest('[hidden]') === null)
    .map((section) => section.getAttribute('aria-label'));
const search = () => screen.getByPlaceholderText<HTMLInputElement>('Search settings');
const type = (text: string) => fireEvent.change(search(), { target: { value: text } });

it('S8: folders, names, the key and the language come first, limits and prices stand together, and a search finds all of it', async () => {
  installBridge();
  await renderPage(<SettingsScreen />);
  expect(await entries()).toEqual([
    'Results',
    'Account and key',
    'Interface',
    'Rules and prices',
    'Preparation and jobs',
    'Network and privacy',
    'Shortcuts',
    'Diagnostics',
  ]);
  expect(shownSections().slice(0, 10)).toEqual([
    'Folders',
    'Result names',
    'Projects',
    'Originals',
    'API key',
    'Provider',
    'Language and appearance',
    'Notifications',
    'Spending limits',
    'Prices',
  ]);

  // An entry leads to its group, also for who goes on by the keys.
  fireEvent.click(within(await list()).getByText('Rules and prices'));
  expect(document.activeElement?.textContent).toBe('Rules and prices');
  expect(document.activeElement?.tagName).toBe('H2');

  // A search finds by any word of a section, keeps what is half typed, and says when nothing fits.
  const template = await screen.findByLabelText<HTMLInputElement>('Template');
  fireEvent.change(template, { target: { value: '{clip} half' } });
  type('KEYCHAIN');
  await waitFor(() => expect(shownSections()).toContain('API key'));
  expect(shownSections()).not.toContain('Result names');
  type('published price');
  await waitFor(() => expect(shownSections()).toEqual(['Prices']));
  expect(await entries()).toEqual(['Rules and prices']);
  type('no such thing at all');
  expect(await screen.findByText('No setting matches “no such thing at all”')).toBeTruthy();
  expect(shownSections()).toEqual([]);
  fireEvent.keyDown(search(), { key: 'Escape' });
  await waitFor(() => expect(shownSections()).toContain('Result names'));
  expect(template.value).toBe('{clip} half');
});

it('S8: finds in the language that is spoken', async () => {
  installBridge();
  await renderPage(<SettingsScreen />, 'ja');
  fireEvent.change(await screen.findByPlaceholderText('設定を検索'), { target: { value: 'テンプレート' } });
  await waitFor(() => expect(shownSections()).toEqual(['結果の名前']));
});

it('palette: a section that the address names comes into view, whatever is searched for, as often as it is asked for', async () => {
  installBridge();
  act(() => goToPart('settings', 'prices'));
  await renderPage(<SettingsScreen />);
  const reached = async (title: string) => {
    await waitFor(() => expect(document.activeElement?.textContent).toBe(title));
    expect(document.activeElement?.tagName).toBe('H3');
    // Reached: the address is the screen's again.
    expect(window.location.hash).toBe('#/settings');
  };
  await reached('Prices');
  const askAgain = async () => {
    act(() => search().focus());
    act(() => goToPart('settings', 'prices'));
    await reached('Prices');
  };
  await askAgain();
  type('keychain');
  await waitFor(() => expect(shownSections()).not.toContain('Prices'));
  await askAgain();
  expect(search().value).toBe('');
});
