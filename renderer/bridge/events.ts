/** Feeds the app's events into the query cache: the only subscriber of the page. */
import type { QueryClient } from '@tanstack/react-query';
import type { Job } from '../../shared/contract/jobs.ts';
import { jobsInput, mergeJobs } from './queries.ts';

/** Answers the unsubscribe. */
export function wireEvents(client: QueryClient): () => void {
  const { restage } = window;
  const refresh = (command: string) => void client.invalidateQueries({ queryKey: [command] });
  const stops = [
    restage.on('settings.changed', (settings) => {
      client.setQueryData(['settings.get', {}], settings);
      // Tools and folders follow from settings.
      refresh('app.info');
      refresh('library.originals');
      // So do limits and prices, and with them every verdict and estimate.
      refresh('media.check');
    }),
    restage.on('notices.changed', () => refresh('app.info')),
    restage.on('account.changed', (status) => {
      client.setQueryData(['account.status', {}], status);
      refresh('elements.list');
    }),
    restage.on('media.timelineChanged', ({ assetId, timeline }) =>
      client.setQueryData(['media.timeline', { id: assetId }], timeline),
    ),
    restage.on('media.prepareProgress', (progress) =>
      client.setQueryData(['media.prepareProgress', progress.assetId], progress.ratio),
    ),
    restage.on('handoff.conformProgress', (progress) =>
      client.setQueryData(['handoff.conformProgress', progress.taskId], progress),
    ),
    restage.on('queue.changed', (state) => client.setQueryData(['queue.get', {}], state)),
    restage.on('performances.changed', () => refresh('performances.list')),
    restage.on('prepared.changed', () => refresh('prepared.list')),
    restage.on('originals.changed', () => {
      refresh('library.originals');
      // A source that is gone may have its original now.
      refresh('assets.get');
    }),
    restage.on('library.changed', () => {
      for (const name of ['list', 'outline', 'facets', 'ids', 'sums', 'get', 'trashed']) refresh(`library.${name}`);
      // Tags, and what is kept, are the library's.
      refresh('spend.list');
    }),
    restage.on('jobs.changed', ({ jobs }) => {
      refresh('spend.list');
      client.setQueryData<Job[]>(['jobs.list', jobsInput], (known) => (known ? mergeJobs(known, jobs) : undefined));
      if (jobs.some((job) => job.recipe.kind === 'element')) refresh('elements.list');
      if (jobs.some(({ recipe }) => recipe.kind === 'motion' && recipe.part)) refresh('performances.list');
      for (const job of jobs) void client.invalidateQueries({ queryKey: ['jobs.log', { id: job.id }] });
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
