/** What an editor ran into: files on their way, honest headlines, a matrix that keeps what was laid out, focus that stays in a dialog. */
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { createQueryClient } from '../../../renderer/bridge/queries.ts';
import { Dialog } from '../../../renderer/components/Dialog.tsx';
import { useLoadRecipe } from '../../../renderer/components/useLoadRecipe.tsx';
import { createPlayback } from '../../../renderer/player/playback.ts';
import { CreateScreen } from '../../../renderer/screens/create/CreateScreen.tsx';
import { layOut } from '../../../renderer/state/matrix/layOut.ts';
import { emptyMatrix, useMatrixStore } from '../../../renderer/state/matrix/matrixStore.ts';
import { emptyDraft } from '../../../renderer/state/order/draft.ts';
import { useDraftStore } from '../../../renderer/state/order/draftStore.ts';
import { startHistory } from '../../../renderer/state/order/history.ts';
import { useIntakeStore } from '../../../renderer/state/order/intake.ts';
import { usePlayerStore } from '../../../renderer/state/trim/player.ts';
import type { MotionRecipe } from '../../../shared/contract/jobs.ts';
import type { CheckResult, Verdict } from '../../../shared/contract/media.ts';
import { publishedValue, tableValue } from '../../../shared/rules/limitOverrides.ts';
import { tableLimits } from '../../../shared/rules/limits.ts';
import { installBridge } from './fakeBridge.ts';
import { isDisabled, renderPage } from './renderPage.tsx';
import { imageAsset, job, videoAsset } from './samples.ts';

const verdict = (rule: string, state: Verdict['state']): Verdict => ({
  ...{ field: rule, rule, level: state === 'blocked' ? 'hard' : 'advice', source: 'd', state, fix: null, params: {} },
});
const price = { low: '81.648', high: '81.648' };
const answer = (verdicts: Verdict[], isLegal = true): CheckResult =>
  ({ verdicts, isLegal, price: isLegal ? price : null, plan: null }) as unknown as CheckResult;

beforeEach(() => {
  const draft = { ...emptyDraft, videoId: videoAsset.id, imageId: imageAsset.id };
  useDraftStore.setState({ history: startHistory(draft) });
  useIntakeStore.setState({ refusals: { video: null, image: null }, reading: { video: false, image: false } });
  emptyMatrix();
});

describe('U10: while new files are read', () => {
  it.each(['video', 'image'] as const)('nothing is ordered of the old pair (%s)', async (slot) => {
    const bridge = installBridge({ 'jobs.order': () => [job()] });
    await renderPage(<CreateScreen />);
    const button = await screen.findByRole('button', { name: 'Generate' });
    await waitFor(() => expect(isDisabled(button)).toBe(false));
    act(() => useIntakeStore.setState({ reading: { video: false, image: false, [slot]: true } }));
    expect(isDisabled(button)).toBe(true);
    fireEvent.keyDown(window, { key: 'Enter', code: 'Enter', ctrlKey: true });
    await screen.findByText('Reading the new file…');
    expect(bridge.inputsOf('jobs.order')).toEqual([]);
    act(() => useIntakeStore.setState({ reading: { video: false, image: false } }));
    expect(isDisabled(button)).toBe(false);
  });
});

describe('U6: the headline of the checks', () => {
  it('counts warnings, and says that everything fits only when it does', async () => {
    installBridge({
      'media.check': () =>
        answer([verdict('a', 'warn'), verdict('b', 'warn'), verdict('c', 'warn'), verdict('d', 'pass')]),
    });
    await renderPage(<CreateScreen />);
    const headline = await screen.findByTestId('checks-headline');
    expect(headline.textContent).toBe('3 warnings');
    expect(screen.queryByText('Everything fits')).toBeNull();
  });

  it('counts what has to be fixed first, and stands with the price', async () => {
    installBridge({ 'media.check': () => answer([verdict('a', 'blocked'), verdict('b', 'fixed')], false) });
    await renderPage(<CreateScreen />);
    const headline = await screen.findByTestId('checks-headline');
    expect(headline.textContent).toBe('1 problem to fix· 1 automatic adjustment');
    expect(headline.closest('[aria-label="Estimated cost"]')).not.toBeNull();
  });
});

it('the last price stays in sight, marked, while a problem stands', async () => {
  let isLegal = true;
  installBridge({ 'media.check': () => answer(isLegal ? [] : [verdict('a', 'blocked')], isLegal) });
  await renderPage(<CreateScreen />);
  expect((await screen.findByTestId('price')).textContent).toBe('81.65 test credits');
  isLegal = false;
  act(() => useDraftStore.getState().dispatch({ type: 'patch', patch: { prompt: 'other' } }));
  await screen.findByText('Fix the problem to see the price');
  const old = screen.getByTestId('price');
  expect(old.textContent).toBe('81.65 test credits');
  expect(old.parentElement?.dataset.old).toBe('true');
});

