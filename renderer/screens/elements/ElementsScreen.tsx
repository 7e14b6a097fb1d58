/** Custom elements: those that exist, those being made, and the form for a new one. */

import { ActionIcon, Badge, Button, Text, Tooltip } from '@mantine/core';
import { IconCopy, IconUserScan } from '@tabler/icons-react';
import type { CommandOutput } from '../../../shared/contract/index.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { isFinal } from '../../../shared/jobs/jobStates.ts';
import { mediaUrl } from '../../../shared/media/mediaUrl.ts';
import { shownText } from '../../../shared/words/shownText.ts';
import { useCommand, useJobs } from '../../bridge/queries.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import screenClasses from '../../components/Screen.module.css';
import { ScreenHeader } from '../../components/ScreenHeader.tsx';
import { formatWhen } from '../../format/units.ts';
import { usesOf } from '../../state/library/elementUses.ts';
import { useDraftDispatch } from '../../state/order/draftStore.ts';
import { notifyDone, notifyError } from '../../state/shell/notify.tsx';
import { goTo, hrefOf } from '../../state/shell/route.ts';
import { useTexts } from '../../text/i18n.ts';
import { ElementForm } from './ElementForm.tsx';
import classes from './Elements.module.css';

type Element = CommandOutput<'elements.list'>[number];

export function ElementsScreen() {
  const { t } = useTexts();
  const list = useCommand('elements.list', {});
  const jobs = useJobs().data ?? [];
  const making = jobs.filter((job) => job.recipe.kind === 'element' && !isFinal(job.state));
  const isEmpty = list.data?.length === 0 && making.length === 0;
  return (
    <div className={screenClasses.screen}>
      <ScreenHeader title={t('elements.title')}>
        <Text c="dimmed" maw={620} size="xs">
          {t('elements.about')}
        </Text>
      </ScreenHeader>
      <div className={classes.columns}>
        <div className={classes.list}>
          {list.isError ? <ErrorNote error={list.error} onRetry={() => void list.refetch()} /> : null}
          {isEmpty ? (
            <EmptyState
              icon={<IconUserScan size={48} stroke={1.2} />}
              title={t('elements.empty')}
              text={t('elements.emptyText')}
            />
          ) : null}
          <ul className={screenClasses.cards}>
            {making.map((job) =>
              job.recipe.kind === 'element' ? (
                <li key={job.id} className={screenClasses.card}>
                  <img className={screenClasses.media} src={mediaUrl('poster', job.recipe.videoId)} alt="" />
                  <div className={screenClasses.cardBody}>
                    <span className={screenClasses.cardTitle}>{shownText(job.recipe.name)}</span>
                    <span>{shownText(job.recipe.description)}</span>
                    <div className={screenClasses.cardActions}>
                      <Badge color="accent">{t('elements.making')}</Badge>
                      <span className={screenClasses.grow} />
                      <Button component="a" variant="default" href={hrefOf('queue')}>
                        {t('elements.openQueue')}
                      </Button>
                    </div>
                  </div>
                </li>
              ) : null,
            )}
            {list.data?.map((element) => (
              <ElementCard
                key={element.elementId}
                element={element}
                videoId={jobs.find((job) => job.id === element.jobId)?.recipe.videoId ?? null}
                uses={usesOf(element.elementId, jobs)}
              />
            ))}
          </ul>
        </div>
        <ElementForm />
      </div>
    </div>
  );
}

interface ElementCardProps {
  element: Element;
  videoId: string | null;
  uses: readonly Job[];
}

function ElementCard({ element, videoId, uses }: ElementCardProps) {
  const { t, language } = useTexts();
  const dispatch = useDraftDispatch();
  const use = () => {
    dispatch({ type: 'setElement', elementId: element.elementId });
    goTo('create');
  };
  const copy = () =>
    void navigator.clipboard
      .writeText(element.elementId)
      .then(() => notifyDone((t) => t('app.action.copied')))
      .catch((error: unknown) => notifyError(error));
  return (
    <li className={screenClasses.card} data-testid="element-card">
      {videoId ? <img className={screenClasses.media} src={mediaUrl('poster', videoId)} alt="" /> : null}
      <div className={screenClasses.cardBody}>
        <span className={screenClasses.cardTitle} title={shownText(element.name)}>
          {shownText(element.name)}
        </span>
        <span>{shownText(element.description)}</span>
        <span className={screenClasses.dim}>
          {t('elements.made', { when: formatWhen(element.createdAt, language) })}
        </span>
        <code className={`${classes.id} mono`} title={element.elementId}>
          {element.elementId}
        </code>
        <Uses uses={uses} />
        <div className={screenClasses.cardActions}>
          {element.isUsable ? (
            <Badge color="green">{t('elements.usable')}</Badge>
          ) : (
            <Tooltip label={t('elements.unknownHint')} multiline w={240}>
              <Badge color="gray">{t('elements.unknown')}</Badge>
            </Tooltip>
          )}
          <span className={screenClasses.grow} />
          <Tooltip label={t('elements.copyId')}>
            <ActionIcon aria-label={t('elements.copyId')} onClick={copy}>
              <IconCopy size={16} />
            </ActionIcon>
          </Tooltip>
          <Button variant="light" disabled={!element.isUsable} onClick={use}>
            {t('elements.use')}
          </Button>
        </div>
      </div>
    </li>
  );
}

/** Where it is used: the clips of its orders, the newest first. */
function Uses({ uses }: { uses: readonly Job[] }) {
  const { t } = useTexts();
  const [newest] = uses;
  if (!newest) return <span className={screenClasses.dim}>{t('elements.unused')}</span>;
  const names = [...new Set(uses.map((job) => job.videoName))];
  return (
    <a className={classes.uses} href={hrefOf('queue')} title={names.join('\n')}>
      {t('elements.used', { number: uses.length, clip: newest.videoName })}
    </a>
  );
}
