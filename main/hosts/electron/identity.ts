/** Who the app is to the system: the names by which taskbars, docks and notification centres know a window as Restage's. Before ready. */
import { app } from 'electron';

/** `appId` of the packages: shortcuts carry it, and Windows groups windows and shows notifications by it. */
export const appId = 'example.restage.app';
/** The desktop file that packages install; Wayland and X11 find name and icon by it. */
export const desktopName = 'restage.desktop';

export function installIdentity(platform: NodeJS.Platform): void {
  if (platform === 'win32') app.setAppUserModelId(appId);
  if (platform === 'linux') app.setDesktopName(desktopName);
}
