/** The Settings screen's own forms: what is typed is judged at once, and only what holds is saved. */
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { useSettings } from '../../../renderer/bridge/queries.ts';
import { NamingSection } from '../../../renderer/screens/settings/NamingSection.tsx';
import { PricesSection } from '../../../renderer/screens/settings/PricesSection.tsx';
import { installBridge } from './fakeBridge.ts';
import { isDisabled, renderPage } from './renderPage.tsx';

function Naming() {
  const settings = useSettings().data;
  return settings ? <NamingSection settings={settings} /> : null;
}

function Prices() {
  const settings = useSettings().data;
  return settings ? <PricesSection settings={settings} /> : null;
}

const template = () => screen.findByRole<HTMLInputElement>('textbox', { name: 'Template' });
const type = async (value: string) => fireEvent.change(await template(), { target: { value } });

describe('names of results', () => {
  it('are shown as they will be, and saved', async () => {
    const bridge = installBridge();
    await renderPage(<Naming />);
    const save = await screen.findByRole('button', { name: 'Use template' });
    expect((await template()).value).toBe('{character} on {clip} {date}');
    expect(isDisabled(save)).toBe(true);
    await type('{project} {in}');
    expect(screen.getByTestId('naming-example').textContent).toBe('For example: Night Train 00-00-04-12.mp4');
    fireEvent.click(save);
    await waitFor(() => expect(bridge.inputsOf('settings.set')).toEqual([{ namingTemplate: '{project} {in}' }]));
  });

  it('take a token where the caret stands', async () => {
    installBridge();
    await renderPage(<Naming />);
    await type('_end');
    (await template()).setSelectionRange(0, 0);
    fireEvent.click(screen.getByRole('button', { name: 'Take' }));
    expect((await template()).value).toBe('{take}_end');
    await waitFor(async () => expect((await template()).selectionStart).toBe('{take}'.length));
    fireEvent.click(screen.getByRole('button', { name: 'Clip' }));
    expect((await template()).value).toBe('{take}{clip}_end');
  });

  it('are not saved when no file could be called so, and say why', async () => {
    const bridge = installBridge();
    await renderPage(<Naming />);
    await type('{clip} {shot}');
    expect(screen.getByText(/Only the listed tokens/).textContent).toContain('{shot}');
    expect(screen.queryByTestId('naming-example')).toBeNull();
    expect(isDisabled(screen.getByRole('button', { name: 'Use template' }))).toBe(true);
    fireEvent.submit(await template());
    fireEvent.click(screen.getByRole('button', { name: 'Reset' }));
    expect((await template()).value).toBe('{character} on {clip} {date}');
    expect(bridge.inputsOf('settings.set')).toEqual([]);
  });
});

describe('prices of one’s own', () => {
  const field = (name: string) => screen.findByRole<HTMLInputElement>('textbox', { name });

  it('are saved with their date, the others staying as published, and taken back', async () => {
    const bridge = installBridge();
    await renderPage(<Prices />);
    expect((await field('1080p, per second')).placeholder).toBe('10.88368');
    const save = screen.getByRole('button', { name: 'Use these prices' });
    expect(isDisabled(save)).toBe(true);
    fireEvent.change(await field('720p, per second'), { target: { value: '9,5' } });
    fireEvent.change(screen.getByLabelText('Known since'), { target: { value: '2026-11-20' } });
    fireEvent.click(save);
    const priceOverride = { '720p': '9.5', '1080p': null, element: null, date: '2026-11-20' };
    await waitFor(() => expect(bridge.inputsOf('settings.set')).toEqual([{ priceOverride }]));
    await screen.findByText('Your own prices since Nov 20, 2026');
    fireEvent.click(screen.getByRole('button', { name: 'Use published prices' }));
    await screen.findByText('Published prices, Nov 1, 2026');
    expect(bridge.inputsOf('settings.set').at(-1)).toEqual({ priceOverride: null });
  });

  it('are not saved when nothing can be counted with them', async () => {
    const bridge = installBridge();
    await renderPage(<Prices />);
    fireEvent.change(await field('Custom element'), { target: { value: '0' } });
    expect(screen.getByText(/Credits above zero/)).toBeTruthy();
    fireEvent.submit(await field('Custom element'));
    expect(bridge.inputsOf('settings.set')).toEqual([]);
  });
});
