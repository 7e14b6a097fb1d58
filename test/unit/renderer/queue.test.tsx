/** The queue as a person steers it: rows that take focus and keys, several at once, batches, what is held and what can be taken back. */
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { QueueScreen } from '../../../renderer/screens/queue/QueueScreen.tsx';
import { StatusBar } from '../../../renderer/shell/StatusBar.tsx';
import { useQueueStore } from '../../../renderer/state/queue/queueStore.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { installBridge } from './fakeBridge.ts';
import { renderPage } from './renderPage.tsx';
import { job } from './samples.ts';

const line = ['a', 'b', 'c'].map((id, index) =>
  job({ id, videoName: `${id}.mp4`, queuePosition: index + 1, createdAt: `2026-01-01T00:00:0${index}Z` }),
);

async function open(jobs: readonly Job[], answers: Parameters<typeof installBridge>[0] = {}) {
  const known = new Map(jobs.map((one) => [one.id, one]));
  const of = (id: string) => known.get(id) ?? job({ id });
  const bridge = installBridge({
    'jobs.list': () => [...jobs],
    'jobs.pause': ({ id, isPaused }) => ({ ...of(id), isPaused }),
    'jobs.cancel': ({ id }) => ({ ...of(id), state: 'cancelled' }),
    'jobs.hide': ({ id, isHidden = true }) => ({ ...of(id), isHidden }),
    'jobs.retry': ({ id }) => ({ ...of(id), id: `${id}-again`, state: 'queued' }),
    'jobs.get': ({ id }) => ({ ...of(id.replace('-again', '')), id, state: 'queued' }),
    'jobs.move': () => [...jobs],
    ...answers,
  });
  await renderPage(
    <>
      <QueueScreen />
      <StatusBar onShowKeys={() => undefined} />
    </>,
  );
  if (jobs.length > 0) await waitFor(() => expect(screen.getAllByTestId('queue-row').length).toBeGreaterThan(0));
  return bridge;
}

const rowOf = (id: string) => {
  const row = screen.getAllByTestId('queue-row').find((one) => one.dataset.jobId === id);
  if (!row) throw new Error(`no row of ${id}`);
  return row;
};
const selected = () =>
  screen
    .getAllByTestId('queue-row')
    .filter((row) => row.getAttribute('aria-selected') === 'true')
    .map((row) => row.dataset.jobId);
const press = (key: string, more: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, code: key, ...more });

beforeEach(() =>
  useQueueStore.setState({ filter: 'all', search: '', folded: [], selected: [], focusedId: null, anchorId: null }),
);

describe('choosing rows', () => {
  it('by a click, one more with Ctrl, a range with Shift; then keys mean them all', async () => {
    const bridge = await open(line);
    fireEvent.click(rowOf('a'));
    expect(selected()).toEqual(['a']);
    fireEvent.click(rowOf('c'), { ctrlKey: true });
    expect(selected()).toEqual(['a', 'c']);
    fireEvent.click(rowOf('a'));
    fireEvent.click(rowOf('c'), { shiftKey: true });
    expect(selected()).toEqual(['a', 'b', 'c']);
    expect(screen.getByText('3 selected')).toBeTruthy();
    rowOf('a').focus();
    press('p', { code: 'KeyP' });
    await waitFor(() => expect(bridge.inputsOf('jobs.pause').map(({ id }) => id)).toEqual(['a', 'b', 'c']));
  });

  it('by arrows: the row has the focus, and what is behind it opens', async () => {
    await open(line);
    press('ArrowDown');
    expect(document.activeElement).toBe(rowOf('a'));
    press('ArrowDown');
    press('ArrowDown', { shiftKey: true });
    expect(selected()).toEqual(['b', 'c']);
    press('ArrowUp');
    expect(within(rowOf('b')).getByTestId('job-detail')).toBeTruthy();
  });
});

