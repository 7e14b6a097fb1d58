/** Which group of settings a person is looking at: the last one whose head has reached the top of the scrolled part. */
import { type RefObject, useEffect, useState } from 'react';
import { pageScale } from '../../state/shell/scale.ts';

/** A head counts as reached this far below the top. */
const REACH_PX = 80;

/** `shownCount`: how many groups there are to be seen, which changes while searching. Null: not known yet. */
export function useGroupInView(scroller: RefObject<HTMLElement | null>, shownCount: number): string | null {
  const [inView, setInView] = useState<string | null>(null);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      const groups = [...element.querySelectorAll<HTMLElement>('[data-group]:not([hidden])')].slice(0, shownCount);
      const top = element.getBoundingClientRect().top + REACH_PX * pageScale();
      const isAtEnd = element.scrollTop > 0 && element.scrollTop + element.clientHeight >= element.scrollHeight - 1;
      const reached = isAtEnd ? groups.at(-1) : groups.findLast((group) => group.getBoundingClientRect().top <= top);
      setInView((reached ?? groups[0])?.dataset.group ?? null);
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, [scroller, shownCount]);
  return inView;
}
