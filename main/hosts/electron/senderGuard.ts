/** Whether an IPC message comes from our page. Stops frames, and pages that were navigated elsewhere, from speaking to the app. */
import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { pageUrl } from './appScheme.ts';

/** The main frame of a window that shows our own origin; a frame that is gone (null) is nobody. */
export function isFromOurPage(event: Pick<IpcMainInvokeEvent | IpcMainEvent, 'senderFrame'>): boolean {
  try {
    const frame = event.senderFrame;
    if (frame === null || frame.parent !== null) return false;
    return isOurPage(frame.url);
  } catch {
    return false; // a frame that is torn down throws on every question
  }
}

/** Custom schemes have an opaque `origin` in Node's URL, so scheme and host are compared. */
export function isOurPage(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host } = new URL(url);
  const own = new URL(pageUrl);
  return protocol === own.protocol && host === own.host;
}
