/** Stops `window.open` and `target=_blank`: a second window would have its own options, and could show anything. */
import { app } from 'electron';

export function denyWindows(): void {
  app.on('web-contents-created', (_event, contents) => contents.setWindowOpenHandler(() => ({ action: 'deny' })));
}
