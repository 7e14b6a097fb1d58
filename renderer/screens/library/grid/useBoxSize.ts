/** The inner size of an element from its first drawing on: what is laid out by arithmetic needs it before anything is painted. */
import { type RefObject, useLayoutEffect, useState } from 'react';

export function useBoxSize(ref: RefObject<HTMLElement | null>): { widthPx: number; heightPx: number } {
  const [size, setSize] = useState({ widthPx: 0, heightPx: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const read = () => {
      const { paddingLeft, paddingRight } = getComputedStyle(element);
      const padding = (Number.parseFloat(paddingLeft) || 0) + (Number.parseFloat(paddingRight) || 0);
      const now = { widthPx: element.clientWidth - padding, heightPx: element.clientHeight };
      setSize((was) => (was.widthPx === now.widthPx && was.heightPx === now.heightPx ? was : now));
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}
