/** The shelf of prepared takes: play exactly what would be sent, use it, or take it off the shelf. */
import { ActionIcon, Button, Skeleton, Tooltip } from '@mantine/core';
import { IconPackage, IconTrash } from '@tabler/icons-react';
import type { Prepared } from '../../../shared/contract/media.ts';
import { mediaUrl } from '../../../shared/mediaUrl.ts';
import { useCommand, useCommandMutation } from '../../bridge/queries.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import screenClasses from '../../components/Screen.module.css';
import { ScreenHeader } from '../../components/ScreenHeader.tsx';
import { formatBytes, formatRate, formatSeconds, formatWhen } from '../../format/units.ts';
import { useTexts } from '../../i18n.ts';
import { useDraftDispatch } from '../../state/draftStore.ts';
import { goTo, hrefOf } from '../../state/route.ts';
import { useNotifyError } from '../../text/notify.tsx';

export function PreparedScreen() {
  const { t } = useTexts();
  const takes = useCommand('prepared.list', {});
  const kept = takes.data?.filter((take) => take.isKept);
  return (
    <div className={screenClasses.screen}>
      <ScreenHeader title={t('create.shelf.title')} />
      <div className={screenClasses.content}>
        {takes.isError ? <ErrorNote error={takes.error} onRetry={() => void takes.refetch()} /> : null}
        {takes.isPending ? <Skeleton height={220} width={280} radius="md" /> : null}
        {kept?.length === 0 ? (
          <EmptyState
            icon={<IconPackage size={48} stroke={1.2} />}
            title={t('create.shelf.empty')}
            text={t('create.shelf.emptyText')}
          >
            <Button component="a" href={hrefOf('create')}>
              {t('create.shelf.toCreate')}
            </Button>
          </EmptyState>
        ) : null}
        <ul className={screenClasses.cards}>
          {kept?.map((take) => (
            <Take key={take.id} take={take} />
          ))}
        </ul>
      </div>
    </div>
  );
}

function Take({ take }: { take: Prepared }) {
  const { t, language } = useTexts();
  const notifyError = useNotifyError();
  const remove = useCommandMutation('prepared.remove');
  const dispatch = useDraftDispatch();
  const { output, target, trim, preset } = take.plan;
  const use = () => {
    dispatch({ type: 'setVideo', videoId: take.assetId, trim });
    dispatch({ type: 'patch', patch: { preset, orientation: target === 'motion-image' ? 'image' : 'video' } });
    goTo('create');
  };
  return (
    <li className={screenClasses.card} data-testid="prepared-card">
      {/* biome-ignore lint/a11y/useMediaCaption: a reference clip has no captions */}
      <video
        className={screenClasses.media}
        src={mediaUrl('prepared', take.id)}
        controls
        preload="metadata"
        aria-label={t('create.shelf.play', { name: take.assetName })}
      />
      <div className={screenClasses.cardBody}>
        <span className={screenClasses.cardTitle} title={take.assetName}>
          {take.assetName}
        </span>
        <span className="tabular">
          {output.width} × {output.height} · {formatRate(output.frameRate, language)} fps ·{' '}
          {formatSeconds(output.durationSeconds, language)} · {formatBytes(take.sizeBytes, language)}
        </span>
        <span className={screenClasses.dim}>
          {t(`create.shelf.target.${target}`)} · {t(output.hasAudio ? 'create.shelf.sound' : 'create.shelf.silent')}
        </span>
        <span className={screenClasses.dim}>
          {t('create.shelf.made', { when: formatWhen(take.createdAt, language) })}
        </span>
        <div className={screenClasses.cardActions}>
          <Button variant="light" onClick={use}>
            {t('create.shelf.use')}
          </Button>
          <span className={screenClasses.grow} />
          <Tooltip label={t('create.shelf.remove')}>
            <ActionIcon
              aria-label={t('create.shelf.remove')}
              loading={remove.isPending}
              onClick={() => remove.mutate({ id: take.id }, { onError: (error) => notifyError(error) })}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Tooltip>
        </div>
      </div>
    </li>
  );
}
