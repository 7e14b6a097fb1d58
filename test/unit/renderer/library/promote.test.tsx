/** Order again in 1080p: the difference is said first, one press is one order, and what cannot be promoted is named. */
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { PromoteDialog } from '../../../../renderer/screens/library/promote/PromoteDialog.tsx';
import { changedSince } from '../../../../renderer/state/order/againStore.ts';
import { emptyDraft } from '../../../../renderer/state/order/draft.ts';
import { evolinkAccount, installBridge, legalCheck, Refusal } from '../fakeBridge.ts';
import { isDisabled, renderPage } from '../renderPage.tsx';
import { job, libraryItem } from '../samples.ts';

const taken = libraryItem({ id: 'r1', name: 'Taken' });
const high = libraryItem({ id: 'r2', name: 'High' });
const imported = libraryItem({ id: 'r3', name: 'Imported', recipe: null });
const { recipe } = taken;
if (recipe?.kind !== 'motion') throw new Error('the sample was ordered');
const items = [
  { ...taken, recipe: { ...recipe, quality: '720p' as const } },
  { ...high, recipe: { ...recipe, quality: '1080p' as const } },
  imported,
];
const answers = {
  'library.get': ({ id }: { id: string }) => items.find((item) => item.id === id) ?? taken,
  'media.check': ({ quality }: { quality?: string | undefined }) => ({
    ...legalCheck,
    price: quality === '1080p' ? { low: '100', high: '110' } : { low: '80', high: '90' },
  }),
};
const payButton = (name: RegExp) => screen.findByRole('button', { name });

it('14 promote: the price of both, their difference and the balance; one press is one order, each take its own', async () => {
  const bridge = installBridge({ ...answers, 'jobs.order': () => [job(), job()] });
  await renderPage(<PromoteDialog ids={['r1', 'r2', 'r3']} />);
  const price = await screen.findByTestId('promote-price');
  expect(price.textContent).toContain('80.00–90.00 test credits → in 1080p: 100.00–110.00 test credits (20.00 more)');
  expect(price.textContent).toContain('890.00');
  expect(screen.getByRole('alert').textContent).toContain('2 are left out');
  fireEvent.click(screen.getByText('2', { selector: 'label, label *' }));
  const button = await payButton(/^Order for 200\.00–220\.00 test credits/);
  fireEvent.click(button);
  fireEvent.click(button);
  await waitFor(() => expect(bridge.inputsOf('jobs.order')).toHaveLength(1));
  const cells = bridge.inputsOf('jobs.order')[0]?.cells ?? [];
  expect(cells.map((cell) => 'quality' in cell.recipe && cell.recipe.quality)).toEqual(['1080p', '1080p']);
  expect(new Set(cells.map(({ orderId }) => orderId)).size).toBe(2);
});

it('14 promote: after an answer that was lost the same press is the same order', async () => {
  let isLost = true;
  const bridge = installBridge({
    ...answers,
    'jobs.order': () => {
      if (isLost) throw new Refusal({ code: 'network', reasons: [] });
      return [job()];
    },
  });
  await renderPage(<PromoteDialog ids={['r1']} />);
  fireEvent.click(await payButton(/^Order for/));
  await screen.findByText('No connection');
  isLost = false;
  await waitFor(async () => expect(isDisabled(await payButton(/^Order for/))).toBe(false));
  fireEvent.click(await payButton(/^Order for/));
  await waitFor(() => expect(bridge.inputsOf('jobs.order')).toHaveLength(2));
  const [first, second] = bridge.inputsOf('jobs.order').map(({ cells }) => cells[0]?.orderId);
  expect(second).toBe(first);
});

it('14 promote: real credits need the right to the likeness once, and the yes goes with the order', async () => {
  const bridge = installBridge({
    ...answers,
    'account.status': () => evolinkAccount,
    'jobs.order': () => [job({ isSandbox: false })],
  });
  await renderPage(<PromoteDialog ids={['r1']} />);
  const button = await payButton(/^Order for 100\.00–110\.00 credits/);
  expect(isDisabled(button)).toBe(true);
  fireEvent.click(screen.getByRole('checkbox'));
  fireEvent.click(button);
  await waitFor(() => expect(bridge.inputsOf('jobs.order')[0]?.isConfirmed).toBe(true));
  expect(bridge.inputsOf('settings.set')).toEqual([{ hasAgreedToLikenessRights: true }]);
});

it('14 promote: a clip that nobody knows any more is named with its reason, and nothing can be ordered', async () => {
  installBridge({
    ...answers,
    'media.check': () => {
      throw new Refusal({ code: 'notFound', reasons: [] });
    },
  });
  await renderPage(<PromoteDialog ids={['r1']} />);
  expect((await screen.findByRole('alert')).textContent).toContain('Taken');
  expect(isDisabled(await payButton(/^Order again in 1080p/))).toBe(true);
});

it('14 again: the fields in which the form is another order now', () => {
  const earlier = { ...emptyDraft, prompt: 'a' };
  expect(changedSince(earlier, earlier)).toEqual([]);
  const now = { ...earlier, prompt: 'b', quality: '1080p' as const, soundTrack: 2 };
  expect(changedSince(earlier, now)).toEqual(['quality', 'sound', 'prompt']);
});
