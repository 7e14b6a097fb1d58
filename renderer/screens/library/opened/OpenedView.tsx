/** An opened result over the whole window: its player with the reference on the same clock, what is thought of it, and the recipe that made it. */
import { Skeleton } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { shownText } from '../../../../shared/words/shownText.ts';
import { commandQuery, useCommand } from '../../../bridge/queries.ts';
import { Dialog } from '../../../components/Dialog.tsx';
import { ErrorNote } from '../../../components/ErrorNote.tsx';
import { useTexts } from '../../../text/i18n.ts';
import { keysBack } from '../keysBack.ts';
import classes from './Opened.module.css';
import { Opened } from './Opened.tsx';

/** Where the result stands in the list that it was opened from. */
export interface ListPlace {
  previousId: string | null;
  nextId: string | null;
  /** Counted from 1. */
  position: number;
  total: number;
}

interface OpenedViewProps {
  id: string;
  place: ListPlace | null;
  /** Something else lies over it and has the keys. */
  isCovered: boolean;
  onOpen: (id: string) => void;
  onClose: () => void;
}

export function OpenedView({ id, place, isCovered, onOpen, onClose }: OpenedViewProps) {
  const { t } = useTexts();
  const query = useCommand('library.get', { id });
  usePrefetched([place?.previousId ?? null, place?.nextId ?? null]);
  const item = query.data;
  return (
    <Dialog
      onClose={onClose}
      fullScreen
      closeOnEscape={!isCovered}
      title={item ? shownText(item.name) : t('library.title')}
      styles={{ body: { height: 'calc(100cqh - 60px)', paddingBottom: 8 } }}
    >
      {/* The focus rests here, not on Close: Space means the player, and digits the stars, of what is seen. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: a click only gives the keys back; nothing is done by it */}
      <div className={classes.opened} tabIndex={-1} data-autofocus onClick={keysBack}>
        {query.isError ? <ErrorNote error={query.error} onRetry={() => void query.refetch()} /> : null}
        {query.isPending ? <Loading /> : null}
        {item ? (
          <Opened key={item.id} item={item} place={place} isCovered={isCovered} onOpen={onOpen} onClose={onClose} />
        ) : null}
      </div>
    </Dialog>
  );
}

/** In the shape of what comes. */
function Loading() {
  const { t } = useTexts();
  return (
    <div className={classes.view} role="status" aria-label={t('app.loading')} data-testid="opened-loading">
      <div className={classes.pictures}>
        <Skeleton style={{ flex: 1 }} />
        <Skeleton height={64} />
      </div>
      <span />
      <div className={classes.side}>
        {[28, 96, 160, 200].map((height) => (
          <Skeleton key={height} height={height} style={{ flex: 'none' }} />
        ))}
      </div>
    </div>
  );
}

/** The next one is there at once. */
function usePrefetched(ids: readonly (string | null)[]): void {
  const client = useQueryClient();
  const text = ids.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same ids are the same
  useEffect(() => {
    for (const id of ids) if (id !== null) void client.prefetchQuery(commandQuery('library.get', { id }));
  }, [client, text]);
}
