/** Ordering from the form: one intent is one order, a failure keeps its id, real credits are asked about. */
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CreateScreen } from '../../../renderer/screens/create/CreateScreen.tsx';
import { emptyDraft } from '../../../renderer/state/order/draft.ts';
import { useDraftStore } from '../../../renderer/state/order/draftStore.ts';
import { startHistory } from '../../../renderer/state/order/history.ts';
import { useTakesStore } from '../../../renderer/state/order/takesStore.ts';
import { evolinkAccount, installBridge, Refusal } from './fakeBridge.ts';
import { isDisabled, renderPage } from './renderPage.tsx';
import { imageAsset, job, videoAsset } from './samples.ts';

async function readyButton(): Promise<HTMLElement> {
  const button = await screen.findByRole('button', { name: 'Generate' });
  await waitFor(() => expect(isDisabled(button)).toBe(false));
  return button;
}

const orderIds = (bridge: ReturnType<typeof installBridge>) =>
  bridge.inputsOf('jobs.order').map((input) => input.cells[0]?.orderId);

beforeEach(() => {
  const draft = { ...emptyDraft, videoId: videoAsset.id, imageId: imageAsset.id };
  useDraftStore.setState({ history: startHistory(draft), orderId: 'form-at-the-start' });
});

describe('Generate', () => {
  it('orders once, however often it is pressed before the answer', async () => {
    const bridge = installBridge({ 'jobs.order': () => [job()] });
    await renderPage(<CreateScreen />);
    const button = await readyButton();
    fireEvent.click(button);
    fireEvent.click(button);
    fireEvent.keyDown(window, { key: 'Enter', ctrlKey: true });
    await screen.findByRole('button', { name: 'Queued' });
    expect(orderIds(bridge)).toEqual(['form-at-the-start']);
  });

  it('takes a new id after the order was acknowledged: a second take is a second job', async () => {
    const bridge = installBridge({ 'jobs.order': () => [job()] });
    await renderPage(<CreateScreen />);
    fireEvent.click(await readyButton());
    await screen.findByRole('button', { name: 'Queued' });
    fireEvent.click(await screen.findByRole('button', { name: 'Generate' }, { timeout: 3000 }));
    await waitFor(() => expect(orderIds(bridge)).toHaveLength(2));
    const [first, second] = orderIds(bridge);
    expect(second).not.toBe(first);
  });

  it('keeps its id when no answer came', async () => {
    const bridge = installBridge({
      'jobs.order': () => {
        throw new Refusal({ code: 'network', reasons: [] });
      },
    });
    await renderPage(<CreateScreen />);
    fireEvent.click(await readyButton());
    await screen.findByText('No connection');
    fireEvent.click(await readyButton());
    await waitFor(() => expect(orderIds(bridge)).toEqual(['form-at-the-start', 'form-at-the-start']));
  });

  it('orders nothing new when the id stands for an earlier form, and says so', async () => {
    installBridge({
      'jobs.order': () => {
        throw new Refusal({ code: 'conflict', reasons: [{ field: 'order', rule: 'order.otherRecipe' }] });
      },
    });
    await renderPage(<CreateScreen />);
    fireEvent.click(await readyButton());
    await screen.findByText(/was already queued/);
    expect(useDraftStore.getState().orderId).not.toBe('form-at-the-start');
  });

  it('asks before real credits are spent, and sends nothing until a person says yes', async () => {
    const bridge = installBridge({
      'account.status': () => evolinkAccount,
      'account.refresh': () => evolinkAccount,
      'jobs.order': () => [job({ isSandbox: false })],
    });
    await renderPage(<CreateScreen />);
    fireEvent.click(await readyButton());
    const yes = await screen.findByRole('button', { name: /Generate for 81\.65–89\.81 credits/ });
    expect(isDisabled(yes)).toBe(true);
    fireEvent.click(screen.getByRole('checkbox', { name: /right to use the likeness/ }));
    expect(orderIds(bridge)).toEqual([]);
    fireEvent.click(yes);
    await waitFor(() => expect(bridge.inputsOf('jobs.order')[0]?.isConfirmed).toBe(true));
    expect(bridge.inputsOf('settings.set')).toEqual([{ hasAgreedToLikenessRights: true }]);
  });

  it('rests while a check needs the person, who is told', async () => {
    installBridge({ 'media.check': () => ({ verdicts: [], isLegal: false, plan: null, price: null }) });
    await renderPage(<CreateScreen />);
    await screen.findByText('1 problem to fix');
    expect(isDisabled(screen.getByRole('button', { name: 'Generate' }))).toBe(true);
  });
});

describe('14 takes', () => {
  afterEach(() => useTakesStore.setState({ takes: 1 }));

  it('so many takes are so many orders of one press, priced together, with ids that a repeated press keeps', async () => {
    let isLost = true;
    const bridge = installBridge({
      'jobs.order': () => {
        if (isLost) throw new Refusal({ code: 'network', reasons: [] });
        return [job(), job({ id: 'j2' }), job({ id: 'j3' })];
      },
    });
    await renderPage(<CreateScreen />);
    await readyButton();
    fireEvent.change(screen.getByRole('combobox', { name: 'Number of takes' }), { target: { value: '3' } });
    expect(screen.getByTestId('price').textContent).toContain('244.94–269.44');
    fireEvent.click(screen.getByRole('button', { name: 'Generate 3 takes' }));
    await screen.findByText('No connection');
    isLost = false;
    fireEvent.click(screen.getByRole('button', { name: 'Generate 3 takes' }));
    await screen.findByText('3 takes queued');
    const ids = bridge.inputsOf('jobs.order').map(({ cells }) => cells.map(({ orderId }) => orderId));
    const wanted = ['form-at-the-start', 'form-at-the-start.2', 'form-at-the-start.3'];
    expect(ids).toEqual([wanted, wanted]);
  });
});
