/**
 * Stops a window from leaving our page: an injected link or a dropped file would otherwise load foreign content beside the bridge, and
 * so would media, which share the page's origin and were made by strangers.
 */
import { app } from 'electron';
import { isOurPage } from './senderGuard.ts';

const isOurDocument = (url: string) => isOurPage(url) && !new URL(url).pathname.startsWith('/media/');

export function denyNavigation(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame || !isOurDocument(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      if (!isOurDocument(event.url)) event.preventDefault();
    });
  });
}
