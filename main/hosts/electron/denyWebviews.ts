/** Stops `<webview>`: a guest page that could be given a preload and Node of an attacker's choosing. */
import { app } from 'electron';

export function denyWebviews(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}
