/**
 * Keeps the keys inside a dialog whose focused control has gone: a button that became disabled or was taken away leaves the focus to the page
 * behind, where Tab would walk under the overlay. The next key finds the dialog again.
 */
import { type RefObject, useEffect, useRef } from 'react';

export function useKeptFocus(): RefObject<HTMLDivElement | null> {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isLost = document.activeElement === null || document.activeElement === document.body;
      if (!isLost) return;
      const dialogs = root.current?.querySelectorAll<HTMLElement>('[role="dialog"]') ?? [];
      const dialog = [...dialogs].at(-1);
      if (!dialog) return;
      dialog.focus({ preventScroll: true });
      // Tab goes on from the beginning of the dialog, not from the page.
      if (event.key === 'Tab') {
        event.preventDefault();
        dialog
          .querySelector<HTMLElement>('button:not(:disabled), input:not(:disabled), select, textarea, a[href]')
          ?.focus();
      }
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
  return root;
}