describe('a cancelled job', () => {
  it('comes back in its place, paused as it was, as long as Undo is there', async () => {
    const paused = line.map((one) => (one.id === 'b' ? { ...one, isPaused: true } : one));
    const bridge = await open(paused);
    fireEvent.click(rowOf('b'));
    rowOf('b').focus();
    press('Delete');
    await waitFor(() => expect(bridge.inputsOf('jobs.cancel')).toEqual([{ id: 'b' }]));
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(bridge.inputsOf('jobs.retry')).toEqual([{ id: 'b', isPaused: true }]));
    await waitFor(() => expect(bridge.inputsOf('jobs.move')).toEqual([{ id: 'b-again', to: { before: 'c' } }]));
    expect(bridge.inputsOf('jobs.hide')).toEqual([{ id: 'b', isHidden: true }]);
  });
});

describe('a batch', () => {
  const together = line.map((one, index) => ({ ...one, orderId: `matrix-12ab34cd.${index}-of-them` }));

  it('folds, and says how far it is and what it costs', async () => {
    await open([{ ...together[0], state: 'completed' } as Job, ...together.slice(1), job({ id: 'alone' })]);
    const head = screen.getByTestId('queue-batch');
    expect(head.textContent).toContain('3 takes');
    expect(head.textContent).toContain('1 of 3 done');
    // One ended without a charge; two are estimated.
    expect(head.textContent).toContain('163.30 test credits');
    fireEvent.click(within(head).getByRole('button', { name: /^Fold/ }));
    expect(screen.getAllByTestId('queue-row').map((row) => row.dataset.jobId)).toEqual(['alone']);
  });
});

describe('the whole queue', () => {
  it('U8: can be held while only sent jobs are left', async () => {
    const bridge = await open([job({ state: 'running', submittedAt: '2026-01-01T00:00:00Z' })], {
      'queue.pauseAll': () => ({ hold: 'all', currentIds: [] }),
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Pause queue' }));
    await waitFor(() => expect(bridge.inputsOf('queue.pauseAll')).toEqual([{ isPaused: true }]));
  });

  it('shows on every screen that it is held, with the way to let it go on', async () => {
    const bridge = await open([], {
      'queue.get': () => ({ hold: 'all', currentIds: [] }),
      'queue.pauseAll': () => ({ hold: 'none', currentIds: [] }),
    });
    const chip = await screen.findByTestId('queue-chip');
    fireEvent.click(within(chip).getByRole('button', { name: 'Resume' }));
    await waitFor(() => expect(bridge.inputsOf('queue.pauseAll')).toEqual([{ isPaused: false }]));
    await waitFor(() => expect(screen.queryByTestId('queue-chip')).toBeNull());
  });

  it('is cleared of what is completed, filtered and searched', async () => {
    const done = job({ id: 'done', state: 'completed', videoName: 'done.mp4' });
    const bridge = await open([...line, done]);
    fireEvent.change(screen.getByRole('searchbox', { name: 'Search jobs' }), { target: { value: 'b.mp4' } });
    expect(screen.getAllByTestId('queue-row').map((row) => row.dataset.jobId)).toEqual(['b']);
    fireEvent.change(screen.getByRole('searchbox', { name: 'Search jobs' }), { target: { value: '' } });
    fireEvent.click(screen.getByRole('radio', { name: 'Completed' }));
    expect(screen.getAllByTestId('queue-row').map((row) => row.dataset.jobId)).toEqual(['done']);
    fireEvent.click(screen.getByRole('button', { name: 'Clear completed' }));
    await waitFor(() => expect(bridge.inputsOf('jobs.hide')).toEqual([{ id: 'done', isHidden: true }]));
  });
});

describe('money in the sandbox', () => {
  it('is called test credits in row and balance, and nothing says that nothing is charged', async () => {
    await open([
      job({ id: 'x', state: 'completed', charge: { state: 'charged', credits: '81.648' } }),
      job({ id: 'y', state: 'queued' }),
    ]);
    expect(rowOf('x').textContent).toContain('81.65 test credits charged');
    expect(rowOf('y').textContent).toContain('Estimate: 81.65 test credits');
    expect(await screen.findByText('1,000.00 test credits')).toBeTruthy();
    expect(document.body.textContent).not.toMatch(/nothing is charged/i);
  });
});
