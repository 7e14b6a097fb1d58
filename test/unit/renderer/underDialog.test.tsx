/** A key that closes a dialog means nothing to the page behind it. */
import { afterEach, expect, it } from 'vitest';
import { isUnderDialog } from '../../../renderer/keys/underDialog.ts';

afterEach(() => document.body.replaceChildren());

it('keys: pressed while a dialog is open it belongs to that, also when it is closed before the page hears of it', () => {
  const heard: boolean[] = [];
  const listen = (event: KeyboardEvent) => heard.push(isUnderDialog(event));
  const closes = () => document.querySelector('[role="dialog"]')?.remove();
  window.addEventListener('keydown', listen);
  window.addEventListener('keydown', closes, { capture: true });
  const dialog = document.createElement('div');
  dialog.setAttribute('role', 'dialog');
  document.body.append(dialog);
  for (let n = 0; n < 2; n += 1)
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  window.removeEventListener('keydown', listen);
  window.removeEventListener('keydown', closes, { capture: true });
  expect(heard).toEqual([true, false]);
});
