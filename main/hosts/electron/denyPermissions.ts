/** Stops camera, microphone, location, devices and the rest: Restage asks for none, so whoever asks is not Restage. */
import type { Session } from 'electron';
import { isOurPage } from './senderGuard.ts';

/** Writing text that a person copies, and a player that fills the screen. */
const allowed: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, decide) => {
    decide(allowed.has(permission) && isOurPage(contents.getURL()));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => allowed.has(permission) && isOurPage(origin));
  session.setDevicePermissionHandler(() => false);
}
