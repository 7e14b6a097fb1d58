/** Tells of results and of jobs that need a person by the system's notifications, while no window of ours has the focus. */
import { BrowserWindow, Notification } from 'electron';
import type { HostMessage } from '../../../shared/contract/hostMessages.ts';
import { createNewsGatherer, type OutsideNews, wordNews } from '../../../shared/outsideNews.ts';
import type { Logger } from '../../services.ts';
import { startTimer } from '../../storage/clock.ts';
import type { PageBackend } from '../pageBackend.ts';
import type { HostSettings } from './hostSettings.ts';

interface TellOptions {
  settings: HostSettings;
  logger: Logger;
  /** A person clicked on it. */
  onClick: (news: OutsideNews) => void;
}

export async function tellOutside(backend: Pick<PageBackend, 'call' | 'on'>, options: TellOptions): Promise<void> {
  if (!Notification.isSupported()) return;
  // One that nobody holds would lose its click with the next collection of garbage.
  const shown = new Set<Notification>();

  function tell(news: OutsideNews): void {
    const t = options.settings.t();
    const notification = new Notification(wordNews(news, t as unknown as Parameters<typeof wordNews>[1]));
    shown.add(notification);
    notification.on('click', () => options.onClick(news));
    notification.on('close', () => shown.delete(notification));
    // macOS shows none of an app that is not signed.
    notification.on('failed', (_event, error) => {
      shown.delete(notification);
      options.logger.warn('notification.failed', { error });
    });
    notification.show();
  }

  const news = createNewsGatherer({
    isWanted: (kind) => options.settings.get()?.notifications[kind] ?? false,
    isWatched: () => BrowserWindow.getFocusedWindow() !== null,
    tell,
    later: (work, ms) => void startTimer(work, ms).unref(),
  });
  const jobs = await backend.call('jobs.list', {});
  if (jobs.ok) news.know(jobs.value);
  backend.on('jobs.changed', (change) => news.changed(change.jobs));
  backend.on('jobs.linkAlarm', ({ id }) => news.linkDies(id));
}

/** What is shown to who clicks: a result itself where there is one, a job in the queue, the list where there are several. */
export function placeOf({ kind, jobs }: OutsideNews): HostMessage {
  const job = jobs.length === 1 ? jobs[0] : undefined;
  const itemId = kind === 'finished' ? (job?.resultItemId ?? null) : null;
  return { kind: 'show', screen: kind === 'finished' ? 'library' : 'queue', jobId: job?.id ?? null, itemId };
}
