/** The timeline of an edited clip: takes to pick, cuts to go to, advice with its fix, all undoable. */
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CreateScreen } from '../../../renderer/screens/create/CreateScreen.tsx';
import { emptyDraft } from '../../../renderer/state/order/draft.ts';
import { useDraftStore } from '../../../renderer/state/order/draftStore.ts';
import { startHistory } from '../../../renderer/state/order/history.ts';
import { useBeatSnap, visibleBeats } from '../../../renderer/state/trim/beats.ts';
import type { Timeline } from '../../../shared/contract/timeline.ts';
import { installBridge } from './fakeBridge.ts';
import { renderPage } from './renderPage.tsx';
import { imageAsset, videoAsset } from './samples.ts';

const draft = () => useDraftStore.getState().history.present;
const strip = { filmstrip: { count: 10, doneCount: 10, width: 160, height: 90 }, peaks: null, isDone: true };
/** 20 s: two takes with a cut at 8 s, and two seconds of black at the end. */
const edited: Timeline = {
  ...strip,
  isScanned: true,
  cuts: [{ seconds: 8, confidence: 0.95 }],
  black: [{ from: 18, to: 20 }],
  freezes: [],
  takes: [
    { from: 0, to: 8 },
    { from: 8, to: 18 },
  ],
  motion: { level: 'steady', score: 0.2 },
  motionBySecond: Array(20).fill(0.2),
};

beforeEach(() => {
  const filled = { ...emptyDraft, videoId: videoAsset.id, imageId: imageAsset.id };
  useDraftStore.setState({ history: startHistory(filled) });
});

describe('"Split into takes"', () => {
  it('lists every clean stretch; choosing one sets in and out in one step of undo', async () => {
    installBridge({ 'media.timeline': () => edited });
    await renderPage(<CreateScreen />);
    fireEvent.click(await screen.findByRole('button', { name: /^Split into takes/ }));
    const second = await screen.findByRole('button', { name: 'Take 2: 00:00:08:00 to 00:00:18:00, 10.00 s' });
    fireEvent.click(second);
    expect(draft().trim).toEqual({ unit: 'frames', from: 240, to: 540 });
    expect(screen.getByRole('slider', { name: 'Playhead' }).getAttribute('aria-valuenow')).toBe('240');
    fireEvent.keyDown(window, { key: 'z', ctrlKey: true });
    expect(draft().trim).toBeNull();
  });

  it('says that it is still looking, without standing in the way', async () => {
    installBridge({ 'media.timeline': () => strip });
    await renderPage(<CreateScreen />);
    fireEvent.click(await screen.findByRole('button', { name: /^Split into takes/ }));
    expect((await screen.findByText('Detecting cuts…')).getAttribute('role')).toBe('status');
    await waitFor(() => expect(screen.getByRole('button', { name: 'Generate' }).matches(':disabled')).toBe(false));
  });
});

describe('what could not be read', () => {
  it('8: frames and sound say so in their place, once nothing more comes', async () => {
    const none = { ...strip, filmstrip: { ...strip.filmstrip, doneCount: 0 }, peaks: [] };
    installBridge({ 'media.timeline': () => none });
    await renderPage(<CreateScreen />);
    expect(await screen.findByText('Frames could not be read')).toBeTruthy();
    expect(screen.getByText('Sound could not be read')).toBeTruthy();
  });

  it('8: nothing is said while they are being made', async () => {
    const begun = { ...strip, filmstrip: { ...strip.filmstrip, doneCount: 0 }, peaks: [], isDone: false };
    installBridge({ 'media.timeline': () => begun });
    await renderPage(<CreateScreen />);
    await screen.findByRole('slider', { name: 'Playhead' });
    expect(screen.queryByText(/could not be read/)).toBeNull();
  });
});

