/** Stops a window from leaving our page: an injected link or a dropped file would otherwise load foreign content beside the bridge. */
import { app } from 'electron';
import { isOurPage } from './senderGuard.ts';

export function denyNavigation(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame || !isOurPage(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      if (!isOurPage(event.url)) event.preventDefault();
    });
  });
}
