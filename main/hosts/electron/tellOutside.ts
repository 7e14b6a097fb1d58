/** Tells of results and of jobs that need a person by the system's notifications, while no window of ours has the focus. */
import { BrowserWindow, Notification } from 'electron';
import type { Settings } from '../../../shared/contract/app.ts';
import { createTranslator, languageOf } from '../../../shared/i18n/index.ts';
import { createNewsGatherer, type OutsideNews, wordNews } from '../../../shared/outsideNews.ts';
import { startTimer } from '../../storage/clock.ts';
import type { PageBackend } from '../pageBackend.ts';

interface TellOptions {
  locale: string;
  /** A person clicked on it. */
  onClick: () => void;
}

export async function tellOutside(backend: Pick<PageBackend, 'call' | 'on'>, options: TellOptions): Promise<void> {
  if (!Notification.isSupported()) return;
  let settings: Settings | null = null;
  // One that nobody holds would lose its click with the next collection of garbage.
  const shown = new Set<Notification>();

  function tell(news: OutsideNews): void {
    const language = settings?.language ?? 'system';
    const t = createTranslator(language === 'system' ? languageOf(options.locale) : language);
    const notification = new Notification(wordNews(news, t as unknown as Parameters<typeof wordNews>[1]));
    shown.add(notification);
    notification.on('click', options.onClick);
    notification.on('close', () => shown.delete(notification));
    notification.show();
  }

  const news = createNewsGatherer({
    isWanted: (kind) => settings?.notifications[kind] ?? false,
    isWatched: () => BrowserWindow.getFocusedWindow() !== null,
    tell,
    later: (work, ms) => void startTimer(work, ms).unref(),
  });
  backend.on('settings.changed', (changed) => {
    settings = changed;
  });
  const [jobs, stored] = await Promise.all([backend.call('jobs.list', {}), backend.call('settings.get', {})]);
  if (jobs.ok) news.know(jobs.value);
  if (stored.ok) settings ??= stored.value;
  backend.on('jobs.changed', (change) => news.changed(change.jobs));
  backend.on('jobs.linkAlarm', ({ id }) => news.linkDies(id));
}