describe('keys', () => {
  it('up and down go to cuts; on a handle they move it there', async () => {
    installBridge({ 'media.timeline': () => edited });
    await renderPage(<CreateScreen />);
    await screen.findByTestId('cut-mark');
    const playhead = screen.getByRole('slider', { name: 'Playhead' });
    fireEvent.keyDown(window, { key: 'ArrowDown' });
    expect(playhead.getAttribute('aria-valuetext')).toBe('00:00:08:00');
    fireEvent.keyDown(window, { key: 'ArrowDown' });
    expect(playhead.getAttribute('aria-valuetext')).toBe('00:00:19:29');
    fireEvent.keyDown(window, { key: 'ArrowUp' });
    expect(playhead.getAttribute('aria-valuetext')).toBe('00:00:08:00');
    const out = screen.getByRole('slider', { name: 'Out point' });
    fireEvent.keyDown(out, { key: 'ArrowUp' });
    expect(out.getAttribute('aria-valuetext')).toBe('00:00:08:00');
  });
});

const pointer = (element: Element, type: string, clientX: number, more: MouseEventInit = {}) =>
  fireEvent(element, new MouseEvent(type, { bubbles: true, cancelable: true, button: 0, clientX, ...more }));

/** jsdom lays nothing out: every element is told that it is 600 px wide. */
class Wide implements ResizeObserver {
  readonly #report: ResizeObserverCallback;
  constructor(report: ResizeObserverCallback) {
    this.#report = report;
  }
  observe(target: Element) {
    this.#report([{ target, contentRect: { width: 600, height: 100 } } as ResizeObserverEntry], this);
  }
  unobserve() {}
  disconnect() {}
}

describe('6: the beat grid', () => {
  /** A beat each half second from 0.1 s on. */
  const danced: Timeline = {
    ...edited,
    peaks: [0.5, 0.5],
    beats: { bpm: 120, seconds: Array.from({ length: 39 }, (_, n) => 0.1 + n / 2) },
  };
  beforeEach(() => {
    vi.stubGlobal('ResizeObserver', Wide);
    localStorage.clear();
    useBeatSnap.setState({ isOn: false });
    return () => vi.unstubAllGlobals();
  });

  it('is drawn with its tempo; handles snap to it when the key says so, and not while Alt is held', async () => {
    installBridge({ 'media.timeline': () => danced });
    await renderPage(<CreateScreen />);
    await screen.findByText('00:00:05:00');
    expect(screen.getAllByTestId('beat-mark')).toHaveLength(39);
    const button = screen.getByRole('button', { name: '120 bpm, snap to beats' });
    const out = screen.getByRole('slider', { name: 'Out point' });
    const dragTo = (clientX: number, more?: MouseEventInit) => {
      pointer(out, 'pointerdown', 600);
      pointer(out, 'pointermove', clientX, more);
      pointer(out, 'pointerup', clientX, more);
      const at = out.getAttribute('aria-valuetext');
      fireEvent.keyDown(window, { key: 'z', ctrlKey: true });
      return at;
    };
    // 20 s on 600 px: 319 px is 10.63 s, the nearest beat 10.6 s.
    expect(dragTo(319)).toBe('00:00:10:19');
    fireEvent.keyDown(window, { key: 'b' });
    expect(button.getAttribute('aria-pressed')).toBe('true');
    expect(dragTo(319)).toBe('00:00:10:18');
    expect(dragTo(319, { altKey: true })).toBe('00:00:10:19');
    // The same without a pointer: up is the beat before the end.
    fireEvent.keyDown(out, { key: 'ArrowUp' });
    expect(out.getAttribute('aria-valuetext')).toBe('00:00:19:03');
    expect(localStorage.getItem('restage.snapToBeats')).toBe('yes');
  });

  it('says honestly that there is none, and nothing of it where there is no sound', async () => {
    installBridge({ 'media.timeline': () => ({ ...danced, beats: null }) });
    const page = await renderPage(<CreateScreen />);
    expect((await screen.findByTestId('no-beat')).textContent).toBe('No steady beat');
    expect(screen.queryAllByTestId('beat-mark')).toEqual([]);
    page.unmount();
    installBridge({ 'media.timeline': () => ({ ...danced, peaks: null, beats: null }) });
    await renderPage(<CreateScreen />);
    await screen.findByText('No sound');
    expect(screen.queryByTestId('no-beat')).toBeNull();
  });

  it('thins out evenly when it is seen from afar', () => {
    const at = Array.from({ length: 1200 }, (_, n) => n * 15);
    expect(visibleBeats(at, { start: 0, end: 18_000 }, 600)).toHaveLength(75);
    expect(visibleBeats(at, { start: 0, end: 1500 }, 600)).toHaveLength(101);
  });
});

