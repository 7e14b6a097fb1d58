/** The Usage screen: sums as the ledger has them, the limit in the chart, what a kept result has cost, and a table that leaves as it is shown. */
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { placeLimit } from '../../../renderer/screens/spend/placeLimit.ts';
import { SpendScreen } from '../../../renderer/screens/spend/SpendScreen.tsx';
import type { CommandOutput } from '../../../shared/contract/index.ts';
import type { SpendEntry } from '../../../shared/contract/spend.ts';
import { spendEntry } from '../shared/spendEntry.ts';
import { evolinkAccount, installBridge, Refusal } from './fakeBridge.ts';
import { isDisabled, renderPage } from './renderPage.tsx';

const limits = { perJob: null, perDay: '200', perMonth: '5000' };
const today = () => new Date().toISOString();

function install(entries: SpendEntry[], perDay: string | null = limits.perDay) {
  return installBridge({
    'spend.list': () => ({ entries, counted: { day: '163.29600002', month: '163.29600002' } }),
    'account.status': () => evolinkAccount,
    'settings.get': () => ({ language: 'en', limits: { ...limits, perDay } }) as CommandOutput<'settings.get'>,
  });
}

const cells = (row: HTMLElement) =>
  Object.fromEntries(
    within(row)
      .getAllByRole('cell')
      .map((cell) => [cell.dataset.column, cell.title || cell.textContent]),
  );

const choose = (name: string) => fireEvent.click(screen.getByRole('radio', { name }));

/** jsdom lays nothing out: what a chart is drawn into has a size here. */
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 800, 180));
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('the chart', () => {
  it('D20: holds the bars of real credits and the limit of a day, by a name, reached by the keys', async () => {
    install([spendEntry({ at: today() })]);
    await renderPage(<SpendScreen />);
    const chart = await screen.findByRole('application', { name: /Bar chart of credits; the highest bar is 81.65/ });
    expect(chart.getAttribute('tabindex')).toBe('0');
    expect(await screen.findByText('Limit 200.00')).toBeTruthy();
    const line = () => document.querySelector('.recharts-reference-line-line');
    await waitFor(() => expect(line()).not.toBeNull());
    fireEvent.focus(chart);
    // The oldest of thirty days, on which nothing was ordered.
    expect((await screen.findByTestId('spend-tip')).textContent).toContain('Total0.00');
  });

  it('D20: tells of a limit that would press the bars flat, instead of drawing it', async () => {
    install([spendEntry({ at: today() })], '1000');
    await renderPage(<SpendScreen />);
    const chart = await screen.findByRole('application', { name: /Bar chart/ });
    expect(await screen.findByText('Limit 1,000.00, above this chart')).toBeTruthy();
    expect(chart.querySelector('.recharts-reference-line-line')).toBeNull();
    expect([
      placeLimit(null, 1n),
      placeLimit('0.00000004', 1n),
      placeLimit('0.00000005', 1n),
      placeLimit('9', 0n),
    ]).toEqual(['none', 'drawn', 'above', 'drawn']);
  });

  it('D20: holds no limit where test credits are shown, which no limit counts', async () => {
    install([spendEntry({ at: today(), isSandbox: true })]);
    await renderPage(<SpendScreen />);
    expect(await screen.findByText('No real credits used yet')).toBeTruthy();
    choose('Sandbox');
    const chart = await screen.findByRole('application', { name: /Bar chart/ });
    expect(chart.querySelector('.recharts-reference-line-line')).toBeNull();
    expect(screen.queryByText(/^Limit /)).toBeNull();
    expect(screen.getAllByText('Charged (test)').length).toBeGreaterThan(0);
  });
});

