/** Opens the window, brings it to the front, and opens it anew when macOS asks. Answers how to do so for other reasons. */
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
    window.show();
    window.focus();
  };
  app.on('activate', show);
  show();
  return show;
}