describe('a handle in hand', () => {
  it('moves on its own; the order follows when the hand rests or lets go, in one step of undo', async () => {
    vi.stubGlobal('ResizeObserver', Wide);
    const bridge = installBridge({ 'media.timeline': () => edited });
    await renderPage(<CreateScreen />);
    const out = await screen.findByRole('slider', { name: 'Out point' });
    // The ruler is drawn when the width is known.
    await screen.findByText('00:00:05:00');
    pointer(out, 'pointerdown', 600);
    // 20 s on 600 px: 300 px further left is 10 s.
    pointer(out, 'pointermove', 300);
    expect(out.getAttribute('aria-valuetext')).toBe('00:00:10:00');
    expect(screen.getByTestId('range-timecodes').textContent).toBe('00:00:00:00 → 00:00:10:00');
    expect(draft().trim).toBeNull();
    await waitFor(() => expect(draft().trim).toEqual({ unit: 'frames', from: 0, to: 300 }));
    const generate = screen.getByRole('button', { name: 'Generate' });
    await waitFor(() => expect(generate.matches(':disabled')).toBe(false));
    pointer(out, 'pointermove', 450);
    fireEvent.click(generate);
    expect(bridge.inputsOf('jobs.order')).toEqual([]);
    expect(draft().trim).toEqual({ unit: 'frames', from: 0, to: 300 });
    pointer(out, 'pointerup', 450);
    expect(draft().trim).toEqual({ unit: 'frames', from: 0, to: 450 });
    fireEvent.keyDown(window, { key: 'z', ctrlKey: true });
    expect(draft().trim).toBeNull();
    expect(out.getAttribute('aria-valuetext')).toBe('00:00:20:00');
    vi.unstubAllGlobals();
  });
});

describe('the price', () => {
  it('stands beside the handle, with what a fraction of a second may add', async () => {
    installBridge();
    await renderPage(<CreateScreen />);
    const out = await screen.findByRole('slider', { name: 'Out point' });
    expect(out.textContent).toBe('20.00 s · 163.30 test credits');
    fireEvent.keyDown(out, { key: 'PageDown' });
    fireEvent.keyDown(out, { key: 'PageDown' });
    for (let press = 0; press < 6; press += 1) fireEvent.keyDown(out, { key: 'ArrowRight' });
    expect(out.textContent).toBe('18.20 s · 146.97–155.13 test credits0.20 s over 18 s: up to +8.16 test credits');
  });
});

describe('advice', () => {
  it('never blocks, and its fix trims to the longest take', async () => {
    installBridge({ 'media.timeline': () => edited });
    await renderPage(<CreateScreen />);
    await screen.findByText('1, the first at 00:00:08:00');
    expect(screen.getByText('Black frames in range')).toBeTruthy();
    await waitFor(() => expect(screen.getByRole('button', { name: 'Generate' }).matches(':disabled')).toBe(false));
    fireEvent.click(screen.getByRole('button', { name: 'Trim to longest take (10.00 s)' }));
    await waitFor(() => expect(draft().trim).toEqual({ unit: 'frames', from: 240, to: 540 }));
    expect(screen.queryByText('Cuts in range')).toBeNull();
    fireEvent.keyDown(window, { key: 'z', ctrlKey: true });
    expect(draft().trim).toBeNull();
  });
});

describe('the look at a clip', () => {
  it('is stopped when another takes its place, and not by a visit elsewhere', async () => {
    const bridge = installBridge({
      'assets.get': ({ id }) => (id === imageAsset.id ? imageAsset : { ...videoAsset, id }),
      'media.timelineStop': () => ({}),
    });
    const page = await renderPage(<CreateScreen />);
    await screen.findByRole('slider', { name: 'Playhead' });
    act(() => useDraftStore.getState().dispatch({ type: 'setVideo', videoId: 'clip-2', trim: null }));
    await waitFor(() => expect(bridge.inputsOf('media.timelineStop')).toEqual([{ id: videoAsset.id }]));
    page.unmount();
    expect(bridge.inputsOf('media.timelineStop')).toHaveLength(1);
  });
});
