/** How wide a person has made the panels at the side, on this machine. A panel that is not named is as wide as the style sheet says. */
import type { CSSProperties } from 'react';
import { create } from 'zustand';

export const panelNames = ['character', 'recipe', 'opened'] as const;
export type PanelName = (typeof panelNames)[number];
export type PanelWidths = Readonly<Partial<Record<PanelName, number>>>;

const storageKey = 'restage.panels';

/** What was kept by another version, or by hand, is taken over as far as it makes sense. */
export function readPanelWidths(kept: unknown): PanelWidths {
  const entries = typeof kept === 'object' && kept !== null ? Object.entries(kept) : [];
  return Object.fromEntries(
    entries.filter(
      ([name, widthPx]) => panelNames.some((known) => known === name) && Number.isFinite(widthPx) && widthPx > 0,
    ),
  );
}

function keptWidths(): PanelWidths {
  try {
    return readPanelWidths(JSON.parse(localStorage.getItem(storageKey) ?? '{}'));
  } catch {
    return {};
  }
}

export const usePanelWidths = create<{ widths: PanelWidths }>()(() => ({ widths: keptWidths() }));

/** Null: as the style sheet says. */
export function setPanelWidth(name: PanelName, widthPx: number | null): void {
  const { [name]: _before, ...others } = usePanelWidths.getState().widths;
  const widths = widthPx === null ? others : { ...others, [name]: Math.round(widthPx) };
  usePanelWidths.setState({ widths });
  try {
    localStorage.setItem(storageKey, JSON.stringify(widths));
  } catch {
    // They are then as usual after a restart.
  }
}

/** For what the panels lie in: `--panel-<name>` where a person has set one, which takes the place of the usual width. */
export function usePanelStyle(): CSSProperties {
  const widths = usePanelWidths((state) => state.widths);
  return Object.fromEntries(Object.entries(widths).map(([name, widthPx]) => [`--panel-${name}`, `${widthPx}px`]));
}
