/** The question about a lost answer, asked so that a tired person answers right: what each choice may cost stands beside it, and nothing is preselected. */
import { Button, Group, Loader, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { CommandInput } from '../../../shared/contract/index.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { useCommand, useCommandMutation } from '../../bridge/queries.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { formatWhen } from '../../format/units.ts';
import { notifyError } from '../../state/shell/notify.tsx';
import { useTexts } from '../../text/i18n.ts';
import classes from './Queue.module.css';

type Choice = CommandInput<'jobs.resolveOutcome'>['choice'];

function choiceOf(value: string): Choice {
  if (value === 'resend' || value === 'giveUp') return { kind: value };
  return { kind: 'task', taskId: value.slice('task:'.length) };
}

/** As the provider calls what has not ended; its other words are ours too. */
const underWay: readonly string[] = ['pending', 'processing'];

export function OutcomeDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const { t, find, language } = useTexts();
  const candidates = useCommand('jobs.outcomeCandidates', { id: job.id });
  const resolve = useCommandMutation('jobs.resolveOutcome');
  const [value, setValue] = useState('');
  const decide = () =>
    resolve.mutate(
      { id: job.id, choice: choiceOf(value) },
      { onSuccess: onClose, onError: (error) => notifyError(error) },
    );
  const tasks = (candidates.data ?? []).map((task) => ({
    value: `task:${task.taskId}`,
    label: t('queue.outcome.isTask'),
    detail: t('queue.outcome.task', {
      taskId: task.taskId,
      status: find(`jobs.state.${underWay.includes(task.status) ? 'running' : task.status}`) ?? task.status,
      when: task.createdAt === '' ? '–' : formatWhen(task.createdAt, language),
    }),
    hint: t('queue.outcome.isTaskHint'),
  }));
  const choices = [
    ...tasks,
    { value: 'resend', label: t('queue.outcome.resend'), detail: null, hint: t('queue.outcome.resendHint') },
    { value: 'giveUp', label: t('queue.outcome.giveUp'), detail: null, hint: t('queue.outcome.giveUpHint') },
  ];
  return (
    <Dialog onClose={onClose} size="lg" title={t('queue.outcome.title')} isFirm>
      <Stack gap="sm">
        <Text>{t('queue.outcome.intro')}</Text>
        {candidates.isFetching ? (
          <Group gap="xs" role="status">
            <Loader size="xs" />
            {t('queue.outcome.search')}
          </Group>
        ) : null}
        {candidates.isError ? <ErrorNote error={candidates.error} /> : null}
        {candidates.data?.length === 0 ? <Text c="dimmed">{t('queue.outcome.none')}</Text> : null}
        <Radio.Group value={value} onChange={setValue} aria-label={t('queue.outcome.title')}>
          <Stack gap="xs">
            {choices.map((choice) => (
              <div key={choice.value} className={classes.choice} data-checked={value === choice.value}>
                <Radio
                  value={choice.value}
                  label={choice.label}
                  description={
                    <>
                      {choice.detail ? <div className="mono">{choice.detail}</div> : null}
                      {choice.hint}
                    </>
                  }
                />
              </div>
            ))}
          </Stack>
        </Radio.Group>
        <Group justify="space-between">
          <Button variant="subtle" onClick={() => void candidates.refetch()}>
            {t('queue.outcome.refresh')}
          </Button>
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('app.action.cancel')}
            </Button>
            <Button disabled={value === ''} loading={resolve.isPending} onClick={decide}>
              {t('queue.outcome.confirm')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Dialog>
  );
}