describe('the table', () => {
  const entries = [
    spendEntry({ at: today(), tags: ['Final', 'Client'] }),
    spendEntry({ jobId: 'k', at: today(), tags: ['Client'], result: 'rejected' }),
    spendEntry({ jobId: 'f', at: today(), state: 'released', credits: '40', outcome: 'failed', result: null }),
    spendEntry({ jobId: 's', at: today(), isSandbox: true, tags: ['Client'], credits: '7' }),
  ];

  it('D20: counts a job under each of its tags, says so, and has a total that is the ledger’s', async () => {
    install(entries);
    await renderPage(<SpendScreen />);
    await screen.findByRole('radio', { name: 'Tag' });
    choose('Tag');
    const rows = await screen.findAllByTestId('spend-row');
    expect(rows.map((row) => within(row).getByRole('rowheader').textContent)).toEqual(['Client', 'Final', 'No tag']);
    expect(rows.map((row) => cells(row).charged)).toEqual(['163.29600002', '81.64800001', '0']);
    const overlap = screen.getByTestId('spend-overlap');
    expect(overlap.textContent).toContain('counts in full under each of them');
    expect(cells(overlap)).toMatchObject({ charged: '-81.64800001', jobs: '-1', kept: '-1' });
    const total = cells(screen.getByTestId('spend-total'));
    expect(total).toMatchObject({ charged: '163.29600002', released: '40', jobs: '3', failed: '1', kept: '1' });
    expect(total.perKept).toBe('163.29600002');
    choose('Project');
    await waitFor(() => expect(screen.queryByTestId('spend-overlap')).toBeNull());
  });

  it('D20: shows what a kept result has cost, and how much failed and was released', async () => {
    install(entries);
    await renderPage(<SpendScreen />);
    const figures = await screen.findByTestId('spend-outcomes');
    expect(figures.querySelector('[data-credits="163.29600002"]')).not.toBeNull();
    expect(figures.textContent).toContain('1 of 2');
    expect(figures.textContent).toContain('Rejected: 1 · removed: 0');
    expect(figures.textContent).toContain('33.3%1 of 3 finished');
    expect(figures.textContent).toContain('19.7%of credits charged or released');
  });

  it('D20: leaves as CSV as it is shown, or job by job', async () => {
    const blobs: Blob[] = [];
    const names: string[] = [];
    URL.createObjectURL = (blob: Blob) => String(blobs.push(blob));
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      names.push(this.download);
    });
    install(entries);
    await renderPage(<SpendScreen />);
    await screen.findByRole('radio', { name: 'Tag' });
    choose('Tag');
    for (const item of ['Sums as shown', 'All jobs']) {
      fireEvent.click(screen.getByRole('button', { name: 'Export CSV' }));
      fireEvent.click(await screen.findByRole('menuitem', { name: item }));
    }
    expect(names.map((name) => name.replace(/\d{4}-\d\d-\d\d/, 'DAY'))).toEqual([
      'restage-spend-evolink-tag-DAY.csv',
      'restage-spend-evolink-DAY.csv',
    ]);
    const [sums = '', jobs = ''] = await Promise.all(blobs.map((blob) => blob.text()));
    expect(sums).toContain('evolink,credits,overlap,tag,,,0,-81.64800001,');
    expect(sums).not.toContain('sandbox');
    expect(jobs.trim().split('\r\n')).toHaveLength(4);
  });
});

describe('without anything to sum', () => {
  it('says so, and has nothing to export', async () => {
    install([]);
    await renderPage(<SpendScreen />);
    expect(await screen.findByText('No real credits used yet')).toBeTruthy();
    expect(isDisabled(screen.getByRole('button', { name: 'Export CSV' }))).toBe(true);
  });

  it('says that it waits', async () => {
    installBridge({ 'spend.list': () => new Promise(() => undefined), 'account.status': () => evolinkAccount });
    await renderPage(<SpendScreen />);
    expect(await screen.findByRole('status', { name: 'Loading…' })).toBeTruthy();
  });

  it('says what went wrong, and asks again', async () => {
    const bridge = installBridge({
      'spend.list': () => {
        throw new Refusal({ code: 'storage', reasons: [] });
      },
      'account.status': () => evolinkAccount,
    });
    await renderPage(<SpendScreen />);
    fireEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(bridge.inputsOf('spend.list')).toHaveLength(2));
  });
});
