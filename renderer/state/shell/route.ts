/** Which screen is shown, kept in the address's hash: a reload stays where it was, and links are real links. */
import { useSyncExternalStore } from 'react';

export const screens = ['create', 'matrix', 'prepared', 'queue', 'library', 'elements', 'spend', 'settings'] as const;
export type Screen = (typeof screens)[number];

function screenOf(hash: string): Screen {
  const name = hash.replace(/^#\/?/, '').split('/')[0];
  return screens.find((screen) => screen === name) ?? 'create';
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

export function hrefOf(screen: Screen): string {
  return `#/${screen}`;
}

export function goTo(screen: Screen): void {
  window.location.hash = `/${screen}`;
}

/** A screen and a place on it, which it goes to when it is there. */
export function goToPart(screen: Screen, part: string): void {
  window.location.hash = `/${screen}/${part}`;
}

/** The place on the screen that was asked for, until it is reached. */
export function usePart(): string | null {
  return useSyncExternalStore(subscribe, () => window.location.hash.split('/')[2] ?? null);
}

/** The address is the screen's again, so that the same place can be asked for once more. */
export function reachPart(): void {
  window.history.replaceState(null, '', hrefOf(screenNow()));
  // Nobody is told of a replaced address.
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

/** Outside of what is drawn. */
export const screenNow = (): Screen => screenOf(window.location.hash);

export function useScreen(): Screen {
  return useSyncExternalStore(subscribe, () => screenOf(window.location.hash));
}
