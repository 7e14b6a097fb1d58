/** The job's log, newest last, as it is written. */

import { Drawer, Text } from '@mantine/core';
import type { Job } from '../../../shared/contract/jobs.ts';
import { shownText } from '../../../shared/words/shownText.ts';
import { useCommand } from '../../bridge/queries.ts';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { type Texts, useTexts } from '../../text/i18n.ts';
import classes from './Queue.module.css';

export function LogDrawer({ job, onClose }: { job: Job | null; onClose: () => void }) {
  const { t, find, language } = useTexts();
  const log = useCommand('jobs.log', { id: job?.id ?? '' }, job !== null);
  return (
    <Drawer
      opened={job !== null}
      onClose={onClose}
      position="right"
      size={480}
      title={t('queue.log.title')}
      closeButtonProps={{ 'aria-label': t('app.action.close') }}
    >
      {job ? (
        <Text c="dimmed" mb="sm">
          {t('queue.log.id', { id: job.id })}
          {job.taskId ? <span> · {t('queue.log.task', { id: job.taskId })}</span> : null}
        </Text>
      ) : null}
      {log.isError ? <ErrorNote error={log.error} onRetry={() => void log.refetch()} /> : null}
      {log.data?.length === 0 ? <Text>{t('queue.log.empty')}</Text> : null}
      <div className={classes.log} role="log">
        {log.data?.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a log only grows at its end
          <div key={index} className={classes.logLine}>
            <time className="tabular" dateTime={line.at}>
              {new Date(line.at).toLocaleTimeString(language)}
            </time>
            <div>
              {eventText(line.event, find)} <div className={classes.logDetail}>{shownText(line.detail)}</div>
            </div>
          </div>
        ))}
      </div>
    </Drawer>
  );
}

/** A move from state to state, what a job came to wait for, or something that was done: in words where there are some. */
function eventText(event: string, find: Texts['find']): string {
  const waiting = /^waiting:(\w+)$/.exec(event)?.[1];
  if (waiting) return find(`jobs.waiting.${waiting}.label`) ?? event;
  const states = event.split(' → ');
  if (states.length === 2) return states.map((state) => find(`jobs.state.${state}`) ?? state).join(' → ');
  return find(`queue.log.event.${event}`) ?? event;
}
