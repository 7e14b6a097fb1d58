/** Gives the focus back to where it was when a dialog that exists only while it is open goes away. */
import { useEffect, useRef, useState } from 'react';

export function useReturnFocus(): void {
  // While rendering for the first time: afterwards the dialog has taken the focus.
  const [before] = useState(() => document.activeElement);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    clearTimeout(timer.current);
    return () => {
      timer.current = setTimeout(() => {
        // Whoever took the focus in the meantime keeps it.
        const isFree = document.activeElement === null || document.activeElement === document.body;
        if (isFree && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
      }, 0);
    };
  }, [before]);
}
