/** The shelf of prepared takes: play exactly what would be sent, order one or many, save a copy, or take it off the shelf. */

import { ActionIcon, Button, Checkbox, Skeleton, Tooltip } from '@mantine/core';
import { IconDownload, IconPackage, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Prepared } from '../../../shared/contract/media.ts';
import { mediaUrl } from '../../../shared/media/mediaUrl.ts';
import { formatSeconds } from '../../../shared/time/duration.ts';
import { shownText, withoutHidden } from '../../../shared/words/shownText.ts';
import { useCommand, useCommandMutation } from '../../bridge/queries.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import screenClasses from '../../components/Screen.module.css';
import { ScreenHeader } from '../../components/ScreenHeader.tsx';
import { formatBytes, formatRate, formatWhen } from '../../format/units.ts';
import { clipOfTake } from '../../state/matrix/matrix.ts';
import { addToMatrix } from '../../state/matrix/matrixStore.ts';
import { useDraft, useDraftDispatch } from '../../state/order/draftStore.ts';
import { notifyError } from '../../state/shell/notify.tsx';
import { goTo, hrefOf } from '../../state/shell/route.ts';
import { useTexts } from '../../text/i18n.ts';

export function PreparedScreen() {
  const { t } = useTexts();
  const takes = useCommand('prepared.list', {});
  const kept = takes.data?.filter((take) => take.isKept);
  const [selected, setSelected] = useState<readonly string[]>([]);
  const { imageId } = useDraft();
  const chosen = (kept ?? []).filter((take) => selected.includes(take.id));
  const select = (id: string) =>
    setSelected(selected.includes(id) ? selected.filter((other) => other !== id) : [...selected, id]);
  const order = (ordered: readonly Prepared[]) =>
    addToMatrix(
      {
        clips: ordered.flatMap((take) => clipOfTake(take) ?? []),
        imageIds: imageId === null ? [] : [imageId],
      },
      { isOnlyPicked: true },
    );
  return (
    <div className={screenClasses.screen}>
      <ScreenHeader title={t('create.shelf.title')}>
        {chosen.length > 0 ? (
          <Button onClick={() => order(chosen)}>{t('create.shelf.orderSelected', { number: chosen.length })}</Button>
        ) : null}
      </ScreenHeader>
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
            <Take
              key={take.id}
              take={take}
              isSelected={selected.includes(take.id)}
              onSelect={() => select(take.id)}
              onOrder={() => order([take])}
            />
          ))}
        </ul>
      </div>
    </div>
  );
}

interface TakeProps {
  take: Prepared;
  isSelected: boolean;
  onSelect: () => void;
  onOrder: () => void;
}

function Take({ take, isSelected, onSelect, onOrder }: TakeProps) {
  const { t, language } = useTexts();
  const remove = useCommandMutation('prepared.remove');
  const dispatch = useDraftDispatch();
  const { output, target, trim, preset, crop = null, pad = null, soundTrack = null } = take.plan;
  const use = () => {
    dispatch({ type: 'setVideo', videoId: take.assetId, trim, crop, pad, soundTrack });
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
        {target === 'element' ? (
          <span className={screenClasses.cardTitle} title={shownText(take.assetName)}>
            {shownText(take.assetName)}
          </span>
        ) : (
          <Checkbox
            size="xs"
            label={shownText(take.assetName)}
            aria-label={t('create.shelf.select', { name: take.assetName })}
            classNames={{ label: screenClasses.cardTitle }}
            checked={isSelected}
            onChange={onSelect}
          />
        )}
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
          {target === 'element' ? null : (
            <Button variant="light" px="xs" onClick={onOrder}>
              {t('create.shelf.order')}
            </Button>
          )}
          <Button variant="default" px="xs" onClick={use}>
            {t('create.shelf.use')}
          </Button>
          <span className={screenClasses.grow} />
          <Tooltip label={t('create.shelf.saveCopy')}>
            <ActionIcon
              component="a"
              href={mediaUrl('prepared', take.id)}
              download={`${withoutHidden(take.assetName).replace(/\.[^.]+$/, '')} prepared.mp4`}
              aria-label={t('create.shelf.saveCopy')}
            >
              <IconDownload size={16} />
            </ActionIcon>
          </Tooltip>
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
