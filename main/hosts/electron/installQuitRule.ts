/** When the app ends: with its last window (macOS: with Quit), after the profile was let go of in order, and in any case after a while. */
import { app } from 'electron';
import { startTimer } from '../../storage/clock.ts';

/** Longer than any step of an orderly end takes; jobs are on disk at every moment. */
const deadlineMs = 15_000;

/** To be installed before anything else starts: `close` also waits for what is still being opened. */
export function installQuitRule(close: () => Promise<void>, onLate: () => void): void {
  let state: 'running' | 'closing' | 'closed' = 'running';
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    const late = startTimer(() => {
      onLate();
      app.exit(0);
    }, deadlineMs);
    const end = () => {
      clearTimeout(late);
      state = 'closed';
      app.quit();
    };
    close().then(end, end);
  });
  // `on`, not `once`: the settings store's exit hook raises a signal a second time, which must not kill the orderly end.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
}
