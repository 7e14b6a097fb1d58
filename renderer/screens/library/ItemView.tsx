/** An opened result: player, rating, where it lies, and the recipe that made it. */

import { Alert, Button, Group, Rating, Skeleton, Textarea, TextInput } from '@mantine/core';
import { IconCopy, IconFileOff, IconFolder, IconRepeat, IconTrash } from '@tabler/icons-react';
import { type RefObject, useRef } from 'react';
import type { LibraryItem } from '../../../shared/contract/library.ts';
import { mediaUrl } from '../../../shared/media/mediaUrl.ts';
import { shownText } from '../../../shared/words/shownText.ts';
import { useCommand, useCommandMutation } from '../../bridge/queries.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { useLoadRecipe } from '../../components/useLoadRecipe.tsx';
import { useTexts } from '../../i18n.ts';
import { useDialogKeys } from '../../keys/useKeys.ts';
import type { ItemPatch } from '../../state/library/libraryHistory.ts';
import { notifyDone, notifyError } from '../../text/notify.tsx';
import { ItemFacts } from './ItemFacts.tsx';
import classes from './Library.module.css';
import { useLibraryEdits } from './useLibraryEdits.tsx';
import { useLookAgain } from './useLookAgain.ts';

export function ItemView({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTexts();
  const query = useCommand('library.get', { id });
  const { look, isLooking } = useLookAgain();
  const item = query.data;
  const video = useRef<HTMLVideoElement>(null);
  return (
    <Dialog
      onClose={onClose}
      size="min(1400px, 94vw)"
      title={item ? shownText(item.name) : t('library.title')}
      styles={{ body: { height: 'min(760px, calc(88vh - 60px))' } }}
    >
      {/* The focus rests here, not on Close: Space means the player, and digits the stars, of what is seen. */}
      <div className={classes.opened} tabIndex={-1} data-autofocus>
        {query.isError ? <ErrorNote error={query.error} onRetry={() => void query.refetch()} /> : null}
        {query.isPending ? <Skeleton height={320} /> : null}
        {item ? <Opened item={item} video={video} look={look} isLooking={isLooking} onClose={onClose} /> : null}
      </div>
    </Dialog>
  );
}

interface OpenedProps extends ReturnType<typeof useLookAgain> {
  item: LibraryItem;
  video: RefObject<HTMLVideoElement | null>;
  onClose: () => void;
}

function Opened({ item, video, look, isLooking, onClose }: OpenedProps) {
  const { t } = useTexts();
  useItemKeys(item, video, onClose);
  return (
    <div className={classes.view} data-testid="library-item">
      <div className={classes.player}>
        {item.state === 'present' ? (
          // biome-ignore lint/a11y/useMediaCaption: a generated clip has no captions
          <video
            ref={video}
            src={mediaUrl('library', item.id)}
            controls
            autoPlay
            loop
            aria-label={t('library.player', { name: item.name })}
          />
        ) : (
          <div className={classes.lost}>
            <Alert color="yellow" icon={<IconFileOff />} title={t('library.missing')}>
              {t('library.missingText', { file: item.file })}
              <Group mt="sm">
                <Button variant="default" loading={isLooking} onClick={look}>
                  {t('library.lookAgain')}
                </Button>
              </Group>
            </Alert>
          </div>
        )}
      </div>
      <div className={classes.side}>
        <ItemActions item={item} onClose={onClose} />
        <ItemEditor item={item} />
        <ItemFacts item={item} />
      </div>
    </div>
  );
}

/** The keys of the grid mean the result that is open, never the one behind it. */
function useItemKeys(item: LibraryItem, video: RefObject<HTMLVideoElement | null>, onClose: () => void): void {
  const { update, trash, undo, redo } = useLibraryEdits();
  const rate = (rating: number) => () => update(item, { rating });
  useDialogKeys({
    undo: () => void undo(),
    redo: () => void redo(),
    playPause: () => {
      const player = video.current;
      if (!player) return;
      if (player.paused) player.play().catch(() => undefined);
      else player.pause();
    },
    ...{ rate0: rate(0), rate1: rate(1), rate2: rate(2), rate3: rate(3), rate4: rate(4), rate5: rate(5) },
    trash: () => {
      trash(item);
      onClose();
    },
  });
}

function ItemActions({ item, onClose }: { item: LibraryItem; onClose: () => void }) {
  const { t } = useTexts();
  const loadRecipe = useLoadRecipe();
  const capabilities = useCommand('app.info', {}).data?.capabilities;
  const reveal = useCommandMutation('library.reveal');
  const { trash } = useLibraryEdits();
  const { recipe } = item;
  const copy = () =>
    void navigator.clipboard
      .writeText(item.file)
      .then(() => notifyDone((t) => t('library.pathCopied')))
      .catch((error: unknown) => notifyError(error));
  const useAgain = () => {
    if (recipe?.kind !== 'motion') return;
    onClose();
    loadRecipe(recipe);
  };
  return (
    <Group gap="xs">
      <Button leftSection={<IconRepeat size={14} />} onClick={useAgain}>
        {t('library.useAgain')}
      </Button>
      <Button variant="default" leftSection={<IconCopy size={14} />} onClick={copy}>
        {t('library.copyPath')}
      </Button>
      {capabilities?.reveal ? (
        <Button
          variant="default"
          leftSection={<IconFolder size={14} />}
          onClick={() => reveal.mutate({ id: item.id }, { onError: (error) => notifyError(error) })}
        >
          {t('library.reveal')}
        </Button>
      ) : null}
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconTrash size={14} />}
        onClick={() => {
          trash(item);
          onClose();
        }}
      >
        {t('library.toTrash')}
      </Button>
    </Group>
  );
}

/** Name, stars, tags, note: saved when the field is left. */
function ItemEditor({ item }: { item: LibraryItem }) {
  const { t } = useTexts();
  const { update } = useLibraryEdits();
  const save = (patch: ItemPatch) => update(item, patch);
  return (
    <>
      <Rating
        value={item.rating}
        onChange={(rating) => save({ rating })}
        getSymbolLabel={(value) => t('library.stars', { number: value })}
        aria-label={t('library.rating')}
      />
      <TextInput
        // What is undone or changed elsewhere is shown.
        key={`name ${item.id} ${item.name}`}
        label={t('library.name')}
        defaultValue={item.name}
        onBlur={(event) => {
          const name = event.currentTarget.value.trim();
          if (name && name !== item.name) save({ name });
        }}
      />
      <TextInput
        key={`tags ${item.id} ${item.tags.join()}`}
        label={t('library.tags')}
        placeholder={t('library.tagsHint')}
        defaultValue={item.tags.join(', ')}
        onBlur={(event) => {
          const tags = event.currentTarget.value
            .split(/[,、，]/)
            .map((tag) => tag.trim())
            .filter(Boolean);
          if (tags.join() !== item.tags.join()) save({ tags });
        }}
      />
      <Textarea
        key={`note ${item.id} ${item.note}`}
        label={t('library.note')}
        autosize
        minRows={2}
        defaultValue={item.note}
        onBlur={(event) => {
          if (event.currentTarget.value !== item.note) save({ note: event.currentTarget.value });
        }}
      />
    </>
  );
}
