/** The palette: what is typed finds commands and things, what belongs elsewhere leads there, and a composed word is left alone. */
import { fireEvent, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import { useCommandKeys } from '../../../renderer/keys/useKeys.ts';
import { CommandPalette } from '../../../renderer/shell/palette/CommandPalette.tsx';
import { useLibraryStore } from '../../../renderer/state/library/libraryStore.ts';
import { useQueueStore } from '../../../renderer/state/queue/queueStore.ts';
import { indexEntries, matchEntries } from '../../../renderer/text/matchEntries.ts';
import { installBridge } from './fakeBridge.ts';
import { renderPage } from './renderPage.tsx';
import { imageAsset, job, libraryItem, videoAsset } from './samples.ts';

const found = (labels: readonly string[], typed: string, rank?: readonly number[]) =>
  matchEntries(
    indexEntries(labels.map((label, index) => ({ label, ...(rank ? { rank: rank[index] ?? 0 } : {}) }))),
    typed,
    100,
  ).map(({ label }) => label);

describe('what is typed', () => {
  it('finds every word in any order, beginnings first', () => {
    const commands = ['Go to Queue', 'Theme: Dark', 'Queue up'];
    expect(found(commands, 'queue')).toEqual(['Queue up', 'Go to Queue']);
    expect(found(commands, 'dark THEME')).toEqual(['Theme: Dark']);
    expect(found(commands, '')).toEqual(commands);
    expect(found(commands, 'dark queue')).toEqual([]);
  });

  it('finds half-width, full-width and abbreviated words, and keeps voiced kana apart', () => {
    expect(found(['ﾀﾞﾝｽ A', 'タンス B'], 'ダンス')).toEqual(['ﾀﾞﾝｽ A']);
    expect(found(['ＴＡＫＥ ３'], 'take 3')).toEqual(['ＴＡＫＥ ３']);
    expect(found(['Generate', 'Go to Create'], 'gnrt')).toEqual(['Generate']);
    expect(found(['Generate'], 'gn')).toEqual([]);
    expect(found(['무대 춤', '무대'], '춤')).toEqual(['무대 춤']);
  });

  it('puts the newest first among those that match alike', () => {
    expect(found(['dance one', 'dance two', 'a dance'], 'dance', [1, 2, 3])).toEqual([
      'dance two',
      'dance one',
      'a dance',
    ]);
  });
});

/** A screen with a command of its own, over which the palette opens. */
function Queue({ onPause }: { onPause: () => void }) {
  const [isOpen, setIsOpen] = useState(false);
  useCommandKeys({ pauseAll: onPause });
  return isOpen ? (
    <CommandPalette onClose={() => {}} />
  ) : (
    <button type="button" onClick={() => setIsOpen(true)}>
      Open
    </button>
  );
}

const field = () => screen.findByRole('combobox');
const options = () => screen.getAllByRole('option').map((option) => option.textContent);
const type = async (value: string) => fireEvent.change(await field(), { target: { value } });

describe('the palette', () => {
  beforeEach(() => {
    localStorage.clear();
    window.location.hash = '';
  });

  it('lists what can be run here with its key, and leads to where the rest belongs', async () => {
    installBridge();
    let paused = 0;
    await renderPage(
      <Queue
        onPause={() => {
          paused += 1;
        }}
      />,
    );
    fireEvent.click(screen.getByRole('button', { name: 'Open' }));
    await type('pause or resume queue');
    const [here] = screen.getAllByRole('option');
    expect(here?.textContent).toContain('Shift');
    fireEvent.keyDown(await field(), { key: 'Enter' });
    expect(paused).toBe(1);

    await type('set in point');
    const [elsewhere] = screen.getAllByRole('option');
    expect(elsewhere?.textContent).toContain('in Create');
    fireEvent.click(elsewhere as HTMLElement);
    expect(window.location.hash).toBe('#/create');
  });

  it('shows what was chosen last first', async () => {
    installBridge();
    const { unmount } = await renderPage(<CommandPalette onClose={() => {}} />);
    await type('한국어');
    fireEvent.keyDown(await field(), { key: 'Enter' });
    unmount();
    await renderPage(<CommandPalette onClose={() => {}} />);
    await field();
    expect(options()[0]).toContain('한국어');
  });

  it('opens results, jobs, clips and characters by their names', async () => {
    const result = libraryItem();
    installBridge({
      'library.list': () => ({ items: [{ ...result, versions: 1, groupKey: '' }], next: null, problems: [] }),
      'jobs.list': () => [job({ id: 'job-7' })],
      'assets.list': () => [videoAsset, imageAsset],
    });
    await renderPage(<CommandPalette onClose={() => {}} />);
    await type(result.name);
    const option = await screen.findByRole('option', { name: /Result$/ });
    fireEvent.click(option);
    expect(useLibraryStore.getState().openId).toBe(result.id);

    await type(videoAsset.name);
    const clip = await screen.findByRole('option', { name: /Clip$/ });
    expect(within(clip).getByText(videoAsset.name)).toBeTruthy();
    fireEvent.click(screen.getAllByRole('option', { name: /Job$/ })[0] as HTMLElement);
    expect(window.location.hash).toBe('#/queue');
    expect(useQueueStore.getState().focusedId).toBe('job-7');
  });

  it('palette: leads to a section of Settings, by its title or by any word that stands in it', async () => {
    installBridge();
    await renderPage(<CommandPalette onClose={() => {}} />);
    await field();
    // Not before something is typed: nobody looks through all of them here.
    expect(options().filter((text) => text?.endsWith('Setting'))).toEqual([]);
    await type('spending limits');
    fireEvent.click(await screen.findByRole('option', { name: /^Spending limits.*Setting$/ }));
    expect(window.location.hash).toBe('#/settings/limits');
    await type('keychain');
    fireEvent.click(await screen.findByRole('option', { name: /^API key.*Setting$/ }));
    expect(window.location.hash).toBe('#/settings/key');
  });

  it('leaves Enter and arrows to a word that is being composed', async () => {
    installBridge();
    let closed = 0;
    await renderPage(
      <CommandPalette
        onClose={() => {
          closed += 1;
        }}
      />,
    );
    await type('language');
    fireEvent.keyDown(await field(), { key: 'Enter', isComposing: true });
    expect(closed).toBe(0);
    fireEvent.keyDown(await field(), { key: 'Enter' });
    expect(closed).toBe(1);
  });
});
