/**
 * Gives the keys back to the pictures after a click: Space plays again, and does not press the button or the star that was clicked last.
 * Whoever goes by keys keeps the focus where it is.
 */
import type { MouseEvent } from 'react';

const keeps = 'input:not([type="radio"], [type="checkbox"]), textarea, select, [aria-expanded], [role="slider"]';

/** `onClick` of the element that the focus rests on. */
export function keysBack(event: MouseEvent<HTMLElement>): void {
  const root = event.currentTarget;
  // A press of a key clicks too, with no pointer.
  if (event.detail === 0 || !(event.target instanceof Element) || event.target.closest(keeps)) return;
  // What is clicked, or its label's control, takes the focus after this.
  setTimeout(() => {
    const { activeElement } = document;
    const isLost = activeElement === null || activeElement === document.body;
    if (isLost || (root.contains(activeElement) && !activeElement.matches(keeps))) root.focus({ preventScroll: true });
  }, 0);
}
