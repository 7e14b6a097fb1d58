/** Going through results one by one over the whole window: pick, reject, stars, and the next one comes by itself. */
import { Progress, Skeleton } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { LibraryFlag } from '../../../../shared/contract/library.ts';
import { commandQuery, useCommand } from '../../../bridge/queries.ts';
import { Dialog } from '../../../components/Dialog.tsx';
import { ErrorNote } from '../../../components/ErrorNote.tsx';
import type { Cull } from '../../../state/library/cull.ts';
import { useTexts } from '../../../text/i18n.ts';
import { keysBack } from '../keysBack.ts';
import classes from './Cull.module.css';
import { CullPlayer } from './CullPlayer.tsx';
import { CullSummary } from './CullSummary.tsx';
import { type Culling, useCull } from './useCull.ts';

export function CullView({ ids, onClose }: { ids: readonly string[]; onClose: () => void }) {
  const { t } = useTexts();
  const culling = useCull(ids);
  const { cull } = culling;
  const id = cull.ids[cull.at] ?? null;
  return (
    <Dialog
      onClose={onClose}
      fullScreen
      title={t('viewer.cull.title')}
      styles={{ body: { height: 'calc(100cqh - 60px)', paddingBottom: 8 } }}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: a click only gives the keys back; nothing is done by it */}
      <div className={classes.view} tabIndex={-1} data-autofocus onClick={keysBack} data-testid="cull-view">
        <Bar cull={cull} />
        {id === null ? (
          <CullSummary culling={culling} onClose={onClose} />
        ) : (
          <Current id={id} culling={culling} onClose={onClose} />
        )}
      </div>
    </Dialog>
  );
}

const countOf = (flags: Cull['flags'], flag: LibraryFlag) => Object.values(flags).filter((one) => one === flag).length;

function Bar({ cull }: { cull: Cull }) {
  const { t } = useTexts();
  const total = cull.ids.length;
  const seen = Math.min(cull.at + 1, total);
  return (
    <div className={classes.bar}>
      <span className="tabular" data-testid="cull-place">
        {t('viewer.place', { position: seen, total })}
      </span>
      <Progress
        className={classes.progress}
        value={total === 0 ? 0 : (cull.at / total) * 100}
        aria-label={t('viewer.cull.progress')}
      />
      <span className={`${classes.counts} tabular`} role="status">
        {t('viewer.cull.counts', { picked: countOf(cull.flags, 'pick'), rejected: countOf(cull.flags, 'reject') })}
      </span>
    </div>
  );
}

interface CurrentProps {
  id: string;
  culling: Culling;
  onClose: () => void;
}

function Current({ id, culling, onClose }: CurrentProps) {
  const { t } = useTexts();
  const query = useCommand('library.get', { id });
  useNextFetched(culling.cull);
  // What has gone meanwhile is told, and stepped over.
  if (query.isError) {
    return (
      <div className={classes.failed}>
        <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
        <CullPlayer key="none" item={null} culling={culling} onClose={onClose} />
      </div>
    );
  }
  if (query.data?.id !== id)
    return <Skeleton className={classes.loading} role="status" aria-label={t('app.loading')} />;
  return <CullPlayer key={id} item={query.data} culling={culling} onClose={onClose} />;
}

function useNextFetched({ ids, at }: Cull): void {
  const client = useQueryClient();
  const nextId = ids[at + 1];
  useEffect(() => {
    if (nextId !== undefined) void client.prefetchQuery(commandQuery('library.get', { id: nextId }));
  }, [client, nextId]);
}
