/** A clip over the limit on the page: offered in parts with the price before, ordered once, and one line of the queue. */
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { CreateScreen } from '../../../renderer/screens/create/CreateScreen.tsx';
import { batchKeyOf, performanceOf } from '../../../renderer/screens/queue/batches.ts';
import { emptyDraft } from '../../../renderer/state/order/draft.ts';
import { useDraftStore } from '../../../renderer/state/order/draftStore.ts';
import { startHistory } from '../../../renderer/state/order/history.ts';
import type { CommandInput } from '../../../shared/contract/index.ts';
import type { MotionRecipe } from '../../../shared/contract/jobs.ts';
import type { Asset } from '../../../shared/contract/media.ts';
import { evolinkAccount, installBridge } from './fakeBridge.ts';
import { renderPage } from './renderPage.tsx';
import { imageAsset, job, videoAsset } from './samples.ts';

const long = {
  ...videoAsset,
  facts: { ...videoAsset.facts, frameCount: 2100, durationSeconds: 70 },
} as Asset;

const edges = [0, 840, 1560, 2100];
const planOf = ({ performanceId, recipe }: CommandInput<'performance.plan'>) => ({
  parts: edges.slice(1).map((to, n) => ({
    recipe: {
      ...({ preset: 'fast', keepSound: true, prompt: '', watermark: false, ...recipe } as MotionRecipe),
      trim: { unit: 'frames' as const, from: edges[n] ?? 0, to },
      part: { performanceId, number: n + 1, count: 3, whole: { unit: 'frames' as const, from: 0, to: 2100 } },
    },
    fromSeconds: (edges[n] ?? 0) / 30,
    seconds: (to - (edges[n] ?? 0)) / 30,
    price: { low: '200', high: '200' },
    motion: null,
  })),
  price: { low: '600', high: '600' },
  isScanned: true,
});

beforeEach(() => {
  const trim = { unit: 'frames' as const, from: 0, to: 900 };
  const filled = { ...emptyDraft, videoId: videoAsset.id, imageId: imageAsset.id, trim };
  useDraftStore.setState({ history: startHistory(filled), orderId: 'form-12345678-aaaa' });
});

const assets = { 'assets.get': ({ id }: { id: string }) => (id === imageAsset.id ? imageAsset : long) };

describe('9: long performances', () => {
  it('all of the clip is offered; the sum and the seams stand before the order, which is one however often it is pressed', async () => {
    const bridge = installBridge({ ...assets, 'performance.plan': planOf, 'jobs.order': () => [job({ id: 'p1' })] });
    await renderPage(<CreateScreen />);
    fireEvent.click(await screen.findByRole('button', { name: 'Whole clip in parts…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Generate in parts' }));
    expect(await dialog.findByText('00:00:28:00 → 00:00:52:00')).toBeTruthy();
    expect(dialog.getByTestId('long-price').textContent).toContain('600.00 test credits');
    expect(bridge.inputsOf('performance.plan')[0]?.recipe.trim).toBeUndefined();
    const order = dialog.getByRole('button', { name: 'Generate 3 parts' });
    fireEvent.click(order);
    fireEvent.click(order);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const [input, ...more] = bridge.inputsOf('jobs.order');
    expect(more).toEqual([]);
    expect(input?.cells.map(({ orderId }) => orderId)).toEqual([1, 2, 3].map((n) => `long-form12345678aaaa.${n}`));
    expect(input?.isConfirmed).toBe(false);
    expect(useDraftStore.getState().orderId).not.toBe('form-12345678-aaaa');
  });

  it('on a real account the right to the likeness is asked for first', async () => {
    const bridge = installBridge({
      ...{ ...assets, 'performance.plan': planOf, 'jobs.order': () => [job({ id: 'p1' })] },
      'account.status': () => evolinkAccount,
    });
    await renderPage(<CreateScreen />);
    fireEvent.click(await screen.findByRole('button', { name: 'Whole clip in parts…' }));
    const order = await screen.findByRole('button', { name: 'Generate 3 parts' });
    expect(order.matches(':disabled')).toBe(true);
    fireEvent.click(screen.getByRole('checkbox', { name: /right to use the likeness/ }));
    fireEvent.click(order);
    await waitFor(() => expect(bridge.inputsOf('jobs.order')[0]?.isConfirmed).toBe(true));
  });

  it('a clip within the limit is offered nothing', async () => {
    installBridge();
    await renderPage(<CreateScreen />);
    await screen.findByRole('slider', { name: 'Playhead' });
    expect(screen.queryByRole('button', { name: 'Whole clip in parts…' })).toBeNull();
  });

  it('parts are one batch of the queue', () => {
    const part = {
      performanceId: 'long-1',
      number: 1,
      count: 2,
      whole: { unit: 'frames' as const, from: 0, to: 2100 },
    };
    const one = job({ id: 'a' });
    const key = batchKeyOf({ ...one, recipe: { ...(one.recipe as MotionRecipe), part } });
    expect(performanceOf(key ?? '')).toBe('long-1');
    expect(performanceOf(batchKeyOf({ ...one, orderName: 'night' }) ?? '')).toBeNull();
  });
});
