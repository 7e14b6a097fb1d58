/** A section that the address names: searching gives way, the section comes to the top, and the keys go on at its title. */
import { type RefObject, useEffect } from 'react';
import { reachPart, usePart } from '../../state/shell/route.ts';
import { settingsSections } from './settingsSections.ts';

/** What is searched for may hide it: `onClear` ends that first. */
export function useAskedSection(
  scroller: RefObject<HTMLElement | null>,
  { typed, onClear }: { typed: string; onClear: () => void },
): void {
  const part = usePart();
  const asked = settingsSections.find((id) => id === part);
  useEffect(() => {
    if (asked === undefined) return;
    if (typed !== '') return onClear();
    const section = scroller.current?.querySelector<HTMLElement>(`[data-section="${asked}"]`);
    const title = section?.querySelector<HTMLElement>('h3');
    section?.scrollIntoView({ block: 'start' });
    title?.focus({ preventScroll: true });
    reachPart();
  }, [asked, typed, onClear, scroller]);
}
