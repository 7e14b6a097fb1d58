/** What the host says to its page outside the contract. What is said while no page listens waits for the next that does. */
import { ipcMain, type WebContents } from 'electron';
import type { HostMessage } from '../../../shared/contract/hostMessages.ts';
import { electronChannels } from '../../../shared/electronChannels.ts';
import { isFromOurPage } from './senderGuard.ts';

const mostWaiting = 50;

export interface PageLink {
  say(message: HostMessage): void;
  /** A page that loads anew listens no more, until it says so again. */
  watch(page: WebContents): void;
}

export function createPageLink(): PageLink {
  const waiting: HostMessage[] = [];
  let listening: WebContents | null = null;

  ipcMain.on(electronChannels.listening, (event) => {
    if (!isFromOurPage(event)) return;
    listening = event.sender;
    for (const message of waiting.splice(0)) event.sender.send(electronChannels.host, message);
  });

  return {
    say(message) {
      if (listening && !listening.isDestroyed()) listening.send(electronChannels.host, message);
      else if (waiting.length < mostWaiting) waiting.push(message);
    },
    watch(page) {
      const forget = () => {
        if (listening === page) listening = null;
      };
      page.on('did-start-loading', forget);
      page.on('render-process-gone', forget);
      page.once('destroyed', forget);
    },
  };
}
