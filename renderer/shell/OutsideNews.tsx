/** Listens for news while the page is there, and shows them as the browser's notifications. Draws nothing. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Settings } from '../../shared/contract/app.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { createNewsGatherer, wordNews } from '../../shared/outsideNews.ts';
import { commandQuery, jobsInput, useSettings } from '../bridge/queries.ts';
import { goTo } from '../state/shell/route.ts';
import { useTexts } from '../text/i18n.ts';

export function OutsideNews() {
  const client = useQueryClient();
  const { find } = useTexts();
  const wanted = useSettings().data?.notifications;
  const current = useRef<{ find: typeof find; wanted: Settings['notifications'] | undefined }>({ find, wanted });
  current.current = { find, wanted };

  useEffect(() => {
    let isHere = true;
    const gatherer = createNewsGatherer({
      isWanted: (kind) => current.current.wanted?.[kind] ?? false,
      isWatched: () => !isHere || document.hasFocus(),
      later: (work, ms) => void setTimeout(work, ms),
      tell: (news) => {
        const { title, body } = wordNews(news, (key, params) => current.current.find(key, params) ?? '');
        // Several windows of one page tell the same: the tag makes it one.
        const tag = `${news.kind} ${news.jobs.map(({ id }) => id).join(' ')}`;
        new Notification(title, { body, tag }).onclick = () => {
          window.focus();
          goTo(news.kind === 'finished' ? 'library' : 'queue');
        };
      },
    });
    const know = (jobs: readonly Job[]) => isHere && gatherer.know(jobs);
    void client.ensureQueryData(commandQuery('jobs.list', jobsInput)).then(know, () => undefined);
    const stops = [
      window.restage.on('jobs.changed', ({ jobs }) => gatherer.changed(jobs)),
      window.restage.on('jobs.linkAlarm', ({ id }) => gatherer.linkDies(id)),
    ];
    return () => {
      isHere = false;
      for (const stop of stops) stop();
    };
  }, [client]);
  return null;
}
