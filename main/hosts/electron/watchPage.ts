/** A page that crashed is loaded anew, with its draft; twice in a minute it is not, and a person is asked. One that hangs can be reloaded. */
import { app, type BrowserWindow, dialog } from 'electron';
import type { Logger } from '../../services.ts';
import type { HostSettings } from './hostSettings.ts';

const againMs = 60_000;

export function watchPage(window: BrowserWindow, settings: HostSettings, logger: Logger): void {
  const { webContents } = window;
  let lastCrashMs: number | null = null;
  let question: AbortController | null = null;

  async function ask(asked: 'pageGone' | 'unresponsive', signal?: AbortSignal): Promise<void> {
    const t = settings.t();
    const buttons =
      asked === 'pageGone'
        ? [t('host.pageGone.again'), t('host.pageGone.quit')]
        : [t('host.unresponsive.reload'), t('host.unresponsive.wait')];
    const { response } = await dialog.showMessageBox(window, {
      ...{ type: 'warning', buttons, defaultId: 1, cancelId: 1 },
      message: t(`host.${asked}.title`),
      detail: t(`host.${asked}.detail`),
      ...(signal ? { signal } : {}),
    });
    if (signal?.aborted) return;
    if (response === 0) webContents.reload();
    else if (asked === 'pageGone') app.quit();
  }

  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    logger.error('page.gone', { reason, exitCode });
    const nowMs = performance.now();
    const isAgain = lastCrashMs !== null && nowMs - lastCrashMs < againMs;
    lastCrashMs = nowMs;
    if (isAgain) void ask('pageGone').catch(() => undefined);
    else webContents.reload();
  });
  window.on('unresponsive', () => {
    logger.warn('page.unresponsive');
    question = new AbortController();
    void ask('unresponsive', question.signal).catch(() => undefined);
  });
  // It answers again: the question closes by itself.
  window.on('responsive', () => question?.abort());
}

/** Helpers of Chromium and our own, when they end otherwise than they should. Chromium starts its own anew, and the GPU's in software after a few. */
export function watchChildren(logger: Logger): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode, name }) => {
    if (reason === 'clean-exit') return;
    logger.warn('child.gone', { type, reason, exitCode, name: name ?? null });
  });
}
