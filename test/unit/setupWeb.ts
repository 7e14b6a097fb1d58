/** What jsdom lacks and Mantine, the virtual grid and the player ask for. */
import { notifications } from '@mantine/notifications';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// A busy machine draws slowly: these are ends of patience, not measures.
// To be looked for by role, nothing need be visible: asking that of every ancestor, again and again, takes longer than drawing.
configure({
  asyncUtilTimeout: 10_000,
  defaultHidden: true,
  // Without the whole page in print: it is printed at each look of a `find…`, not only at the last.
  getElementError: (message) => new Error(message ?? 'not found'),
});
vi.setConfig({ testTimeout: 40_000 });

window.matchMedia = (query: string) =>
  ({
    matches: false,
    media: query,
    onchange: null,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
    dispatchEvent: () => false,
  }) satisfies MediaQueryList;

class SizeObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
window.ResizeObserver = SizeObserver;

// A growing text field measures itself anew when fonts arrive.
Object.defineProperty(document, 'fonts', { value: new EventTarget(), configurable: true });

HTMLMediaElement.prototype.play = () => Promise.resolve();
HTMLMediaElement.prototype.pause = () => undefined;
HTMLElement.prototype.scrollIntoView = () => undefined;
HTMLElement.prototype.setPointerCapture = () => undefined;

afterEach(() => {
  cleanup();
  // Messages lie in a store of the module, which outlives the page of a test.
  notifications.clean();
  localStorage.clear();
  window.location.hash = '';
});
