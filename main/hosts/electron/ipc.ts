/** The one channel for calls, and events back to the page. Every input is unknown until the app has parsed it. */
import { ipcMain, type WebContents } from 'electron';
import { type EventName, events } from '../../../shared/contract/index.ts';
import { electronChannels } from '../../../shared/electronChannels.ts';
import { type Result, toErrorData } from '../../../shared/errors.ts';
import { isCommand } from '../commandNames.ts';
import type { PageBackend } from '../pageBackend.ts';
import { isFromOurPage } from './senderGuard.ts';

export function installCalls(backend: Pick<PageBackend, 'call'>): void {
  ipcMain.handle(electronChannels.call, async (event, command: unknown, input: unknown): Promise<Result<unknown>> => {
    if (!isFromOurPage(event)) throw new Error('refused');
    if (typeof command !== 'string' || !isCommand(command)) {
      return { ok: false, error: { code: 'notFound', reasons: [], detail: 'There is no such command.' } };
    }
    try {
      return await backend.call(command, input as never);
    } catch (error) {
      return { ok: false, error: { code: toErrorData(error).code, reasons: [] } }; // the app answers in words; this is none of its
    }
  });
}

/** Sends every event to the page until it is gone. */
export function forwardEvents(backend: Pick<PageBackend, 'on'>, page: WebContents): void {
  const leave = (Object.keys(events) as EventName[]).map((event) =>
    backend.on(event, (payload) => {
      if (!page.isDestroyed()) page.send(electronChannels.event, event, payload);
    }),
  );
  page.once('destroyed', () => {
    for (const stop of leave) stop();
  });
}
