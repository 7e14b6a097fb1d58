/** The edges of the panels at the side: dragged, moved by keys, put back, kept on this machine, and never so far that the player has no room. */
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PanelEdge } from '../../../renderer/components/PanelEdge.tsx';
import { readPanelWidths, usePanelStyle, usePanelWidths } from '../../../renderer/state/shell/panelWidths.ts';
import { applyScale } from '../../../renderer/state/shell/scale.ts';
import { installBridge } from './fakeBridge.ts';
import { renderPage } from './renderPage.tsx';

const roomPx = 1000;
const usualPx = 300;

/** As a browser lays it out: the panel as wide as was set, what is left is the room. */
function Panels() {
  const style = usePanelStyle();
  const widthPx = Number.parseFloat(Reflect.get(style, '--panel-recipe') ?? `${usualPx}`);
  return (
    <div data-testid="panels" style={style}>
      <div data-panel-room data-width={roomPx - widthPx} />
      <PanelEdge panel="recipe" label="Recipe" leastPx={268} mostPx={640} leastRoomPx={500} />
      <section data-width={widthPx} />
    </div>
  );
}

/** On the screen, so times the scale. */
function drawnRect(this: HTMLElement): DOMRect {
  const scale = Number(document.documentElement.dataset.scale ?? 100) / 100;
  return new DOMRect(0, 0, Number(this.dataset.width ?? 0) * scale, 100);
}

const edge = () => screen.getByRole('separator', { name: 'Width: Recipe' });
const values = () => ['now', 'min', 'max'].map((name) => Number(edge().getAttribute(`aria-value${name}`)));
const kept = () => JSON.parse(localStorage.getItem('restage.panels') ?? '{}');
const key = (name: string, more: object = {}) => fireEvent.keyDown(edge(), { key: name, ...more });

beforeEach(() => {
  usePanelWidths.setState({ widths: {} });
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(drawnRect);
  installBridge();
});
afterEach(() => {
  vi.restoreAllMocks();
  delete document.documentElement.dataset.scale;
  usePanelWidths.setState({ widths: {} });
});

describe('the edge of a panel', () => {
  it('panels: says how wide its panel is, and how far it can go before the player has too little', async () => {
    await renderPage(<Panels />);
    expect(values()).toEqual([300, 268, 500]);
    expect(edge().getAttribute('aria-orientation')).toBe('vertical');
    expect(edge().tabIndex).toBe(0);
  });

  it('panels: goes where the arrow points, to both ends, and back by a double click', async () => {
    await renderPage(<Panels />);
    key('ArrowLeft');
    expect(values()[0]).toBe(316);
    key('ArrowLeft', { shiftKey: true });
    expect(values()[0]).toBe(380);
    key('ArrowRight');
    expect(values()[0]).toBe(364);
    key('End');
    expect(values()).toEqual([500, 268, 500]);
    key('ArrowLeft');
    expect(values()[0]).toBe(500);
    key('Home');
    expect(values()[0]).toBe(268);
    key('ArrowRight');
    expect(values()[0]).toBe(268);
    expect(kept()).toEqual({ recipe: 268 });
    fireEvent.doubleClick(edge());
    expect(values()[0]).toBe(usualPx);
    expect(kept()).toEqual({});
    // Those belong to others.
    expect(key('ArrowLeft', { ctrlKey: true })).toBe(true);
    expect(values()[0]).toBe(usualPx);
  });

  it.each([
    [100, 400],
    [200, 350],
  ] as const)('panels: at %s %% it stays under the pointer that drags it', async (scale, widthPx) => {
    applyScale(scale);
    await renderPage(<Panels />);
    fireEvent.pointerDown(edge(), { button: 0, pointerId: 1, clientX: 700 });
    // Nothing is selected by it, and no selection dragged.
    expect(fireEvent.mouseDown(edge())).toBe(false);
    expect(document.activeElement).toBe(edge());
    fireEvent.pointerMove(edge(), { pointerId: 1, clientX: 600 });
    expect(values()[0]).toBe(widthPx);
    fireEvent.pointerUp(edge(), { pointerId: 1 });
    fireEvent.pointerMove(edge(), { pointerId: 1, clientX: 500 });
    expect(values()[0]).toBe(widthPx);
    expect(kept()).toEqual({ recipe: widthPx });
  });

  it('panels: is kept for the next start', async () => {
    await renderPage(<Panels />);
    key('ArrowLeft');
    cleanup();
    act(() => usePanelWidths.setState({ widths: readPanelWidths(kept()) }));
    await renderPage(<Panels />);
    expect(screen.getByTestId('panels').style.getPropertyValue('--panel-recipe')).toBe('316px');
  });

  it('panels: what was kept is taken over as far as it makes sense', () => {
    expect(readPanelWidths({ recipe: 300, opened: '9', character: -4, kitchen: 300 })).toEqual({ recipe: 300 });
    expect([null, 7, 'x', [1]].map(readPanelWidths)).toEqual([{}, {}, {}, {}]);
  });
});
