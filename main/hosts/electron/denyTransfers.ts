/**
 * Stops what a page could make the program fetch or show of the person: downloads to disk, a certificate of the person's own offered to a server
 * (Electron would send the first one by itself), and a server whose certificate is not valid. The page loads nothing from the network, so each
 * of these is somebody else's doing.
 */
import type { App } from 'electron';

/** Before Electron is ready: sessions that come later are covered too. */
export function denyTransfers(app: Pick<App, 'on'>): void {
  app.on('session-created', (session) => {
    session.on('will-download', (event) => event.preventDefault());
  });
  app.on('select-client-certificate', (event, _contents, _url, _certificates, choose) => {
    event.preventDefault();
    choose();
  });
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, trust) => {
    event.preventDefault();
    trust(false);
  });
  app.on('login', (event, _contents, _details, _auth, answer) => {
    event.preventDefault();
    answer();
  });
}
