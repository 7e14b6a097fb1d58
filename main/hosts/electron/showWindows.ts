/** Opens the window, brings it to the front for a second start, and opens it anew when macOS asks. Answers how to do so for other reasons. */
import { app, BrowserWindow } from 'electron';
import { openWindow, type WindowOptions } from './window.ts';

export function showWindows(options: WindowOptions): () => void {
  const show = () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) {
      openWindow(options);
      return;
    }
    if (window.isMinimized()) window.restore();
    window.focus();
  };
  app.on('second-instance', show);
  app.on('activate', show);
  show();
  return show;
}