describe('U3: what is laid out as a matrix', () => {
  const client = createQueryClient();
  const videos = ['walk', 'jump'].map((id) => ({ ...videoAsset, id, name: `${id}.mp4` }));
  const images = ['ann', 'bob'].map((id) => ({ ...imageAsset, id, name: `${id}.jpg` }));
  const laidOut = () => {
    const { clips, imageIds } = useMatrixStore.getState().history.present;
    return { clips: clips.map(({ key }) => key), images: imageIds };
  };

  it('stays when clips are dropped after characters, and the other way round', () => {
    useDraftStore.setState({ history: startHistory(emptyDraft) });
    layOut(images, tableLimits, client);
    layOut(videos, tableLimits, client);
    expect(laidOut()).toEqual({ clips: ['walk', 'jump'], images: ['ann', 'bob'] });
    emptyMatrix();
    layOut(videos, tableLimits, client);
    layOut(images, tableLimits, client);
    expect(laidOut()).toEqual({ clips: ['walk', 'jump'], images: ['ann', 'bob'] });
  });
});

it('U2: a dialog whose focused button has gone is found again by Tab', async () => {
  installBridge();
  function Ordering() {
    return (
      <Dialog title="Asks" onClose={() => undefined}>
        <button type="button" id="order">
          Order
        </button>
      </Dialog>
    );
  }
  await renderPage(
    <>
      <button type="button">behind</button>
      <Ordering />
    </>,
  );
  const order = await screen.findByRole('button', { name: 'Order' });
  order.focus();
  order.blur();
  expect(document.activeElement).toBe(document.body);
  fireEvent.keyDown(document.body, { key: 'Tab' });
  expect(screen.getByRole('dialog').contains(document.activeElement)).toBe(true);
});

it('U7: what is called published is the provider’s limit, not ours', () => {
  expect(tableValue('motion-video', 'maxBytes')).toBe(95_000_000);
  expect(publishedValue('motion-video', 'maxBytes')).toBe(100_000_000);
  expect(publishedValue('motion-video', 'maxSeconds')).toBeNull();
});

it.each([
  ['empty', emptyDraft],
  ['filled', { ...emptyDraft, videoId: videoAsset.id, imageId: imageAsset.id }],
])('U9: every control of Create is called by what is written on it (%s)', async (_, draft) => {
  useDraftStore.setState({ history: startHistory(draft) });
  installBridge({ 'assets.list': () => [imageAsset] });
  const { container } = await renderPage(<CreateScreen />);
  await screen.findByRole('button', { name: 'Generate' });
  // WCAG 2.5.3: who speaks what they read must be understood.
  const spoken = (text: string) => text.toLowerCase().replaceAll(/\s+/g, ' ').trim();
  const named = [...container.querySelectorAll<HTMLElement>('button[aria-label], a[aria-label]')];
  const others = named.filter(
    (control) => !spoken(control.getAttribute('aria-label') ?? '').includes(spoken(control.textContent ?? '')),
  );
  expect(others.map(({ outerHTML }) => outerHTML)).toEqual([]);
});

it('what was used last is one click away in an empty well', async () => {
  useDraftStore.setState({ history: startHistory(emptyDraft) });
  installBridge({ 'assets.list': ({ kind }) => (kind === 'image' ? [imageAsset] : []) });
  await renderPage(<CreateScreen />);
  fireEvent.click(await screen.findByRole('button', { name: 'Use wanderer.jpg' }));
  expect(useDraftStore.getState().history.present.imageId).toBe(imageAsset.id);
});

it('using a recipe again says what it replaces, and puts it back', async () => {
  installBridge();
  const recipe: MotionRecipe = { ...(job().recipe as MotionRecipe), videoId: 'other', prompt: 'rain' };
  function Again() {
    const load = useLoadRecipe();
    return (
      <button type="button" onClick={() => load(recipe)}>
        again
      </button>
    );
  }
  await renderPage(<Again />);
  const before = useDraftStore.getState().history.present;
  fireEvent.click(screen.getByRole('button', { name: 'again' }));
  expect(useDraftStore.getState().history.present.videoId).toBe('other');
  await screen.findByText(/^Replaced: clip/);
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  expect(useDraftStore.getState().history.present).toEqual(before);
});

describe('playing with the loop off', () => {
  it('ends at the out point, and goes on from behind it', () => {
    const frames: ((now: number, data: { mediaTime: number }) => void)[] = [];
    const video = Object.assign(document.createElement('video'), {
      requestVideoFrameCallback: (callback: (typeof frames)[number]) => frames.push(callback),
      cancelVideoFrameCallback: () => undefined,
      play: async () => undefined,
      pause: () => undefined,
    }) as unknown as HTMLVideoElement;
    const clock = { unit: 'frames' as const, rate: { num: 30, den: 1 }, length: 600 };
    usePlayerStore.setState({ position: 80, speed: 0, isLooping: false });
    const playback = createPlayback(video, () => ({ clock, range: { from: 0, to: 90 } }));
    const show = (frame: number) => frames.splice(0).at(-1)?.(0, { mediaTime: frame / 30 });
    // The first frame tells where the file's own time begins.
    show(0);
    playback.play(1);
    show(85);
    expect(usePlayerStore.getState().speed).toBe(1);
    show(91);
    expect(usePlayerStore.getState()).toMatchObject({ speed: 0, position: 89 });
    playback.play(1);
    show(91);
    expect(usePlayerStore.getState()).toMatchObject({ speed: 1, position: 91 });
    playback.dispose();
  });
});
