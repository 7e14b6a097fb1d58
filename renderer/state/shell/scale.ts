/**
 * How large the page is drawn. The host names the scale in the page it serves, so that the first picture has it; `index.html` zooms the
 * body by it. Chromium then measures on the screen (pointers, `getBoundingClientRect`) in the screen's pixels and everywhere else
 * (`clientWidth`, observed sizes, styles) in the page's own: what comes from the one and goes to the other is divided.
 */
import { type InterfaceScale, usualScale } from '../../../shared/rules/interfaceScale.ts';
import { useSettings } from '../../bridge/queries.ts';

export function applyScale(scalePercent: InterfaceScale): void {
  document.documentElement.dataset.scale = String(scalePercent);
}

/** 1 is as large as the styles say. */
export const pageScale = (): number => (Number(document.documentElement.dataset.scale) || usualScale) / 100;

/** A distance on the screen in the page's own pixels. */
export const pagePx = (screenPx: number): number => screenPx / pageScale();

/** For what is drawn by hand and has to be drawn anew at another scale. */
export const useScale = (): number => (useSettings().data?.interfaceScalePercent ?? usualScale) / 100;
